"""A line of JSON for each letter, in a file for each Shanghai day: what would leave, to look at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings as site
from django.utils import timezone

from common.appending import append
from compliance.channels.letters import Letter, Unavailable


class File:
    """A directory of files named by day; one write a line, so that lines never mix."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._directory = Path(settings.get("directory") or site.CHANNELS_DIRECTORY)

    def send(self, letter: Letter) -> None:
        """Append the letter; Unavailable when the disk does not take it."""
        line = json.dumps(
            {
                "key": letter.key,
                "at": letter.at.isoformat(),
                "kind": letter.kind,
                "recipient": letter.recipient,
                "text": letter.text,
                "lines": letter.lines,
            },
            ensure_ascii=False,
        )
        name = f"{timezone.localdate(letter.at):%Y-%m-%d}.jsonl"
        try:
            append(f"{line}\n", to=self._directory / name)
        except OSError as error:
            raise Unavailable(f"file {type(error).__name__}") from None
