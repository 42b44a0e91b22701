"""Who may be placed: old enough, past the first school year, enrolled, with everybody's consent."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.age_sql import AgeOn, first_school_year_end
from common.law_sql import LegalValue
from compliance.findings import Severity
from compliance.found_rows import NamesWhere, any_of, found, required, word_of
from compliance.registry import rule
from compliance.scopes import Rows, standing_placements, standing_production
from internships.placement_queries import PlacementQuerySet
from law.legal_values import whole_on
from people.models import EnrolmentStatus


@rule(
    "ELIG-01",
    title=_("未满最低实习年龄"),
    severity=Severity.BLOCK,
    scope=standing_production,
    numbers=("minimum_age", "age_reached_on"),
)
def under_age(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements that start before the student has reached the minimum age."""
    return found(
        placements.annotate(age=AgeOn(F("learner__student__born_on"), F("starts_on"))).filter(
            age__lt=LegalValue("minimum_age", day=F("starts_on"))
        ),
        subject="code",
        since="starts_on",
        age="age",
    )


@rule(
    "ELIG-02",
    title=_("一年级在校学生"),
    severity=Severity.BLOCK,
    scope=standing_production,
    numbers=("first_year_months", "first_year_end"),
)
def in_first_school_year(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements that start on or before the last day of the student's first school year."""
    first_year_ends = first_school_year_end(F("learner__enrolled_on"), day=F("starts_on"))
    return found(
        placements.filter(starts_on__lte=first_year_ends), subject="code", since="starts_on"
    )


def begun_or_about_to(placements: PlacementQuerySet, on: date) -> Rows:
    """Placements that start within the days in which consent should be there."""
    lead = timedelta(days=whole_on("consent_lead_days", on))
    return placements.filter(starts_on__lte=on + lead)


@rule(
    "ELIG-03",
    title=_("缺少知情同意"),
    severity=Severity.BLOCK,
    scope=standing_production,
    numbers=("consent_lead_days", "consent_signers"),
    judges=begun_or_about_to,
)
def consent_missing(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements begun or about to, to which student or guardian had not consented by the start."""
    late = {
        signer: Q(**{f"{signer}_consented_on__isnull": True})
        | Q(**{f"{signer}_consented_on__gt": F("starts_on")})
        for signer in ("student", "guardian")
    }
    missing = required(late, by="consent_signers", day=F("starts_on"))
    return found(
        begun_or_about_to(placements, on).filter(any_of(missing)),
        subject="code",
        since="starts_on",
        missing=NamesWhere(missing),
    )


def not_ended(placements: PlacementQuerySet, on: date) -> Rows:
    """Placements to come or running."""
    return placements.not_ended()


@rule(
    "ELIG-06",
    title=_("学籍状态不在籍"),
    severity=Severity.WARNING,
    scope=standing_placements,
    judges=not_ended,
)
def not_enrolled(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Approved or running placements of a student who is suspended, withdrawn or graduated."""
    return found(
        not_ended(placements, on).exclude(learner__status=EnrolmentStatus.ENROLLED),
        subject="code",
        since="starts_on",
        status=word_of("learner__status", EnrolmentStatus),
    )
