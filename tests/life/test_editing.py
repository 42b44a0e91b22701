"""Editing what was agreed voids the approvals it touches, and no others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from internships.life.agreeing import accept, sign
from internships.life.approvals import standing_approvals
from internships.life.drafting import (
    edit,
)
from internships.life.refusals import (
    NotPermitted,
    TermsRefused,
    TransitionNotAllowed,
)
from internships.models import (
    Agreement,
    Approval,
    Arrangement,
    Placement,
    PlacementKind,
    PlacementState,
)
from people.models import Mentor
from people.roles import Role
from tests.life.cast import Cast, kept
from tests.rules.builders import (
    make_enterprise,
    make_post,
)

pytestmark = pytest.mark.django_db

COORDINATOR, HR, STUDENT = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT


@pytest.mark.parametrize(
    ("changes", "voided", "state"),
    [
        (
            {"teacher": None},
            ["signature school", "signature enterprise", "signature student"],
            PlacementState.CONSENTED,
        ),
        (
            {"mentor": None},
            [
                "acceptance enterprise",
                "signature school",
                "signature enterprise",
                "signature student",
            ],
            PlacementState.SUBMITTED,
        ),
        (
            {"arrangement": Arrangement.SELF_CHOSEN},
            [
                "consent student",
                "consent guardian",
                "signature school",
                "signature enterprise",
                "signature student",
            ],
            PlacementState.ACCEPTED,
        ),
        (
            {"agreed_pay": Decimal("4000.00")},
            [
                "acceptance enterprise",
                "consent student",
                "consent guardian",
                "signature school",
                "signature enterprise",
                "signature student",
            ],
            PlacementState.SUBMITTED,
        ),
        ({"safety_trained_on": date(2026, 11, 20)}, [], PlacementState.CONSENTED),
        ({"agreed_pay": Decimal("3800.00")}, [], PlacementState.CONSENTED),
    ],
)
def test_an_edit_voids_the_approvals_it_touches_and_says_which(
    changes: dict[str, Any], voided: list[str], state: PlacementState
) -> None:
    cast = Cast()
    placement = cast.signed()

    _, said = edit(placement, changes=changes, **cast.by(COORDINATOR))

    assert said == voided
    after = kept(placement)
    assert after.state == state
    assert (after.student_consented_on is None) == ("consent student" in voided)
    agreement = Agreement.objects.get(placement=placement)
    assert (agreement.student_signed_on is None) == ("signature student" in voided)
    gone = Approval.objects.filter(placement=placement, voided_by__isnull=False)
    assert [f"{row.kind} {row.party}" for row in gone] == voided


def test_a_term_that_is_changed_and_changed_back_revives_no_approval() -> None:
    cast = Cast()
    placement = cast.signed()
    by = cast.by(COORDINATOR)

    edit(placement, changes={"agreed_pay": Decimal("3900.00")}, **by)
    edit(placement, changes={"agreed_pay": Decimal("3800.00")}, **by)

    assert standing_approvals(kept(placement)) == set()
    assert kept(placement).state == PlacementState.SUBMITTED


def test_a_term_changed_past_the_verbs_leaves_no_approval_standing() -> None:
    cast = Cast()
    placement = cast.signed()

    placement.terms.update(agreed_pay=Decimal("100.00"))

    assert standing_approvals(placement) == set()
    with pytest.raises(TransitionNotAllowed):
        sign(placement, **cast.by(COORDINATOR))


def test_the_host_changes_its_mentor_and_nothing_of_the_school_s() -> None:
    cast = Cast()
    placement = cast.submitted()
    another = Mentor.objects.create(enterprise=cast.host, name="赵师傅")

    edit(placement, changes={"mentor": another}, **cast.by(HR))

    assert placement.terms.get().mentor == another
    with pytest.raises(NotPermitted):
        edit(placement, changes={"agreed_pay": Decimal(1)}, **cast.by(HR))


def test_a_post_at_another_host_leaves_the_mentor_behind_and_asks_the_new_host() -> None:
    cast = Cast()
    placement = cast.accepted()
    elsewhere = make_post(make_enterprise())

    edit(placement, changes={"post": elsewhere}, **cast.by(COORDINATOR))

    terms = placement.terms.get()
    assert (terms.post, terms.enterprise, terms.mentor) == (elsewhere, elsewhere.enterprise, None)
    assert kept(placement).state == PlacementState.SUBMITTED
    with pytest.raises(NotPermitted):
        accept(placement, **cast.by(HR))


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": date(2026, 12, 3)},
        {"kind": PlacementKind.ORIENTATION, "arrangement": Arrangement.SELF_CHOSEN},
        {"agreed_pay": Decimal("-0.01")},
        {"pay_day": 29},
        {"daily_hours": Decimal(0)},
        {"daily_hours": Decimal("24.01")},
    ],
)
def test_terms_that_contradict_themselves_are_refused(values: dict[str, Any]) -> None:
    cast = Cast()

    with pytest.raises(TermsRefused):
        cast.drafted(**values)

    assert not Placement.objects.exists()


def test_staff_of_another_house_cannot_be_named() -> None:
    cast, other = Cast(), Cast(post=make_post())

    with pytest.raises(TermsRefused):
        cast.drafted(mentor=other.mentor)
