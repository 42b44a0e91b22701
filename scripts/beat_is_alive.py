"""The health of beat: 0 while it has kept its schedule within the last five minutes, else 1."""

import sys
import time
from pathlib import Path

# Beat asks for something every three seconds, and writes its schedule down every three minutes.
STALE_AFTER = 300
"""Seconds after which a schedule that nobody wrote says that beat asks for nothing any more."""


def seconds_since_kept(schedule: Path, *, now: float) -> float:
    """How long ago the schedule was written, in whatever files its store keeps it; inf if never."""
    files = schedule.parent.glob(f"{schedule.name}*")
    return now - max((file.stat().st_mtime for file in files), default=float("-inf"))


def main(words: list[str]) -> int:
    """Judge the schedule named on the command line."""
    return int(seconds_since_kept(Path(words[0]), now=time.time()) > STALE_AFTER)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
