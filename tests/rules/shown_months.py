"""The months that a placement's page calls unpaid or short, beside those that the rules find."""

from __future__ import annotations

from datetime import date
from typing import Any

from compensation.pay_months import PayState, pay_months
from internships.models import Placement
from tests.rules.builders import found

Owed = dict[tuple[str, str], tuple[str, dict[str, Any]]]
"""By placement code and month: the rule, and what it says of money and days."""


def shown(on: date) -> Owed:
    """What the pages say on `on`, of every placement."""
    owed: Owed = {}
    for placement in Placement.objects.order_by("code"):
        for month in pay_months(placement, on=on):
            key = placement.code, f"{month.month:%Y-%m}"
            if month.state is PayState.UNPAID:
                overdue = (on - month.due_on).days
                facts = {"due_on": month.due_on.isoformat(), "days_overdue": overdue}
                owed[key] = "PAY-09", facts
            if month.state is PayState.SHORT:
                owed[key] = "PAY-04", {"due": f"{month.due}", "paid": f"{month.paid}"}
    return owed


def judged(on: date) -> Owed:
    """What the rules find on `on`."""
    return {
        (subject, period): (rule, facts)
        for rule in ("PAY-09", "PAY-04")
        for subject, period, _, facts in found(rule, on)
    }
