"""Whom a rule still judges though it found nothing: what tells a cured case from a lapsed one.

A rule's scope says whom it looks at; some rules ask more before there is anything to break, and
those are told here. A subject that fails what is asked here has not cured anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Value

from common.day_sql import MonthName
from common.ranges import DaysWithout, SharedDays, days
from compliance.registry import Rule
from compliance.rules.host import interning_on
from compliance.rules.insurance import with_required_cover
from compliance.rules.pay import ripe_pay_months
from compliance.scopes import Rows
from internships.models import AttendanceDay, PlacementMonth, PlacementStatus
from internships.placement_queries import PlacementQuerySet
from law.legal_values import value_on, whole_on

EVERY_PERIOD = Value(None, output_field=CharField())


def still_judged(rule: Rule, on: date, *, among: Rows) -> Rows:
    """Rows of `judged_id` and `judged_period` (null: every period) that `rule` judges on `on`."""
    if rule.duty and not value_on(rule.duty, on):
        return _subjects(among.none())
    return JUDGED.get(rule.id, _as_scoped)(rule.scope.subjects(on, among=among), on)


def _subjects(rows: Rows) -> Rows:
    return rows.order_by().values_list("pk", EVERY_PERIOD)


def _months(rows: Rows) -> Rows:
    return rows.order_by().values_list("placement_id", MonthName("month"))


def _as_scoped(subjects: Rows, on: date) -> Rows:
    return _subjects(subjects)


def _begun_days(placements: Rows, on: date) -> Rows:
    """Placements with a day up to `on`: without one nothing could have been uninsured."""
    return _subjects(placements.filter(starts_on__lte=on))


def _insured_so_far(placements: PlacementQuerySet, on: date) -> Rows:
    """Placements with days to come soon, insured so far: the others are INS-01's, or over."""
    horizon = timedelta(days=whole_on("cover_warning_days", on))
    coming = SharedDays(F("period"), Value(days(on + timedelta(days=1), on + horizon)))
    so_far = SharedDays(F("period"), Value(days(None, on)))
    return _subjects(
        with_required_cover(placements, on)
        .annotate(coming=coming, gaps_so_far=DaysWithout(so_far, F("covered")))
        .filter(gaps_so_far__empty=True, coming__isempty=False)
    )


def _running(placements: Rows, on: date) -> Rows:
    return _subjects(placements.filter(period__contains=on))


def _with_pay_to_come(placements: PlacementQuerySet, on: date) -> Rows:
    """Placements to come or running with a pay agreed: an end or a pay of nothing cures nothing."""
    return _subjects(
        placements.with_judged_terms(on).filter(
            status__in=(PlacementStatus.APPROVED, PlacementStatus.ACTIVE),
            judged__agreed_pay__gt=0,
        )
    )


def _not_ended(placements: Rows, on: date) -> Rows:
    return _subjects(
        placements.filter(status__in=(PlacementStatus.APPROVED, PlacementStatus.ACTIVE))
    )


def _starting_soon(placements: Rows, on: date) -> Rows:
    lead = timedelta(days=whole_on("consent_lead_days", on))
    return _subjects(placements.filter(starts_on__lte=on + lead))


def _ripe(placements: PlacementQuerySet, on: date) -> Rows:
    return _months(ripe_pay_months(placements, on))


def _paid_in_part_and_settled(placements: PlacementQuerySet, on: date) -> Rows:
    """Ripe months with some pay and settled attendance: pay taken back cures nothing."""
    attendance = AttendanceDay.objects.filter(
        placement_id=OuterRef("placement_id"),
        day__range=(OuterRef("first_on"), OuterRef("last_on")),
    )
    return _months(
        ripe_pay_months(placements, on).filter(
            Exists(attendance), ~Exists(attendance.filter(confirmed=False)), paid__gt=0
        )
    )


def _to_confirm(placements: Rows, on: date) -> Rows:
    months = PlacementMonth.objects.of(placements).filter(has_workday=True)
    return _months(months.to_confirm_before(on))


def _hosting(enterprises: Rows, on: date) -> Rows:
    """Enterprises with an intern: when the last has left, nothing was cured."""
    return _subjects(enterprises.filter(interning_on(on, "posts__terms")).distinct())


def _manned(posts: Rows, on: date) -> Rows:
    """Posts with an intern."""
    return _subjects(posts.filter(interning_on(on, "terms")).distinct())


JUDGED: Mapping[str, Callable[[Any, date], Rows]] = MappingProxyType(
    {
        "INS-01": _begun_days,
        "INS-02": _insured_so_far,
        "INS-05": _running,
        "PAY-02": _with_pay_to_come,
        "PAY-04": _paid_in_part_and_settled,
        "PAY-09": _ripe,
        "ATT-01": _to_confirm,
        "ELIG-03": _starting_soon,
        "ELIG-06": _not_ended,
        "HOST-08": _hosting,
        "HOST-09": _manned,
    }
)
