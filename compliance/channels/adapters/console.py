"""A line of the log for each letter: ids alone, for logs are read by many."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from compliance.channels.letters import Letter

logger = logging.getLogger("shuangyuan.told")


class Console:
    """The worker's log."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        """Nothing to set."""

    def send(self, letter: Letter) -> None:
        """Write one line."""
        logger.info(
            "told %s %s of %s cases, %s urgent, key %s",
            letter.recipient,
            letter.kind,
            letter.cases,
            letter.urgent,
            letter.key,
        )
