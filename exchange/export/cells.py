"""The SQL of a column as the text that a district file has for it."""

from __future__ import annotations

from psycopg import sql

from exchange.format import Column, Kind
from exchange.loading.words import word_of_code

# What a spreadsheet may take for a formula. A space before it makes it text, and the contract
# drops outer spaces on the way back in (docs/decisions/021-inert-district-files.md).
FORMULA_STARTS = "^[=+\\-@\t\r＝＋－＠]"

_FREE_TEXT = (Kind.TEXT, Kind.CODE, Kind.PHONE, Kind.MOBILE)
_CHECKED_TEXT = (Kind.SCHOOL_CODE, Kind.MAJOR_CODE, Kind.DIVISION_CODE, Kind.CREDIT_CODE)

_TIME = "lpad(({0} / 60)::text, 2, '0') || ':' || lpad(({0} % 60)::text, 2, '0')"
_INERT = "CASE WHEN {0} ~ {1} THEN ' ' || {0} ELSE nullif({0}, '') END"

_PATTERNS: dict[Kind, str] = {
    Kind.DATE: "to_char({0}, 'YYYY-MM-DD')",
    Kind.MONTH: "to_char({0}, 'YYYY-MM')",
    Kind.TIME: _TIME,
    Kind.CLOSING_TIME: _TIME,
    Kind.BOOLEAN: "CASE WHEN {0} THEN '是' ELSE '否' END",
    Kind.HOURS: "trim_scale({0})",
    Kind.ORDINALS: "nullif(array_to_string({0}, ';'), '')",
    **dict.fromkeys(_FREE_TEXT, _INERT),
    **dict.fromkeys(_CHECKED_TEXT, "nullif({0}, '')"),
}
"""How a kind is written; a kind that is not here is written as it is."""


def cell(stem: str, column: Column) -> sql.Composable:
    """An expression over `kept`, a row of `exchange.loading.current`; NULL is an empty cell."""
    value = sql.Identifier("kept", column.field)
    match column.kind:
        case Kind.CHOICE:
            return _word(stem, column, value)
        case Kind.CHOICES:
            return sql.SQL(
                "(SELECT string_agg({}, ';') FROM unnest({}) WITH ORDINALITY AS item (code, place))"
            ).format(_word(stem, column, sql.Identifier("item", "code")), value)
        case Kind.DEDUCTIONS:
            return sql.SQL(
                "(SELECT {} FROM (SELECT string_agg(item.key || ':' || item.value, ';'"
                " ORDER BY item.key) AS text FROM jsonb_each_text({}) item) items)"
            ).format(_pattern(_INERT, sql.Identifier("items", "text")), value)
    return _pattern(_PATTERNS.get(column.kind, "{0}"), value)


def _pattern(pattern: str, value: sql.Composable) -> sql.Composable:
    return sql.SQL(pattern).format(value, sql.Literal(FORMULA_STARTS))


def _word(stem: str, column: Column, code: sql.Composable) -> sql.Composable:
    """The Chinese word of a code; no word for ''."""
    words = sql.SQL(" ").join(
        sql.SQL("WHEN {} THEN {}").format(sql.Literal(known), sql.Literal(word))
        for known, word in word_of_code(stem, column.field).items()
    )
    return sql.SQL("CASE {} {} END").format(code, words)


def inert(text: str | None) -> str:
    """A free text that is not written by SQL, likewise."""
    starts = "=+-@\t\r＝＋－＠"
    if not text:
        return ""
    return f" {text}" if text[0] in starts else text
