"""Apprentices: an agreement before the start, the guardian's signature, two mentors."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from common.age_sql import AgeOn
from common.ranges import FirstDay
from compliance.findings import Severity
from compliance.found_rows import NamesWhere, any_of, found, required
from compliance.registry import rule
from compliance.scopes import Rows, running_apprentices
from law.legal_values import value_on


@rule(
    "APP-01",
    title=_("未签订学徒培养协议"),
    severity=Severity.BLOCK,
    scope=running_apprentices,
    duty="apprenticeship_agreement_duty",
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
    duty="apprentice_guardian_signs_duty",
    numbers=("majority_age", "age_reached_on"),
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
    nobody = {"school": Q(teacher__isnull=True), "enterprise": Q(mentor__isnull=True)}
    missing = required(nobody, by="apprentice_mentors", day=Value(on))
    return found(
        apprentices.filter(any_of(missing)),
        subject="number",
        since=FirstDay("period"),
        missing=NamesWhere(missing),
    )
