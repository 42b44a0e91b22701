"""The units a legal value may have, and what a value of each must look like."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from law.toml_files import BadLegalData

Value = int | Decimal | str | bool | tuple[str, ...]
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def _whole(raw: object) -> int | None:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0 else None


def _amount(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return None
    amount = Decimal(raw)
    return amount if amount.is_finite() and amount >= 0 else None


def _share(raw: object) -> Decimal | None:
    amount = _amount(raw)
    return amount if amount is not None and amount <= 1 else None


def _clock(raw: object) -> str | None:
    return raw if isinstance(raw, str) and _CLOCK.fullmatch(raw) else None


def _day_of_year(raw: object) -> str | None:
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{2}-[0-9]{2}", raw):
        return None
    try:
        date.fromisoformat(f"2025-{raw}")
    except ValueError:
        return None
    return raw


def _choice(raw: object) -> str | None:
    return raw if isinstance(raw, str) and raw and raw == raw.strip() else None


def _codes(raw: object) -> tuple[str, ...] | None:
    if not isinstance(raw, list) or not raw:
        return None
    codes = tuple(code for code in raw if _choice(code) is not None)
    return codes if len(codes) == len(raw) == len(set(codes)) else None


def _duty(raw: object) -> bool | None:
    return raw if isinstance(raw, bool) else None


#: unit → (what a value must be, the reader that answers None for anything else)
UNITS: Mapping[str, tuple[str, Callable[[object], Value | None]]] = MappingProxyType(
    {
        "years": ("a whole number, 0 or more", _whole),
        "months": ("a whole number, 0 or more", _whole),
        "calendar days": ("a whole number, 0 or more", _whole),
        "tier": ("a whole number, 0 or more", _whole),
        "days": ("a number, 0 or more", _amount),
        "hours": ("a number, 0 or more", _amount),
        "yuan": ("a number, 0 or more", _amount),
        "share": ("a number from 0 to 1", _share),
        "clock": ('a clock time written "22:00"', _clock),
        "day of the year": ('a day of every year written "08-31"', _day_of_year),
        "choice": ("a word", _choice),
        "codes": ("a list of different words, not empty", _codes),
        "duty": ("true or false", _duty),
    }
)


def read_value(raw: object, *, unit: str, file: Path, key: str) -> Value:
    """The value as its unit wants it: int, Decimal, text, bool or a tuple of codes."""
    if unit not in UNITS:
        raise BadLegalData(file, key, f"unknown unit {unit!r}; known: {', '.join(UNITS)}")
    wanted, read = UNITS[unit]
    value = read(raw)
    if value is None:
        raise BadLegalData(file, key, f"in {unit} must be {wanted}")
    return value
