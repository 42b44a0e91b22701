"""The array the sweep must print for a district and a day, and the years it must warn of."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from tests.oracle.calendar import NOTICE_YEARS, last_day
from tests.oracle.district import District, Placement
from tests.oracle.rules import RULES
from tests.oracle.words import (
    begun_production,
    is_paid_production,
    ripe,
    standing,
    standing_placements,
    touching_months,
    worked_rows,
)

Alert = dict[str, Any]


def alerts(district: District, on: date) -> list[Alert]:
    """Every alert of version 1 on a day, sorted by rule, subject, period."""
    found = [
        {
            "rule": name,
            "subject": finding.subject,
            "period": finding.period,
            "severity": finding.severity,
            "facts": dict(sorted(finding.facts.items())),
        }
        for name, rule in RULES.items()
        for finding in rule(district, on)
    ]
    return sorted(found, key=identity)


def identity(alert: Alert) -> tuple[str, str, str]:
    return alert["rule"], alert["subject"], alert["period"]


def to_json(array: list[Alert]) -> str:
    """The bytes of stdout."""
    return json.dumps(array, ensure_ascii=False, separators=(",", ":")) + "\n"


def schools_of(alert: Alert, district: District, on: date) -> set[str]:
    """The schools an alert is printed for; a host's, those with a standing placement there."""

    def of_those(placements: list[Placement]) -> set[str]:
        return {row.school_code for row in placements if standing(row, on)}

    rule, subject = alert["rule"], alert["subject"]
    if rule == "HOST-08":
        posts = {row.code for row in district.posts if row.credit_code == subject}
        return of_those([row for row in district.placements if row.post_code in posts])
    if rule == "HOST-09":
        return of_those([row for row in district.placements if row.post_code == subject])
    if rule == "HOST-10":
        return {subject.partition(":")[0]}
    if rule.startswith("APP-"):
        return {row.school_code for row in district.apprentices if row.code == subject}
    return {district.placement[subject].school_code}


def narrowed(
    array: list[Alert], district: District, on: date, rule: str = "", school: str = ""
) -> list[Alert]:
    """What `--rule` and `--school` leave of the array: they narrow what is printed, not counted."""
    return [
        alert
        for alert in array
        if rule in ("", alert["rule"]) and (not school or school in schools_of(alert, district, on))
    ]


def years_touched(district: District, on: date) -> list[int]:
    """Years without a published notice whose days could decide an alert on `on` (README, 32)."""
    years = set()
    for placement in standing_placements(district, on):
        years |= {row.day.year for row in worked_rows(district, placement, on)}
    for placement in begun_production(district, on):
        for month in touching_months(placement):
            paid = is_paid_production(placement) and ripe(placement, month, on)
            if paid or on > last_day(month) + timedelta(days=5):
                years.add(month.year)
    return sorted(years - set(NOTICE_YEARS))


def notices(district: District, on: date) -> list[str]:
    """The lines the command writes to stderr about its calendar."""
    return [
        f"calendar {year}: notified days off are not known" for year in years_touched(district, on)
    ]
