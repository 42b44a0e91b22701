"""No ID number and no phone of a student or guardian reaches the database in any readable form."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from exchange.loading import sealing
from tests.loading.conftest import Load
from tests.loading.samples import District, make_id, sample

pytestmark = pytest.mark.django_db

PEOPLE = 200


def crowd() -> tuple[District, list[str]]:
    """The sample with many more students, and every number that must stay unreadable."""
    district = sample()
    for serial in range(PEOPLE):
        number = make_id("2008-05-17", serial)
        district["students"].append(
            {
                **district["students"][0],
                "学号": f"C{serial}",
                "证件号码": number,
                "学籍号": f"L{number}",
                "手机": f"1381{serial:07}",
                "监护人手机": f"1391{serial:07}",
            }
        )
    titles = ("证件号码", "学籍号", "手机", "监护人手机")
    return district, [
        row[title] for row in district["students"] for title in titles if row.get(title)
    ]


def readable_forms(number: str) -> list[bytes]:
    """The number plain, in hexadecimal, and in base64 at each of its three offsets."""
    plain = number.encode()
    forms = [plain, plain.hex().encode(), quote(number, safe="").encode()]
    for offset in range(3):
        text = base64.b64encode(b"." * offset + plain)
        forms.append(text[4:-4] if offset else text[:-4])
    return forms


def found_in(haystack: bytes, numbers: list[str]) -> list[str]:
    """The numbers that can be read in `haystack`."""
    return [
        number for number in numbers if any(form in haystack for form in readable_forms(number))
    ]


@contextmanager
def everything_sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collects every statement, parameter and block of COPY that goes to the server."""
    sent: list[str] = []
    write = psycopg.Copy.write

    def note_block(copy: psycopg.Copy, block: str) -> None:
        sent.append(block)
        write(copy, block)

    def note_statement(
        execute: Callable[..., Any], statement: Any, params: Any, many: bool, context: Any
    ) -> Any:
        sent.extend((str(statement), str(params)))
        return execute(statement, params, many, context)

    with monkeypatch.context() as patch, connection.execute_wrapper(note_statement):
        patch.setattr(psycopg.Copy, "write", note_block)
        yield sent


def test_neither_staging_nor_any_statement_carries_a_readable_number(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    district, numbers = crowd()

    with everything_sent(monkeypatch) as sent:
        assert load(district).problems == []
        assert load(district).problems == []

    haystack = "\n".join(sent).encode()
    print(f"numbers looked for: {len(numbers)} in {len(haystack)} bytes")  # noqa: T201 - the size of the proof
    assert b"S1" in haystack
    assert found_in(haystack, numbers) == []


def test_no_table_holds_a_readable_number(load: Load) -> None:
    district, numbers = crowd()
    load(district)

    haystack = _whole_database()

    assert "李一".encode() in haystack
    assert found_in(haystack, numbers) == []


def test_the_scan_sees_a_number_that_is_staged_in_plain(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    district, numbers = crowd()
    monkeypatch.setattr(sealing, "mask_id_number", lambda number: number)

    with everything_sent(monkeypatch) as sent:
        load(district)

    assert found_in("\n".join(sent).encode(), numbers)


def _whole_database() -> bytes:
    dump = bytearray()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r'"
        )
        for (name,) in cursor.fetchall():
            for form in ("text", "binary"):
                statement = sql.SQL("COPY {} TO STDOUT WITH (FORMAT {})").format(
                    sql.Identifier(name), sql.SQL(form)
                )
                with cursor.copy(statement) as copy:
                    for block in copy:
                        dump += block
    return bytes(dump)
