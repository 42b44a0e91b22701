"""Days, weeks and months inside SQL: dates only, no time zone asked."""

from __future__ import annotations

from django.db.models import CharField, DateField, Func, IntegerField


class DaysLater(Func):
    """`DaysLater(day, number)`: the day that many days on."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()


class DaysEarlier(Func):
    """`DaysEarlier(day, number)`: the day that many days before."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = DateField()


class DaysFrom(Func):
    """`DaysFrom(later, earlier)`: whole days between two days; 0 on the same day."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


class MonthOf(Func):
    """The first day of the day's month."""

    template = "date_trunc('month', (%(expressions)s)::timestamp)::date"
    output_field = DateField()


class MonthEnd(Func):
    """The last day of the day's month."""

    template = (
        "(date_trunc('month', (%(expressions)s)::timestamp) + interval '1 month - 1 day')::date"
    )
    output_field = DateField()


class WeekOf(Func):
    """The Monday of the day's ISO week."""

    template = "date_trunc('week', (%(expressions)s)::timestamp)::date"
    output_field = DateField()


class MonthName(Func):
    """`2026-10`."""

    template = "to_char((%(expressions)s)::timestamp, 'YYYY-MM')"
    output_field = CharField()


class WeekName(Func):
    """`2026-W41`, by ISO year: 2027-01-01 lies in 2026-W53."""

    template = "to_char((%(expressions)s)::timestamp, 'IYYY-\"W\"IW')"
    output_field = CharField()


class NumberOfDaysIn(Func):
    """How many days a daterange has."""

    template = "(upper(%(expressions)s) - lower(%(expressions)s))"
    output_field = IntegerField()
