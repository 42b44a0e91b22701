"""Flips that no district file can tell from the original, each with the reason why."""

from __future__ import annotations

ALIKE: dict[tuple[str, str], str] = {
    (
        "compliance.rules.attendance",
        "day__lt as lte",
    ): "a month whose confirmation is late ended before D: its rows end there too",
    (
        "compensation.due",
        "day__lt as lte",
    ): "a ripe month ended before D: its rows end there too",
    (
        "compensation.month_queries",
        "monthly_pay__gt as gte",
    ): "only spares months a look: who got all of a monthly pay is never underpaid",
    (
        "compensation.month_queries",
        "amended_on__gt as gte",
    ): "as above: terms that begin on the first touching day are the month's only ones",
    (
        "compensation.month_queries",
        "Exists(rows) negated",
    ): "asked of cases that nobody found again, never of an alert: tests/cases try it",
    (
        "compensation.month_queries",
        "~Exists(rows.unsettled()) negated",
    ): "as above",
    (
        "compensation.month_queries",
        "~Exists(rows.unsettled()) without its negation",
    ): "as above",
    (
        "compliance.rules.insurance",
        "on + timedelta(days=1) with Sub",
    ): "INS-02 asks for cover of every day up to D first: none of them can be a gap",
    (
        "compliance.rules.insurance",
        "timedelta(days=1) -1",
    ): "as above: D itself is covered or outside the placement",
    (
        "compliance.rules.working_time",
        "Max as Min",
    ): "which day of a week asks the law for the weekly hours: they are the same since 1995",
    (
        "internships.placement_queries",
        "Greatest as Least",
    ): "a district file gives one episode of terms, open at both ends",
    (
        "internships.placement_queries",
        "Least as Greatest",
    ): "as above",
    (
        "common.ranges",
        "value is None with IsNot",
    ): "a multirange read into Python: the rules leave theirs in SQL",
    (
        "common.ranges",
        "part.upper - ONE_DAY with Add",
    ): "as above",
    (
        "common.age_sql",
        "GreaterThan as GreaterThanOrEqual",
    ): "six months on from no day is 31 August: February has no 31st",
    (
        "common.law_sql",
        "cases[-1][1] != value with Eq",
    ): "leaves out values that repeat the one before: fewer branches, the same answer",
    (
        "common.law_sql",
        "GreaterThanOrEqual as GreaterThan",
    ): "no value of the contract changes from one day of the districts to the next",
    (
        "common.law_sql",
        "int(hour) * 60 + int(minute) with Sub",
    ): "the night begins and ends on the hour",
}


def why_alike(module: str, what: str) -> str:
    """The reason, or nothing for a flip that ought to be noticed."""
    return ALIKE.get((module, what), "")
