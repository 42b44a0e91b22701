"""A day on the command line, read alike by every command."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import date

from common.calendar_span import FIRST_DAY, LAST_DAY

_WRITTEN = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def a_day(text: str) -> date:
    """A day as `2026-10-05` within the years the calendar knows; for argparse's `type`."""
    try:
        day = date.fromisoformat(text if _WRITTEN.fullmatch(text) else "")
    except ValueError:
        raise ArgumentTypeError(f"{text} 不是日期，应写作 2026-10-05") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ArgumentTypeError(f"{text} 不在 {FIRST_DAY} 至 {LAST_DAY} 之间")
    return day
