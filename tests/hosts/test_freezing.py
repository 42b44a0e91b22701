"""A host that the commission freezes takes nobody from any school until it is let again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from compliance.start_gate import start, verdict
from internships.hosts.freezing import HostFrozen, freeze, freeze_of, require_open_host, unfreeze
from internships.hosts.reading import frozen_that_concern
from internships.life.agreeing import accept
from internships.life.drafting import edit, submit
from internships.life.refusals import (
    GateClosed,
    NotPermitted,
    TransitionNotAllowed,
    WordsRefused,
)
from internships.models import HostFreeze, Placement, PlacementState
from people.roles import Role
from tests.life.cast import ENDS_ON, ON, STARTS_ON, Cast, kept
from tests.rules.builders import insure, make_learner, make_placement, make_school

pytestmark = pytest.mark.django_db
COORDINATOR, HR = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR
WHY = "宿舍消防不合格"


@pytest.fixture
def cast() -> Cast:
    return Cast()


def frozen_by(cast: Cast, *, from_day: date = ON) -> HostFreeze:
    return freeze(cast.host, from_day=from_day, reason=WHY, **cast.by(Role.COMMISSION))


MOVES: dict[str, tuple[Callable[[Cast], Placement], Callable[[Cast, Placement], object]]] = {
    "submit": (Cast.drafted, lambda cast, placement: submit(placement, **cast.by(COORDINATOR))),
    "accept": (Cast.submitted, lambda cast, placement: accept(placement, **cast.by(HR))),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_move_towards_a_frozen_host_is_refused_with_the_reason(cast: Cast, name: str) -> None:
    prepare, move = MOVES[name]
    placement = prepare(cast)
    state = kept(placement).state
    frozen_by(cast)

    with pytest.raises(HostFrozen, match=WHY):
        move(cast, placement)

    assert kept(placement).state == state
    unfreeze(cast.host, from_day=ON, reason="已整改", **cast.by(Role.COMMISSION))
    move(cast, placement)
    assert kept(placement).state != state


def test_nobody_is_drafted_for_a_frozen_host_from_any_school(cast: Cast) -> None:
    learner = make_learner(school=make_school("5001170002"))
    elsewhere = Cast(learner=learner, post=cast.post)
    frozen_by(cast)

    for one in (cast, elsewhere):
        with pytest.raises(HostFrozen, match=WHY):
            one.drafted()

    assert not Placement.objects.exists()
    assert Cast().drafted().state == PlacementState.DRAFT


def test_a_draft_is_not_moved_to_a_post_of_a_frozen_host(cast: Cast) -> None:
    other = Cast()
    placement = cast.drafted()
    frozen_by(other)

    with pytest.raises(HostFrozen):
        edit(placement, changes={"post": other.post}, **cast.by(COORDINATOR))

    assert kept(placement).terms.get().post == cast.post


def test_the_start_gate_names_the_freeze_and_no_waiver_helps(cast: Cast) -> None:
    placement = cast.signed()
    insure(cast.learner, STARTS_ON, ENDS_ON)
    frozen_by(cast)

    found = verdict(placement, on=cast.on, at=cast.at)
    with pytest.raises(GateClosed) as closed:
        start(placement, **cast.by(COORDINATOR))

    assert [reason.rule for reason in found.reasons] == ["HOST-FROZEN"]
    assert WHY in closed.value.reasons[0].sentence
    assert not found.reasons[0].waivable
    unfreeze(cast.host, from_day=ON, reason="已整改", **cast.by(Role.COMMISSION))
    assert start(placement, **cast.by(COORDINATOR)).state == PlacementState.APPROVED


@pytest.mark.parametrize(("from_day", "is_frozen"), [(STARTS_ON, True), (date(2026, 12, 5), False)])
def test_a_freeze_to_come_counts_when_the_first_day_is_in_it(
    cast: Cast, from_day: date, is_frozen: bool
) -> None:
    placement = cast.signed()
    insure(cast.learner, STARTS_ON, ENDS_ON)
    frozen_by(cast, from_day=from_day)

    rules = [reason.rule for reason in verdict(placement, on=cast.on, at=cast.at).reasons]

    assert rules == (["HOST-FROZEN"] if is_frozen else [])


def test_students_who_are_there_stay_and_their_school_and_host_are_told(cast: Cast) -> None:
    there = make_placement(
        learner=cast.learner, post=cast.post, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31)
    )
    stranger = Cast(learner=make_learner(school=make_school("5001170002")))
    frozen_by(cast)

    told = {
        role: [host.pk for host in frozen_that_concern(cast.as_(role))]
        for role in (COORDINATOR, HR, Role.STUDENT, Role.ENTERPRISE_MENTOR)
    }

    assert kept(there).state == PlacementState.ACTIVE
    assert told == {
        COORDINATOR: [cast.host.pk],
        HR: [cast.host.pk],
        Role.STUDENT: [],
        Role.ENTERPRISE_MENTOR: [],
    }
    assert not frozen_that_concern(stranger.as_(COORDINATOR)).exists()
    assert not frozen_that_concern(stranger.as_(HR)).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMISSION])
def test_nobody_but_the_commission_decides(cast: Cast, role: Role) -> None:
    with pytest.raises(NotPermitted):
        freeze(cast.host, from_day=ON, reason=WHY, **cast.by(role))

    assert not HostFreeze.objects.exists()


def test_decisions_follow_one_another_and_are_kept(cast: Cast) -> None:
    by = cast.by(Role.COMMISSION)
    with pytest.raises(TransitionNotAllowed, match="没有被暂停"):
        unfreeze(cast.host, from_day=ON, reason="x", **by)
    with pytest.raises(WordsRefused):
        freeze(cast.host, from_day=ON, reason=" ", **by)
    with pytest.raises(TransitionNotAllowed, match="不能早于 2026-11-24"):
        freeze(cast.host, from_day=date(2026, 11, 23), reason=WHY, **by)
    frozen_by(cast, from_day=date(2026, 12, 1))
    with pytest.raises(TransitionNotAllowed, match="已经暂停"):
        frozen_by(cast)
    with pytest.raises(TransitionNotAllowed, match="不能早于 2026-12-01"):
        unfreeze(cast.host, from_day=date(2026, 11, 30), reason="已整改", **by)
    unfreeze(cast.host, from_day=date(2026, 12, 10), reason="已整改", **by)

    days = (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 9), date(2026, 12, 10))
    assert [freeze_of(cast.host.pk, on=day) is not None for day in days] == [
        False,
        True,
        True,
        False,
    ]
    assert list(HostFreeze.objects.values_list("move", flat=True)) == ["freeze", "unfreeze"]


def test_a_student_who_looks_for_a_host_is_not_told_why(cast: Cast) -> None:
    frozen_by(cast)

    with pytest.raises(HostFrozen) as refused:
        require_open_host(cast.host.pk, starts_on=STARTS_ON, actor=cast.as_(Role.STUDENT))

    assert WHY not in str(refused.value)
