"""A line of JSON for each letter, in a file for each Shanghai day: what would leave, to look at."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings as site
from django.utils import timezone

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
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            opened = os.open(self._directory / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(opened, f"{line}\n".encode())
            finally:
                os.close(opened)
        except OSError as error:
            raise Unavailable(f"file {type(error).__name__}") from None
