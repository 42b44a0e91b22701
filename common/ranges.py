"""Dates as PostgreSQL ranges and multiranges: what Django has no words for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import (
    Aggregate,
    BooleanField,
    DateField,
    Func,
    IntegerField,
    Lookup,
    Transform,
    Value,
)

ONE_DAY = timedelta(days=1)


def days(first: date | None, last: date | None) -> DateRange:
    """The period from `first` to `last`, both included; None is open."""
    return DateRange(first, None if last is None else last + ONE_DAY, "[)")


ALWAYS = DateRange(None, None, "()")


class DateMultiRangeField(models.Field):
    """A `datemultirange`; in Python a list of (first, last) pairs, both included, ascending."""

    description = "set of days"

    def db_type(self, connection: Any) -> str:
        return "datemultirange"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        return [(part.lower, part.upper and part.upper - ONE_DAY) for part in value]


@DateMultiRangeField.register_lookup
class IsEmpty(Transform):
    """`gaps__empty=True`: whether a multirange holds no day."""

    lookup_name = "empty"
    function = "isempty"
    output_field = BooleanField()


class _ByFunction(Lookup):
    """A test of ranges through its function: the operator of the same meaning is taken by the
    planner to hold for one row in two hundred, and terms hold for nearly all."""

    function: str

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{self.function}({left}, {right})", (*left_params, *right_params)


@DateRangeField.register_lookup
class Includes(_ByFunction):
    """`period__includes=day`: whether the period holds the day."""

    lookup_name = "includes"
    function = "range_contains_elem"

    def get_prep_lookup(self) -> Any:
        """The day as it is: it is no range."""
        return self.rhs


@DateRangeField.register_lookup
class Touches(_ByFunction):
    """`period__touches=other`: whether two periods share a day."""

    lookup_name = "touches"
    function = "range_overlaps"


class Days(Func):
    """`Days(first, last)`: the daterange from `first` to `last`, both included; NULL is open."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, first: Any, last: Any, **extra: Any) -> None:
        super().__init__(first, last, Value("[]"), **extra)


class SharedDays(Func):
    """`SharedDays(one, other)`: the days two dateranges share; empty when they share none."""

    template = "(%(expressions)s)"
    arg_joiner = " * "
    output_field = DateRangeField()


class UnionOfDays(Aggregate):
    """The days of any of the dateranges of a group, as a multirange."""

    function = "range_agg"
    output_field = DateMultiRangeField()


class DaysWithout(Func):
    """`DaysWithout(period, taken)`: the days of a daterange that a multirange (or NULL) leaves."""

    template = "(datemultirange(%(expressions)s, '{}'))"
    arg_joiner = ") - coalesce("
    output_field = DateMultiRangeField()


class Holds(Func):
    """`Holds(days, other)`: whether a range or multirange holds every day of the other."""

    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = BooleanField()


class NumberOfDays(Func):
    """How many days a multirange has."""

    template = (
        "(SELECT coalesce(sum(upper(part) - lower(part)), 0)::int "
        "FROM unnest(%(expressions)s) AS part)"
    )
    output_field = IntegerField()


class FirstDay(Func):
    """The first day of a range or multirange; NULL when it has none."""

    function = "lower"
    output_field = DateField()
