"""Typed values of a district file as text for COPY into a staging table."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from exchange.format import Column, Kind
from exchange.loading.words import code_of_word

Encode = Callable[[Any], str]

NULL = "\\N"
MOST_REMEMBERED = 20_000
LONGEST_REMEMBERED = 64

SQL_TYPES: dict[Kind, str] = {
    Kind.DATE: "date",
    Kind.MONTH: "date",
    Kind.MONEY: "numeric(14, 2)",
    Kind.HOURS: "numeric(4, 2)",
    Kind.TIME: "smallint",
    Kind.CLOSING_TIME: "smallint",
    Kind.HEADCOUNT: "integer",
    Kind.PAY_DAY: "smallint",
    Kind.BOOLEAN: "boolean",
    Kind.CHOICES: "text[]",
    Kind.ORDINALS: "text[]",
    Kind.DEDUCTIONS: "jsonb",
}
"""Types of staged columns; every other kind is text."""

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Remembered(dict[Any, str]):
    """Encoded texts by value: days, words and hours repeat, so each is encoded once."""

    def __init__(self, encode: Encode) -> None:
        super().__init__()
        self._encode = encode

    def __missing__(self, value: Any) -> str:
        text = self._encode(value)
        if len(self) < MOST_REMEMBERED and len(text) <= LONGEST_REMEMBERED:
            self[value] = text
        return text


def encode_text(value: str | None) -> str:
    """A text; one that is not given is the empty text, as the models keep it."""
    return value.translate(_ESCAPES) if value else ""


def encode_plain(value: object) -> str:
    """A number or day as it prints; None is NULL."""
    return NULL if value is None else str(value)


def encode_money(value: object) -> str:
    """Yuan with two decimals, so that 3000 and 3000.00 are one row; None is NULL."""
    return NULL if value is None else f"{value:.2f}"


def encode_hours(value: object) -> str:
    """Hours; not given (leave, rest) is 0."""
    return "0" if value is None else str(value)


def encode_boolean(value: bool | None) -> str:
    """A boolean; None is NULL."""
    return NULL if value is None else ("t" if value else "f")


def encode_bytes(value: bytes | None) -> str:
    """Ciphertext or blind index; None is NULL."""
    return NULL if value is None else "\\\\x" + value.hex()


def encode_set(codes: list[str]) -> str:
    """A set of codes, ascending; codes are letters, digits and underscores."""
    return "{" + ",".join(sorted(codes)) + "}"


def deductions_text(deductions: tuple[tuple[str, Any], ...]) -> str:
    """Deductions as the ledger keeps them: JSON, name to yuan with two decimals."""
    amounts = {name: f"{amount:.2f}" for name, amount in deductions}
    return json.dumps(amounts, ensure_ascii=False, sort_keys=True)


def encoder(stem: str, column: Column) -> Encode:
    """How cells of `column` are written for COPY."""
    match column.kind:
        case Kind.CHOICE:
            codes = code_of_word(stem, column.field)
            return lambda word: codes[word] if word else ""
        case Kind.CHOICES:
            codes = code_of_word(stem, column.field)
            return lambda words: encode_set([codes[word] for word in words])
        case Kind.ORDINALS:
            return lambda ordinals: encode_set(list(ordinals))
        case Kind.DEDUCTIONS:
            return lambda pairs: encode_text(deductions_text(pairs))
        case Kind.BOOLEAN:
            return encode_boolean
        case Kind.MONEY:
            return encode_money
        case Kind.HOURS:
            return encode_hours
        case kind if kind in SQL_TYPES:
            return encode_plain
    return encode_text


def remembered(stem: str, column: Column) -> Remembered:
    """`encoder` with a memory."""
    return Remembered(encoder(stem, column))
