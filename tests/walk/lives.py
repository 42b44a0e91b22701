"""Placements at every stage of their life, for addresses that do something with one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from apprenticeship.models import ApprenticeIdentity
from internships.life.approvals import approve
from internships.models import (
    Agreement,
    Arrangement,
    Gate,
    Placement,
    PlacementKind,
    PlacementState,
    PlacementStep,
    Terms,
)
from internships.models.moves import ApprovalKind, Party
from people.actors import Actor, system_actor
from tests.console.sites import NOW, ON, District

STAGES = (
    PlacementState.DRAFT,
    PlacementState.SUBMITTED,
    PlacementState.ACCEPTED,
    PlacementState.CONSENTED,
    PlacementState.APPROVED,
    PlacementState.SUSPENDED,
    PlacementState.ENDED,
    PlacementState.SETTLED,
)
SHOWN_TO_HOSTS = STAGES[1:6]
SHOWN_TO_MENTORS = STAGES[4:6]
BEGUN = STAGES[4:]
LAST_DAY = date(2026, 12, 31)


def live(district: District, name: str, stage: PlacementState) -> Placement:
    """A 认识实习 of the student at the host of their placement, at that stage; nothing is wrong."""
    other = district[name]
    began = {"ended_on": ON} if stage in (PlacementState.ENDED, PlacementState.SETTLED) else {}
    placement = Placement.objects.create(
        code=f"{name}-{stage}",
        school=other.school,
        learner=other.learner,
        kind=PlacementKind.ORIENTATION,
        arrangement=Arrangement.SCHOOL,
        starts_on=ON,
        ends_on=LAST_DAY,
        state=stage,
        gate=Gate.IMPORTED if stage in BEGUN else "",
        safety_trained_on=date(2026, 11, 20),
        student_consented_on=date(2026, 11, 20),
        guardian_consented_on=date(2026, 11, 20),
        **began,
    )
    names = ("school", "post", "enterprise", "teacher", "mentor")
    terms: Any = other.terms.values(*names)[0]
    Terms.objects.create(
        placement=placement,
        agreed_pay=Decimal("4500.00"),
        **{f"{column}_id": value for column, value in terms.items()},
    )
    signed = date(2026, 11, 21)
    Agreement.objects.create(
        code=placement.code,
        placement=placement,
        school_signed_on=signed,
        enterprise_signed_on=signed,
        student_signed_on=signed,
    )
    ApprenticeIdentity.objects.filter(learner=other.learner).update(
        agreement_number="示例协议",
        agreed_on=date(2026, 9, 10),
        guardian_signed_on=date(2026, 9, 10),
    )
    if stage == PlacementState.CONSENTED:
        _agreed_upon(placement, system_actor("test", on=ON))
    return placement


def _agreed_upon(placement: Placement, actor: Actor) -> None:
    """Accepted and consented to, as it stands."""
    step = PlacementStep.objects.create(
        placement=placement, move="draft", to_state="draft", on=ON, at=NOW, actor=f"{actor}"
    )
    for kind, party in (
        (ApprovalKind.ACCEPTANCE, Party.ENTERPRISE),
        (ApprovalKind.CONSENT, Party.STUDENT),
        (ApprovalKind.CONSENT, Party.GUARDIAN),
    ):
        approve(placement, kind, party, step=step, actor=actor, at=NOW)
