"""A sealed value opens only as the field of the row it was sealed for, and shows itself masked."""

from __future__ import annotations

import ast
import json
import pickle
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from audit.models import Operation
from audit.reveal import NotOnRecord, Reading, ReasonMissing, record_export, reveal
from common.encryption import SealBroken, blind_index, open_sealed, seal
from common.sensitive import Sensitive
from people.models import LearnerIdentity, Student
from tests.invariants.rows import sound_rows

CHECKOUT = Path(__file__).resolve().parents[2]
ROW = UUID("01936a00-0000-7000-8000-00000000000a")
OTHER_ROW = UUID("01936a00-0000-7000-8000-00000000000b")
ID_NUMBER = "11010119900307109X"
AT = datetime.fromisoformat("2026-11-24T09:00:00+08:00")


def sealed_id_number() -> Sensitive:
    ciphertext = Student.ID_NUMBER.seal(ID_NUMBER, row=ROW)
    value = Student.ID_NUMBER.value(ciphertext, row=ROW)
    assert value is not None
    return value


def test_a_sealed_value_opens_in_its_own_place() -> None:
    ciphertext = seal("13800138000", table="t", row=ROW, field="phone")

    assert open_sealed(ciphertext, table="t", row=ROW, field="phone") == "13800138000"
    assert b"13800138000" not in ciphertext


@pytest.mark.parametrize(
    ("table", "row", "field"),
    [("t", OTHER_ROW, "phone"), ("t", ROW, "id_number"), ("u", ROW, "phone")],
)
def test_a_sealed_value_moved_elsewhere_does_not_open(table: str, row: UUID, field: str) -> None:
    ciphertext = seal("13800138000", table="t", row=ROW, field="phone")

    with pytest.raises(SealBroken):
        open_sealed(ciphertext, table=table, row=row, field=field)


def test_a_changed_byte_breaks_the_seal() -> None:
    ciphertext = bytearray(seal("13800138000", table="t", row=ROW, field="phone"))

    for place in range(len(ciphertext)):
        changed = bytearray(ciphertext)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            open_sealed(bytes(changed), table="t", row=ROW, field="phone")


def test_a_blind_index_finds_equal_values_of_one_purpose_only() -> None:
    assert blind_index(ID_NUMBER, purpose="a") == blind_index(ID_NUMBER, purpose="a")
    assert blind_index(ID_NUMBER, purpose="a") != blind_index(ID_NUMBER, purpose="b")
    assert blind_index(ID_NUMBER, purpose="a") != blind_index("110101199003071098", purpose="a")


def test_a_sensitive_value_shows_itself_masked_in_every_way_of_printing() -> None:
    value = sealed_id_number()

    for shown in (str(value), repr(value), f"{value}", f"{[value]!r}"):
        assert "19900307" not in shown
        assert "109X" in shown


def test_a_sensitive_value_refuses_json_and_pickle() -> None:
    value = sealed_id_number()

    with pytest.raises(TypeError):
        json.dumps({"id": value})
    with pytest.raises(TypeError):
        pickle.dumps(value)


def test_reading_a_value_is_recorded_with_its_reason(db: None) -> None:
    texts = reveal([sealed_id_number()], by="commission", reason="核对身份", at=AT)

    assert texts == [ID_NUMBER]
    record = Operation.objects.get()
    assert (record.kind, record.made_by, record.reason) == ("reveal", "commission", "核对身份")
    assert ID_NUMBER not in json.dumps(record.source) + json.dumps(record.counts)


def test_nobody_reads_a_value_without_a_reason(db: None) -> None:
    with pytest.raises(ReasonMissing):
        reveal([sealed_id_number()], by="commission", reason="  ", at=AT)

    assert not Operation.objects.exists()


def test_no_record_no_text(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the record could not be written")

    monkeypatch.setattr(Operation.objects, "create", fail)
    with pytest.raises(RuntimeError):
        reveal([sealed_id_number()], by="commission", reason="核对身份", at=AT)


def test_an_export_reads_one_after_the_other_under_its_record_and_not_without(db: None) -> None:
    made: dict[str, Any] = {"by": "operator", "at": AT, "source": {}, "counts": {"students": 1}}
    record = record_export(reason="年度移交", **made)
    unwritten = Operation(kind="export", made_by="operator", made_at=AT, reason="年度移交")
    load = Operation.objects.create(kind="load", made_by="operator", made_at=AT)

    assert Reading(record).text(sealed_id_number()) == ID_NUMBER
    for no_record in (unwritten, load):
        with pytest.raises(NotOnRecord):
            Reading(no_record)
    with pytest.raises(ReasonMissing):
        record_export(reason=" ", **made)


OPENERS = {"open_unlogged", "open_sealed"}
DOORS = {
    "common/encryption.py": "makes it",
    "common/sensitive.py": "masks by it",
    "audit/reveal.py": "records first",
    "audit/answers.py": "gives an answer again to the account that had it",
    "people/accounts/second_factor.py": "compares a code with the account's own secret",
}


def openers_in(source: str) -> list[int]:
    """Lines that name what gives plain text, whether they call it or hand it on."""
    return sorted(
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr in OPENERS)
        or (isinstance(node, ast.Name) and node.id in OPENERS)
        or (isinstance(node, ast.alias) and node.name in OPENERS)
        or (isinstance(node, ast.FunctionDef) and node.name in OPENERS)
        or (isinstance(node, ast.Constant) and node.value in OPENERS)
    )


def test_nothing_but_the_door_opens_a_value() -> None:
    packages = [
        file.parent for file in CHECKOUT.glob("*/__init__.py") if file.parent.name != "tests"
    ]
    opening = {
        file.relative_to(CHECKOUT).as_posix()
        for package in packages
        for file in package.rglob("*.py")
        if openers_in(file.read_text(encoding="utf-8"))
    }

    assert opening == DOORS.keys()


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("value.open_unlogged()", [1]),
        ("texts = map(Sensitive.open_unlogged, values)", [1]),
        ("from common.encryption import open_sealed", [1]),
        ("getattr(value, 'open_unlogged')()", [1]),
        ("reading.text(value)", []),
    ],
)
def test_the_lint_finds_who_opens(line: str, lines: list[int]) -> None:
    assert openers_in(line) == lines


def test_a_stored_id_number_is_ciphertext_found_by_its_blind_index(db: None) -> None:
    rows = sound_rows()

    found = Student.objects.get(id_number_index=Student.ID_NUMBER.index("500117200905040001"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_student::text FROM people_student")
        stored = "".join(row for (row,) in cursor.fetchall())
    assert found == rows.learner.student
    assert str(found.id_number) == "500***********0001"
    assert "500117200905040001" not in stored
    assert b"500117200905040001".hex() not in stored


def test_a_learner_without_a_phone_has_none() -> None:
    assert LearnerIdentity(public_id=ROW).phone is None
