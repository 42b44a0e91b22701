"""Yuan to the fen: one rounding, half up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")


def to_fen(amount: Decimal) -> Decimal:
    """`amount` yuan rounded once, half up, to 0.01."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)
