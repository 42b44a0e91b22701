"""Staged payments into the append-only ledger: entries, and reversals of what they correct."""

from __future__ import annotations

from typing import Any
from uuid import UUID

_STANDING = """
    kept.reverses_id IS NULL AND NOT EXISTS (
        SELECT FROM compensation_paymententry reversal WHERE reversal.reverses_id = kept.id)
"""

CORRECTED = f"""
CREATE TEMPORARY TABLE corrected_payments ON COMMIT DROP AS
SELECT kept.id
FROM staged_payments staged
JOIN internships_placement placement ON placement.code = staged.placement_code
JOIN compensation_paymententry kept
    ON kept.placement_id = placement.id AND kept.row_key = staged.row_key
WHERE {_STANDING}
    AND (kept.month, kept.amount, kept.paid_on, kept.method, kept.payer, kept.payee,
        kept.deductions, kept.bank_reference)
    IS DISTINCT FROM (staged.month, staged.amount, staged.paid_on, staged.method, staged.payer,
        staged.payee, staged.deductions, staged.bank_reference)
"""  # noqa: S608 - constants only

REVERSALS = """
INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, method,
    payer, payee, deductions, bank_reference, row_key, revision, reverses_id, operation_id)
SELECT kept.placement_id, kept.school_id, kept.month, kept.amount, kept.paid_on, kept.method,
    kept.payer, kept.payee, kept.deductions, kept.bank_reference, kept.row_key, kept.revision,
    kept.id, %s
FROM compensation_paymententry kept JOIN {reversed} reversed ON reversed.id = kept.id
"""

ENTRIES = f"""
INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, method,
    payer, payee, deductions, bank_reference, row_key, revision, operation_id)
SELECT placement.id, placement.school_id, staged.month, staged.amount, staged.paid_on,
    staged.method, staged.payer, staged.payee, staged.deductions, staged.bank_reference,
    staged.row_key, coalesce((
        SELECT max(earlier.revision) + 1 FROM compensation_paymententry earlier
        WHERE earlier.placement_id = placement.id AND earlier.row_key = staged.row_key), 0), %s
FROM staged_payments staged
JOIN internships_placement placement ON placement.code = staged.placement_code
WHERE NOT EXISTS (
    SELECT FROM compensation_paymententry kept
    WHERE kept.placement_id = placement.id AND kept.row_key = staged.row_key AND {_STANDING})
ORDER BY staged.line
"""  # noqa: S608 - constants only


def merge_payments(cursor: Any, *, operation_id: UUID) -> None:
    """New payments are entered; of a changed one the entry is reversed and entered anew."""
    cursor.execute(CORRECTED)
    cursor.execute(REVERSALS.format(reversed="corrected_payments"), [operation_id])
    cursor.execute(ENTRIES, [operation_id])
