"""Ages, counted as `law.reckoning` counts them, and first school years, inside SQL."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, DateField, Func, IntegerField, Value, When
from django.db.models.lookups import Exact, GreaterThan

from common.day_sql import DaysEarlier
from common.law_sql import LegalValue


class AgeOn(Func):
    """`AgeOn(born_on, day)`: full years of age on `day`.

    A year is reached on the day after the birthday where the law says so (`age_reached_on`); born
    on 29 February, the birthday of a common year is 1 March.
    """

    template = "extract(year FROM age((%(expressions)s)::timestamp))::int"
    arg_joiner = ")::timestamp, ("
    output_field = IntegerField()

    def __init__(self, born_on: Any, day: Any) -> None:
        reached = LegalValue("age_reached_on", day=day)
        wait = Case(When(Exact(reached, Value("day_after")), then=Value(1)), default=Value(0))
        super().__init__(DaysEarlier(day, wait), born_on)


def first_school_year_end(enrolled_on: Any, *, day: Any) -> Func:
    """The last day of the first school year, by the law of `day`.

    The first 31 August that is at least six months after enrolment; six months on is the same day
    of the month, or that month's last.
    """
    earliest = Func(
        enrolled_on,
        LegalValue("first_year_months", day=day),
        template="(%(expressions)s))::date",
        arg_joiner=" + make_interval(months => ",
        output_field=DateField(),
    )
    month = LegalValue("first_year_end", day=day, read=lambda text: int(text[:2]))
    day_of_month = LegalValue("first_year_end", day=day, read=lambda text: int(text[3:]))
    year = Func(
        earliest, template="extract(year FROM %(expressions)s)::int", output_field=IntegerField()
    )
    this_year = _make_date(year, month, day_of_month)
    past = Case(When(GreaterThan(earliest, this_year), then=Value(1)), default=Value(0))
    return _make_date(year + past, month, day_of_month)


def _make_date(*parts: Any) -> Func:
    return Func(*parts, function="make_date", output_field=DateField())
