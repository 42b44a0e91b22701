"""Cover: 实习责任保险 on every day, at nobody's cost but the school's or the host's."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Collate
from django.db.models.sql.constants import LOUTER
from django.utils.translation import gettext_lazy as _
from django_cte import CTE, with_cte

from common.law_sql import codes_of
from common.ranges import DaysWithout, FirstDay, Holds, NumberOfDays, SharedDays, days
from compliance.findings import Severity
from compliance.found_rows import GapList, found
from compliance.registry import rule
from compliance.scopes import Rows, standing_placements, standing_production
from insurance.models import CoverKind, InsuredPeriod, PremiumPayer
from internships.placement_queries import PlacementQuerySet
from law.legal_values import value_on, whole_on


def with_required_cover(placements: PlacementQuerySet, on: date) -> Rows:
    """The placements with the days their student is covered as the law demands: `covered`."""
    kinds = codes_of(CoverKind)(value_on("required_cover_kinds", on))
    rosters = InsuredPeriod.objects.filter(
        policy__kind__in=kinds, learner__in=placements.values("learner")
    )
    cover = CTE(rosters.giving_cover().days_by_learner(), name="cover")
    joined = cover.join(placements, learner_id=cover.col.learner_id, _join_type=LOUTER)
    return with_cte(cover, select=joined.annotate(covered=cover.col.days))


def begun_days(placements: PlacementQuerySet, on: date) -> PlacementQuerySet:
    """Placements with a day up to `on`: without one nothing could have been uninsured."""
    return placements.filter(starts_on__lte=on)


@rule(
    "INS-01",
    title=_("未投保实习责任保险"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    duty="liability_insurance_duty",
    numbers=("required_cover_kinds",),
    judges=begun_days,
)
def uninsured(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements with a day, from the first up to `on`, that no liability cover holds."""
    until_now = SharedDays(F("period"), Value(days(None, on)))
    exposed = with_required_cover(begun_days(placements, on), on).annotate(
        gaps=DaysWithout(until_now, F("covered"))
    )
    return found(
        exposed.filter(gaps__empty=False),
        subject="code",
        since=FirstDay("gaps"),
        gaps=GapList("gaps"),
        days=NumberOfDays("gaps"),
        today=Holds(F("gaps"), Value(on)),
    )


def insured_so_far(placements: PlacementQuerySet, on: date) -> Rows:
    """Placements with days `coming` soon, insured up to `on`: the others are INS-01's, or over."""
    horizon = timedelta(days=whole_on("cover_warning_days", on))
    until_now = SharedDays(F("period"), Value(days(None, on)))
    coming = SharedDays(F("period"), Value(days(on + timedelta(days=1), on + horizon)))
    return (
        with_required_cover(placements, on)
        .annotate(coming=coming, gaps_so_far=DaysWithout(until_now, F("covered")))
        .filter(gaps_so_far__empty=True, coming__isempty=False)
    )


@rule(
    "INS-02",
    title=_("保险即将中断"),
    severity=Severity.WARNING,
    scope=standing_placements,
    duty="liability_insurance_duty",
    numbers=("cover_warning_days", "required_cover_kinds"),
    judges=insured_so_far,
)
def cover_about_to_lapse(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements insured so far, with a day soon to come that no liability cover holds."""
    lapsing = insured_so_far(placements, on).annotate(
        gaps_to_come=DaysWithout(F("coming"), F("covered"))
    )
    return found(
        lapsing.filter(gaps_to_come__empty=False),
        subject="code",
        since=FirstDay("gaps_to_come"),
        first_gap=FirstDay("gaps_to_come"),
    )


@rule(
    "INS-03",
    title=_("保费由学生承担"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    numbers=("forbidden_premium_payers",),
)
def premium_borne_by_student(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements on a day of which a policy that the student paid for gives cover of any kind."""
    payers = codes_of(PremiumPayer)(value_on("forbidden_premium_payers", on))
    paid_for = InsuredPeriod.objects.giving_cover().filter(
        policy__payer__in=payers,
        learner=OuterRef("learner"),
        cover__overlap=OuterRef("period"),
    )
    numbers = paid_for.order_by(Collate("policy__number", "C")).values("policy__number").distinct()
    return found(
        placements.filter(Exists(paid_for)),
        subject="code",
        since="starts_on",
        policies=ArraySubquery(numbers),
    )


def running(placements: PlacementQuerySet, on: date) -> Rows:
    """Placements that `on` is a day of."""
    return placements.filter(period__contains=on)


@rule(
    "INS-05",
    title=_("未购买意外伤害保险"),
    severity=Severity.INFO,
    scope=standing_production,
    numbers=("encouraged_cover_kinds",),
    judges=running,
)
def without_accident_cover(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements running on `on` whose student has no accident cover that day."""
    kinds = codes_of(CoverKind)(value_on("encouraged_cover_kinds", on))
    covered = InsuredPeriod.objects.giving_cover().filter(
        policy__kind__in=kinds, learner=OuterRef("learner"), cover__contains=on
    )
    uncovered = running(placements, on).exclude(Exists(covered))
    return found(uncovered, subject="code", since="starts_on")
