"""A sealed value opens only as the field of the row it was sealed for, and shows itself masked."""

from __future__ import annotations

import json
import pickle
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection

from audit.models import Operation
from audit.reveal import ReasonMissing, reveal
from common.encryption import SealBroken, blind_index, open_sealed, seal
from common.sensitive import Sensitive
from people.models import LearnerIdentity, Student
from tests.invariants.rows import sound_rows

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
