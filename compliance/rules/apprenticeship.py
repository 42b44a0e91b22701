"""Apprentices: an agreement before the start, the guardian's signature, two mentors."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.age_sql import AgeOn
from common.ranges import FirstDay
from compliance.alerts import Severity
from compliance.findings import NamesWhere, found
from compliance.registry import rule
from compliance.scopes import Rows, running_apprentices
from law.legal_values import value_on


@rule(
    "APP-01",
    title=_("未签订学徒培养协议"),
    severity=Severity.BLOCK,
    scope=running_apprentices,
    numbers=("apprenticeship_agreement_duty",),
)
def without_training_agreement(apprentices: Rows, *, on: date) -> Rows:
    """Apprentices whose training agreement lacks its number or was not signed by the first day."""
    started = apprentices.annotate(starts_on=FirstDay("period"))
    unsigned = Q(agreement_number="") | Q(agreed_on__isnull=True) | Q(agreed_on__gt=F("starts_on"))
    return found(started.filter(unsigned), subject="number", since="starts_on")


@rule(
    "APP-02",
    title=_("学徒监护人未签字"),
    severity=Severity.BLOCK,
    scope=running_apprentices,
    numbers=("apprentice_guardian_signs_duty", "majority_age", "age_reached_on"),
)
def guardian_has_not_signed(apprentices: Rows, *, on: date) -> Rows:
    """Apprentices who were minors on the first day and whose guardian had not signed by then."""
    started = apprentices.annotate(starts_on=FirstDay("period")).annotate(
        age=AgeOn(F("learner__student__born_on"), F("starts_on"))
    )
    unsigned = Q(guardian_signed_on__isnull=True) | Q(guardian_signed_on__gt=F("starts_on"))
    return found(
        started.filter(unsigned, age__lt=value_on("majority_age", on)),
        subject="number",
        since="starts_on",
    )


@rule(
    "APP-06",
    title=_("学徒缺少双导师"),
    severity=Severity.BLOCK,
    scope=running_apprentices,
    numbers=("apprentice_mentors",),
)
def apprentice_mentor_missing(apprentices: Rows, *, on: date) -> Rows:
    """Apprentices without a teacher of the school or a mentor of the enterprise."""
    missing = {"school": Q(teacher__isnull=True), "enterprise": Q(mentor__isnull=True)}
    return found(
        apprentices.filter(missing["school"] | missing["enterprise"]),
        subject="number",
        since=FirstDay("period"),
        missing=NamesWhere(missing),
    )
