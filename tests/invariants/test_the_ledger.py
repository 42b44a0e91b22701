"""What the ledger takes and refuses beyond one breach of each invariant."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.invariants.rows import sound_rows

REVERSE = (
    "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
    "method, payer, payee, deductions, bank_reference, row_key, revision, reverses_id) "
    "SELECT placement_id, school_id, month, amount, paid_on, method, payer, payee, deductions, "
    "bank_reference, row_key, revision, id FROM compensation_paymententry WHERE id = %s"
)
AGAIN = (
    "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
    "method, payer, payee, deductions, bank_reference, row_key, revision) "
    "SELECT placement_id, school_id, month, amount, paid_on, method, payer, payee, %s::jsonb, "
    "bank_reference, row_key, revision + %s FROM compensation_paymententry WHERE id = %s"
)
TWO_CENTS = json.dumps({"个税": "0.02"})


@pytest.fixture
def sound(db: None) -> SimpleNamespace:
    return sound_rows()


def enter(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def broken(error: IntegrityError) -> str | None:
    """The name of the invariant that the statement would have broken."""
    return error.__cause__.diag.constraint_name  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "deductions",
    [
        "[]",
        '"个税"',
        "12",
        "null",
        '["12.00"]',
        '{"个税": "x"}',
        '{"个税": "-5000.00"}',
        '{"个税": "12"}',
        '{"个税": "12.0"}',
        '{"个税": 12.00}',
        '{"个税": null}',
        '{"个税": ["12.00"]}',
        '{"个税": {"a": "12.00"}}',
        '{"个税": "12.00", "餐费": ""}',
        '{"个税": "12.00\\n"}',
        '{"": "12.00"}',
    ],
)
def test_deductions_that_are_not_amounts_by_name_are_refused(
    sound: SimpleNamespace, deductions: str
) -> None:
    enter(REVERSE, sound.payment.pk)

    with pytest.raises(IntegrityError) as refused:
        enter(AGAIN, deductions, 1, sound.payment.pk)

    assert broken(refused.value) == "payment_deductions_are_amounts_by_name"


@pytest.mark.parametrize("deductions", ["{}", TWO_CENTS, '{"餐费": "9999999999.99", "a": "0.00"}'])
def test_a_corrected_payment_is_entered_anew_with_its_deductions(
    sound: SimpleNamespace, deductions: str
) -> None:
    enter(REVERSE, sound.payment.pk)

    enter(AGAIN, deductions, 1, sound.payment.pk)

    standing = type(sound.payment).objects.standing().get()
    assert (standing.revision, standing.deductions) == (1, json.loads(deductions))


@pytest.mark.parametrize("step", [1, 2])
def test_a_payment_that_stands_is_not_entered_a_second_time(
    sound: SimpleNamespace, step: int
) -> None:
    with pytest.raises(IntegrityError) as refused:
        enter(AGAIN, "{}", step, sound.payment.pk)

    assert broken(refused.value) == "payment_stands_once_a_key"


def test_no_revision_of_a_payment_is_left_out(sound: SimpleNamespace) -> None:
    enter(REVERSE, sound.payment.pk)

    with pytest.raises(IntegrityError) as refused:
        enter(AGAIN, "{}", 2, sound.payment.pk)

    assert broken(refused.value) == "payment_stands_once_a_key"
