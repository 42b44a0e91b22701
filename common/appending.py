"""Lines added at the end of a file that several processes add to."""

from __future__ import annotations

import os
from pathlib import Path


def append(text: str, *, to: Path, durably: bool = False) -> None:
    """Add whole lines in one write, so that lines of several writers never mix; owner's eyes only.

    `durably` waits until the disk has them. Raises OSError where the file cannot be written.
    """
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(to, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(opened, text.encode())
        if durably:
            os.fsync(opened)
    finally:
        os.close(opened)
