"""Constraints that a column holds a value the product can read back: a day, a code, an amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, CheckConstraint, F, Func, Q

from common.calendar_span import FIRST_DAY, LAST_DAY
from common.ranges import days

MOST_YUAN = Decimal("9999999999.99")

SCHOOL_CODE = "^[0-9]{10}$"
DIVISION_CODE = "^[0-9]{6}$"
CREDIT_CODE = "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"
MAJOR_CODE = "^[0-9]{6}K?$"


def calendar_days(name: str, *columns: str) -> CheckConstraint:
    """Each date of `columns` is a day of the calendar, 1900 to 2199, or is not given."""
    return _all(name, {f"{column}__range": (FIRST_DAY, LAST_DAY) for column in columns})


def calendar_period(name: str, column: str = "period") -> CheckConstraint:
    """The period has a first and a last day, both of the calendar."""
    return _all(name, {f"{column}__contained_by": days(FIRST_DAY, LAST_DAY)})


def calendar_ends(name: str, column: str = "period") -> CheckConstraint:
    """Where the period has a first or a last day, it is one of the calendar."""
    span = days(FIRST_DAY, LAST_DAY)
    return _all(
        name,
        {
            f"{column}__startswith__range": (span.lower, span.upper),
            f"{column}__endswith__range": (span.lower, span.upper),
        },
    )


def filled(name: str, *columns: str) -> CheckConstraint:
    """No text of `columns` is empty."""
    condition = Q()
    for column in columns:
        condition &= ~Q(**{column: ""})
    return CheckConstraint(condition=condition, name=name)


def well_formed(
    name: str, column: str, pattern: str, *, may_be_empty: bool = False
) -> CheckConstraint:
    """The text matches `pattern`, or is empty where that `may_be_empty`."""
    condition = Q(**{f"{column}__regex": pattern})
    return CheckConstraint(
        condition=condition | Q(**{column: ""}) if may_be_empty else condition, name=name
    )


def amounts(name: str, *columns: str) -> CheckConstraint:
    """Each amount is one that can be counted with; numeric columns also hold NaN."""
    return _all(name, {f"{column}__lte": MOST_YUAN for column in columns})


def by_function(name: str, function: str, *columns: str) -> CheckConstraint:
    """The immutable SQL `function` is true of each of `columns` that is given."""
    condition = Q()
    for column in columns:
        condition &= Q(Func(F(column), function=function, output_field=BooleanField()))
    return CheckConstraint(condition=condition, name=name)


def _all(name: str, conditions: dict[str, Any]) -> CheckConstraint:
    return CheckConstraint(condition=Q(**conditions), name=name)
