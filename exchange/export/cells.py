"""The SQL of a column as the text that a district file has for it."""

from __future__ import annotations

from psycopg import sql

from exchange.format import Column, Kind
from exchange.loading.words import word_of_code

# What a spreadsheet may take for a formula. A space before it makes it text, and the contract
# drops outer spaces on the way back in (docs/decisions/021-inert-district-files.md).
FORMULA_STARTS = "^[=+\\-@\t\r＝＋－＠]"  # noqa: RUF001 - full-width signs start formulas as well

_FREE_TEXT = (Kind.TEXT, Kind.CODE, Kind.PHONE, Kind.MOBILE)
_CHECKED_TEXT = (Kind.SCHOOL_CODE, Kind.MAJOR_CODE, Kind.DIVISION_CODE, Kind.CREDIT_CODE)


def cell(stem: str, column: Column) -> sql.Composable:
    """An expression over `kept`, a row of `exchange.loading.current`; NULL is an empty cell."""
    value = sql.Identifier("kept", column.field)
    match column.kind:
        case Kind.DATE:
            return sql.SQL("to_char({}, 'YYYY-MM-DD')").format(value)
        case Kind.MONTH:
            return sql.SQL("to_char({}, 'YYYY-MM')").format(value)
        case Kind.TIME | Kind.CLOSING_TIME:
            return _time(value)
        case Kind.BOOLEAN:
            return sql.SQL("CASE WHEN {} THEN '是' ELSE '否' END").format(value)
        case Kind.HOURS:
            return sql.SQL("trim_scale({})").format(value)
        case Kind.CHOICE:
            return _word(stem, column, value)
        case Kind.CHOICES:
            return sql.SQL(
                "(SELECT string_agg({}, ';') FROM unnest({}) WITH ORDINALITY AS item (code, place))"
            ).format(_word(stem, column, sql.Identifier("item", "code")), value)
        case Kind.ORDINALS:
            return sql.SQL("nullif(array_to_string({}, ';'), '')").format(value)
        case Kind.DEDUCTIONS:
            return sql.SQL(
                "(SELECT {} FROM (SELECT string_agg(item.key || ':' || item.value, ';'"
                " ORDER BY item.key) AS text FROM jsonb_each_text({}) item) items)"
            ).format(_inert(sql.Identifier("items", "text")), value)
        case kind if kind in _FREE_TEXT:
            return _inert(value)
        case kind if kind in _CHECKED_TEXT:
            return sql.SQL("nullif({}, '')").format(value)
    return value


def _time(minutes: sql.Composable) -> sql.Composable:
    """Minutes after midnight as HH:MM, 24:00 included."""
    return sql.SQL(
        "lpad(({0} / 60)::text, 2, '0') || ':' || lpad(({0} % 60)::text, 2, '0')"
    ).format(minutes)


def _word(stem: str, column: Column, code: sql.Composable) -> sql.Composable:
    """The Chinese word of a code; no word for ''."""
    words = sql.SQL(" ").join(
        sql.SQL("WHEN {} THEN {}").format(sql.Literal(known), sql.Literal(word))
        for known, word in word_of_code(stem, column.field).items()
    )
    return sql.SQL("CASE {} {} END").format(code, words)


def _inert(text: sql.Composable) -> sql.Composable:
    return sql.SQL("CASE WHEN {0} ~ {1} THEN ' ' || {0} ELSE nullif({0}, '') END").format(
        text, sql.Literal(FORMULA_STARTS)
    )


def inert(text: str | None) -> str:
    """The same for a text that is not written by SQL."""
    starts = "=+-@\t\r＝＋－＠"  # noqa: RUF001 - full-width signs start formulas as well
    if not text:
        return ""
    return f" {text}" if text[0] in starts else text
