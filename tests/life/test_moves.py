"""A placement is prepared step by step, by those whose step it is, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from audit import periods
from audit.outbox.draining import drain
from internships.life import flow
from internships.life.agreeing import accept, consent, decline, refuse, send_back, sign
from internships.life.approvals import signatures_missing, standing_approvals
from internships.life.drafting import (
    draft_placement,
    edit,
    expire_stale,
    self_choice_is_open,
    submit,
    withdraw,
)
from internships.life.policies import moves_open
from internships.life.refusals import (
    NotPermitted,
    TransitionNotAllowed,
    WordsRefused,
)
from internships.models import (
    Agreement,
    Arrangement,
    Party,
    Placement,
    PlacementKind,
    PlacementMove,
    PlacementState,
    PlacementStep,
)
from people.actors import system_actor
from people.roles import Role
from tests.life.cast import ENDS_ON, ON, STARTS_ON, Cast, kept, moment, steps_of
from tests.rules.builders import (
    make_learner,
    make_placement,
    make_post,
    make_school,
)

pytestmark = pytest.mark.django_db

COORDINATOR, HR, STUDENT = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT


def test_a_placement_is_drafted_offered_accepted_consented_to_and_signed_by_all_three() -> None:
    cast = Cast()

    placement = cast.signed()

    assert kept(placement).state == PlacementState.CONSENTED
    assert signatures_missing(standing_approvals(placement)) == ()
    assert steps_of(placement) == [
        "draft school",
        "edit school",
        "submit school",
        "accept enterprise",
        "consent student",
        "consent guardian",
        "sign school",
        "sign enterprise",
        "sign student",
    ]
    assert kept(placement).student_consented_on == kept(placement).guardian_consented_on == ON
    agreement = Agreement.objects.get(placement=placement)
    assert {
        agreement.school_signed_on,
        agreement.enterprise_signed_on,
        agreement.student_signed_on,
    } == {ON}


def test_every_step_says_from_where_to_where_by_whom_on_which_day() -> None:
    cast = Cast()

    placement = cast.submitted()

    step = PlacementStep.objects.filter(placement=placement).latest("pk")
    assert (step.from_state, step.to_state, step.on, step.at, step.user, step.party) == (
        "draft",
        "submitted",
        ON,
        moment(ON),
        cast.users[COORDINATOR],
        "school",
    )


Verb = Callable[..., Any]
VERBS: dict[PlacementMove, Verb] = {
    PlacementMove.EDIT: lambda row, **by: edit(row, changes={"mentor": None}, **by),
    PlacementMove.SUBMIT: submit,
    PlacementMove.ACCEPT: accept,
    PlacementMove.CONSENT: consent,
    PlacementMove.DECLINE: lambda row, **by: decline(row, message="太远", **by),
    PlacementMove.SIGN: sign,
    PlacementMove.SEND_BACK: lambda row, **by: send_back(row, message="改日期", **by),
    PlacementMove.REFUSE: lambda row, **by: refuse(row, message="名额已满", **by),
    PlacementMove.WITHDRAW: lambda row, **by: withdraw(row, message="学生转学", **by),
}
# The stage at which each move is made, and the roles that make it; all others are turned away.
WHO: dict[PlacementMove, tuple[str, set[Role]]] = {
    PlacementMove.EDIT: ("submitted", {COORDINATOR, HR}),
    PlacementMove.SUBMIT: ("drafted", {COORDINATOR}),
    PlacementMove.ACCEPT: ("submitted", {HR}),
    PlacementMove.CONSENT: ("accepted", {STUDENT, Role.GUARDIAN, COORDINATOR}),
    PlacementMove.DECLINE: ("accepted", {STUDENT, Role.GUARDIAN, COORDINATOR}),
    PlacementMove.SIGN: ("consented", {COORDINATOR, HR, STUDENT}),
    PlacementMove.SEND_BACK: ("consented", {COORDINATOR, HR}),
    PlacementMove.REFUSE: ("accepted", {HR}),
    PlacementMove.WITHDRAW: ("accepted", {COORDINATOR}),
}


@pytest.mark.parametrize("move", VERBS)
def test_a_move_is_made_by_its_roles_and_refused_to_every_other(move: PlacementMove) -> None:
    cast = Cast()
    stage, roles = WHO[move]
    placement = getattr(cast, stage)()
    before = steps_of(placement)
    made = set()

    for role in Role:
        with transaction.atomic():
            try:
                VERBS[move](kept(placement), **cast.by(role))
            except NotPermitted:
                assert steps_of(placement) == before
            else:
                assert steps_of(placement) != before
                made.add(role)
            transaction.set_rollback(True)

    assert made == roles


@pytest.mark.parametrize("move", VERBS)
def test_a_stranger_with_placements_of_the_same_role_moves_none_of_these(
    move: PlacementMove,
) -> None:
    cast = Cast()
    another_school = make_school("5001170002")
    stranger = Cast(learner=make_learner(school=another_school, born_on=date(2009, 5, 4)))
    stage, roles = WHO[move]
    placement, own = getattr(cast, stage)(), getattr(stranger, stage)()

    for role in sorted(roles):
        with pytest.raises(NotPermitted):
            VERBS[move](placement, **stranger.by(role))

    VERBS[move](own, **stranger.by(sorted(roles)[0]))
    assert kept(placement).state == PlacementState({"drafted": "draft"}.get(stage, stage))


@pytest.mark.parametrize("state", PlacementState)
def test_a_move_begins_only_where_the_flow_says(state: PlacementState) -> None:
    cast = Cast()
    placement = cast.consented()
    Placement.objects.filter(pk=placement.pk).update(state=state, gate="imported")
    closed = [move for move in VERBS if state not in flow.MOVES[move].sources]

    for move in closed:
        (role,) = sorted(WHO[move][1] & {COORDINATOR, HR, STUDENT})[:1]
        # The host reaches no draft and nothing that is over: it is told so first
        with pytest.raises((TransitionNotAllowed, NotPermitted)):
            VERBS[move](kept(placement), **cast.by(role))

    assert closed
    assert kept(placement).state == state


def test_the_moves_open_to_somebody_are_those_of_the_state_and_of_the_role() -> None:
    cast = Cast()
    placement = cast.accepted()

    offered = {
        role: [move.name.value for move, _ in moves_open(placement, cast.as_(role))]
        for role in (COORDINATOR, HR, STUDENT, Role.SCHOOL_TEACHER, Role.COMMISSION)
    }

    assert offered == {
        COORDINATOR: ["edit", "consent", "decline", "send_back", "withdraw"],
        HR: ["edit", "send_back", "refuse"],
        STUDENT: ["consent", "decline"],
        Role.SCHOOL_TEACHER: [],
        Role.COMMISSION: [],
    }


@pytest.mark.parametrize(
    ("born_on", "kind", "needs_guardian"),
    [
        # of age from the day after the 18th birthday; the placement starts on 2026-12-04
        (date(2008, 12, 4), PlacementKind.ORIENTATION, True),
        (date(2008, 12, 3), PlacementKind.ORIENTATION, False),
        (date(2008, 12, 3), PlacementKind.PRODUCTION, True),
    ],
)
def test_a_guardian_consents_for_a_minor_and_to_every_production_placement(
    born_on: date, kind: str, needs_guardian: bool
) -> None:
    cast = Cast(born_on=born_on)
    placement = cast.accepted(kind=kind)

    consent(placement, **cast.by(STUDENT))

    expected = PlacementState.ACCEPTED if needs_guardian else PlacementState.CONSENTED
    assert kept(placement).state == expected


def test_a_guardian_without_an_account_consents_on_paper_and_the_step_names_who_wrote_it() -> None:
    cast = Cast()
    placement = cast.accepted()

    consent(placement, party=Party.GUARDIAN, message="纸质", **cast.by(COORDINATOR))

    step = placement.steps.latest("pk")
    assert (step.party, step.user, step.message) == ("guardian", cast.users[COORDINATOR], "纸质")


def test_declining_refuses_the_placement_and_opens_the_self_choice_route() -> None:
    cast = Cast()
    placement = cast.accepted()
    own = make_post()
    wanted: dict[str, Any] = {
        "learner": cast.learner,
        "kind": PlacementKind.PRODUCTION,
        "arrangement": Arrangement.SELF_CHOSEN,
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "agreed": cast.agreed(post=own, mentor=None),
        "instead_of": placement,
    }
    with pytest.raises(NotPermitted):
        draft_placement(**wanted, **cast.by(STUDENT))

    decline(placement, message="离家太远", **cast.by(STUDENT))
    chosen = draft_placement(**wanted, **cast.by(STUDENT))

    assert kept(placement).state == PlacementState.REFUSED
    assert self_choice_is_open(kept(placement))
    assert (chosen.state, chosen.instead_of) == (PlacementState.DRAFT, placement)


def test_a_refusal_by_the_host_opens_no_self_choice_route() -> None:
    cast = Cast()
    placement = cast.submitted()

    refuse(placement, message="名额已满", **cast.by(HR))

    assert kept(placement).state == PlacementState.REFUSED
    assert not self_choice_is_open(kept(placement))


@pytest.mark.parametrize("role", [COORDINATOR, HR])
def test_either_side_sends_back_with_a_message_and_every_approval_is_void(role: Role) -> None:
    cast = Cast()
    placement = cast.signed()

    send_back(placement, message="日期要改", **cast.by(role))

    assert kept(placement).state == PlacementState.DRAFT
    assert standing_approvals(kept(placement)) == set()
    assert placement.steps.latest("pk").message == "日期要改"
    assert kept(placement).student_consented_on is None


@pytest.mark.parametrize("verb", ["decline", "refuse", "send_back", "withdraw"])
@pytest.mark.parametrize("message", ["", "  ", "长" * 501])
def test_a_move_against_somebody_needs_a_message_that_is_kept_whole(
    verb: str, message: str
) -> None:
    cast = Cast()
    placement = cast.accepted()
    verbs: dict[str, tuple[Verb, Role]] = {
        "decline": (decline, STUDENT),
        "refuse": (refuse, HR),
        "send_back": (send_back, HR),
        "withdraw": (withdraw, COORDINATOR),
    }
    move, role = verbs[verb]

    with pytest.raises(WordsRefused):
        move(placement, message=message, **cast.by(role))

    assert kept(placement).state == PlacementState.ACCEPTED


def test_a_draft_expires_the_day_after_its_first_day_and_not_on_it() -> None:
    cast = Cast()
    placement = cast.consented()

    early = expire_stale(actor=system_actor("expire", on=STARTS_ON), at=moment(STARTS_ON))
    next_day = date(2026, 12, 5)
    late = expire_stale(actor=system_actor("expire", on=next_day), at=moment(next_day))

    assert (early, late) == ([], [placement.pk])
    assert kept(placement).state == PlacementState.EXPIRED


def test_a_draft_that_nobody_moved_for_sixty_days_expires_and_not_a_day_before() -> None:
    cast = Cast()
    placement = cast.drafted(starts_on=date(2027, 3, 1), ends_on=date(2027, 6, 1))

    kept_on, gone_on = date(2027, 1, 23), date(2027, 1, 24)
    early = expire_stale(actor=system_actor("expire", on=kept_on), at=moment(kept_on))
    late = expire_stale(actor=system_actor("expire", on=gone_on), at=moment(gone_on))

    assert (early, late) == ([], [placement.pk])


def test_what_is_stale_is_called_off_each_night() -> None:
    placement = Cast().consented()
    night = datetime.fromisoformat("2026-12-05T01:30:00+08:00")

    claimed = {row.job: row.period for row in periods.look(at=night)}
    drain(clock=lambda: night)

    assert claimed["expire-stale"] == date(2026, 12, 5)
    assert kept(placement).state == PlacementState.EXPIRED


def test_what_came_by_file_or_is_at_work_never_expires() -> None:
    by_file = make_placement(state=PlacementState.DRAFT)
    cast = Cast()
    placement = cast.signed()
    Placement.objects.filter(pk=placement.pk).update(state="active", gate="imported")

    gone = expire_stale(actor=system_actor("expire", on=date(2028, 1, 1)), at=moment(ON))

    assert gone == []
    assert kept(by_file).state == PlacementState.DRAFT
