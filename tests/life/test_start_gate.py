"""Nothing begins that may not: each reason alone keeps a placement back, and none is made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audit.models import Outbox
from compliance.models import Alert
from compliance.registry import all_rules
from compliance.start_gate import settle_placement, start, verdict
from insurance.models import InsuredPeriod
from internships.life.refusals import GateClosed, TransitionNotAllowed
from internships.life.running import end, suspend
from internships.life.verdicts import GateWaiver
from internships.models import (
    Agreement,
    Hazard,
    Placement,
    PlacementKind,
    PlacementState,
    PlacementStep,
    Stage,
)
from people.models import Enterprise, EnterpriseNature, LearnerIdentity, VenueKind
from people.roles import Role
from tests.life.cast import ENDS_ON, ON, STARTS_ON, Cast, kept
from tests.rules.builders import (
    attend_all,
    insure,
    make_apprentice,
    make_enterprise,
    make_learner,
    make_placement,
    make_post,
    pay,
    workdays,
)

pytestmark = pytest.mark.django_db

COORDINATOR = Role.SCHOOL_COORDINATOR
Change = Callable[[Cast, Placement], object]


def nothing(cast: Cast, placement: Placement) -> None:
    """Leave it in order."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong: with the student, the host, the post, the terms, or done after signing."""

    rule: str
    learner: dict[str, Any] = field(default_factory=dict)
    enterprise: dict[str, Any] = field(default_factory=dict)
    post: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    cover: tuple[tuple[date, date], ...] = ((STARTS_ON, ENDS_ON),)
    after: Change = nothing


def of_placement(**values: Any) -> Change:
    return lambda cast, placement: Placement.objects.filter(pk=placement.pk).update(**values)


def apprentice(**values: Any) -> Change:
    return lambda cast, placement: make_apprentice(learner=cast.learner, **values)


def unsigned(cast: Cast, placement: Placement) -> None:
    Agreement.objects.filter(placement=placement).update(enterprise_signed_on=None)


def placed_before(cast: Cast, placement: Placement) -> None:
    make_placement(
        learner=cast.learner,
        starts_on=date(2026, 2, 1),
        ends_on=date(2026, 5, 31),
        state=PlacementState.ENDED,
    )


MINOR = {"born_on": date(2009, 5, 4)}
FAULTS = {
    "no cover at all": Fault("INS-01", cover=()),
    "no cover on the first day": Fault("INS-01", cover=((date(2026, 12, 5), ENDS_ON),)),
    "no cover on a day between": Fault(
        "INS-01",
        cover=((STARTS_ON, date(2027, 1, 14)), (date(2027, 1, 16), ENDS_ON)),
    ),
    "no cover on the last day": Fault("INS-01", cover=((STARTS_ON, date(2027, 3, 2)),)),
    "not sixteen on the first day": Fault("ELIG-01", learner={"born_on": date(2010, 12, 4)}),
    "in the first school year": Fault("ELIG-02", learner={"enrolled_on": date(2026, 8, 25)}),
    "no consent of the guardian": Fault("ELIG-03", after=of_placement(guardian_consented_on=None)),
    "consent after the start": Fault(
        "ELIG-03", after=of_placement(student_consented_on=date(2026, 12, 5))
    ),
    "at a bar": Fault("HOST-04", enterprise={"venue": VenueKind.BAR}),
    "through an agency": Fault("HOST-05", enterprise={"nature": EnterpriseNature.INTERMEDIARY}),
    "high risk without a filing": Fault("HAZ-01", post={"hazards": [Hazard.HEIGHT]}),
    "a hazard for a minor": Fault("HAZ-02", learner=MINOR, post={"hazards": [Hazard.DUST]}),
    "heavy labour": Fault("HAZ-04", post={"labour_grade": "III"}),
    "no teacher": Fault("SUP-01", terms={"teacher": None}),
    "no mentor": Fault("SUP-01", terms={"mentor": None}),
    "no safety training": Fault("SUP-03", after=of_placement(safety_trained_on=None)),
    "apprenticeship without agreement": Fault("APP-01", after=apprentice(agreed_on=None)),
    "apprenticeship without guardian": Fault(
        "APP-02", learner=MINOR, after=apprentice(guardian_signed_on=None)
    ),
    "apprenticeship without mentor": Fault("APP-06", after=apprentice(mentor=None)),
    "agreement not signed": Fault("AGR-01", after=unsigned),
    "no pay agreed": Fault("PAY-01", terms={"agreed_pay": None}),
    "pay below the floor": Fault("PAY-02", terms={"agreed_pay": Decimal("3599.99")}),
    "outside the major's group": Fault("HOST-07", post={"major_groups": ["01"]}),
    "too many interns for the staff": Fault("HOST-08", enterprise={"staff_count": 9}),
    "too many interns at the post": Fault("HOST-09", post={"headcount": 4}),
    "longer than six months": Fault("HOST-10", after=placed_before),
}
# The last value on the lawful side of a limit that the fault above is just past.
IN_ORDER = {
    "as it should be": Fault(""),
    "sixteen on the first day": Fault("", learner={"born_on": date(2010, 12, 3)}),
    "pay at the floor": Fault("", terms={"agreed_pay": Decimal("3600.00")}),
    "ten on the staff": Fault("", enterprise={"staff_count": 10}),
    "five at the post": Fault("", post={"headcount": 5}),
    "an assisting student paid less": Fault(
        "", terms={"agreed_pay": Decimal("1500.00"), "stage": Stage.ASSISTING}
    ),
}


def made(fault: Fault) -> tuple[Cast, Placement]:
    """A placement ten days ahead, signed by all, in order but for the fault."""
    learner = make_learner(**{"born_on": date(2008, 1, 1), **fault.learner})
    post = make_post(make_enterprise(**fault.enterprise), **fault.post)
    cast = Cast(learner=learner, post=post)
    placement = cast.signed(**fault.terms)
    for first, last in fault.cover:
        insure(learner, first, last)
    fault.after(cast, placement)
    return cast, placement


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_placement_in_order_passes_ten_days_ahead_and_starts_on_its_day(name: str) -> None:
    cast, placement = made(IN_ORDER[name])

    start(placement, **cast.by(COORDINATOR))
    ahead = kept(placement).state
    cast.on = STARTS_ON
    start(placement, **cast.by(COORDINATOR))

    assert (ahead, kept(placement).state) == ("approved", "active")


@pytest.mark.parametrize("name", FAULTS)
def test_each_reason_alone_keeps_a_placement_back(name: str) -> None:
    fault = FAULTS[name]
    cast, placement = made(fault)

    with pytest.raises(GateClosed) as closed:
        start(placement, **cast.by(COORDINATOR))

    assert {reason.rule for reason in closed.value.reasons} == {fault.rule}
    (reason,) = closed.value.reasons
    assert reason.article
    assert reason.sentence
    assert reason.cure
    assert "{" not in reason.sentence + reason.cure
    assert reason.waivable == (fault.rule in {"HOST-07", "HOST-08", "HOST-09", "HOST-10"})
    assert (kept(placement).state, kept(placement).gate) == ("consented", "")


@pytest.mark.deep
@pytest.mark.parametrize("name", FAULTS)
def test_the_gate_says_what_the_sweep_says_of_it_once_it_is_at_work(name: str) -> None:
    cast, placement = made(FAULTS[name])

    said = verdict(placement, on=cast.on, at=cast.at)
    Placement.objects.filter(pk=placement.pk).update(state="active", gate="imported")
    judged = {}
    for rule in all_rules():
        # every day up to the last is what the gate asks of cover
        day = ENDS_ON if rule.id == "INS-01" else STARTS_ON
        for finding in rule.alerts(day):
            judged[rule.id, finding.subject, finding.period] = finding.facts

    told = {(it.rule, it.subject, it.period): it.facts for it in said.reasons}
    assert told.items() <= judged.items()
    gated = {"INS-01", "AGR-01", "PAY-01", "PAY-02", "HOST-07", "HOST-08", "HOST-09", "HOST-10"}
    gated |= {rule.id for rule in all_rules() if rule.severity == "block"}
    mine = {
        placement.code,
        cast.host.credit_code,
        cast.post.code,
        f"{cast.school.code}:{cast.learner.student_number}",
        *cast.learner.apprentice_identities.values_list("number", flat=True),
    }
    assert {key for key in judged if key[0] in gated and key[1] in mine} == set(told)


def test_all_reasons_come_at_once() -> None:
    cast, placement = made(
        Fault(
            "",
            learner={"born_on": date(2011, 1, 1)},
            enterprise={"venue": VenueKind.BAR, "staff_count": 1},
            post={"labour_grade": "IV"},
            terms={"agreed_pay": None, "mentor": None},
            cover=(),
        )
    )

    said = verdict(placement, on=ON, at=cast.at)

    assert [reason.rule for reason in said.reasons] == [
        "ELIG-01",
        "HAZ-04",
        "HOST-04",
        "HOST-08",
        "INS-01",
        "PAY-01",
        "SUP-01",
    ]
    assert not said.is_open


def test_judging_leaves_no_trace() -> None:
    cast, placement = made(FAULTS["no cover at all"])
    before = (
        Placement.objects.values().get(pk=placement.pk),
        PlacementStep.objects.count(),
        Outbox.objects.count(),
        Alert.objects.count(),
    )

    verdict(placement, on=cast.on, at=cast.at)

    assert before == (
        Placement.objects.values().get(pk=placement.pk),
        PlacementStep.objects.count(),
        Outbox.objects.count(),
        Alert.objects.count(),
    )


@pytest.mark.parametrize("name", [name for name, it in FAULTS.items() if it.rule[:5] == "HOST-"])
def test_a_waiver_lets_pass_what_may_be_waived_and_nothing_of_severity_block(name: str) -> None:
    fault = FAULTS[name]
    cast, placement = made(fault)
    waivers = [GateWaiver(fault.rule, "试点岗位，已报区教委", date(2027, 1, 31))]

    if fault.rule in {"HOST-04", "HOST-05"}:
        with pytest.raises(GateClosed):
            start(placement, waivers=waivers, **cast.by(COORDINATOR))
    else:
        start(placement, waivers=waivers, **cast.by(COORDINATOR))

    assert (kept(placement).state == "approved") == (fault.rule not in {"HOST-04", "HOST-05"})


def test_the_caps_of_a_host_count_the_placement_itself_beside_those_of_other_schools() -> None:
    cast, placement = made(Fault("", enterprise={"staff_count": 19}))
    make_placement(post=make_post(cast.host), ends_on=ENDS_ON)

    over = verdict(placement, on=ON, at=cast.at)
    Enterprise.objects.filter(pk=cast.host.pk).update(staff_count=20)
    within = verdict(placement, on=ON, at=cast.at)

    assert [(it.rule, it.facts) for it in over.reasons] == [
        ("HOST-08", {"interns": 2, "staff": 19})
    ]
    assert within.is_open


def test_a_placement_signed_by_two_does_not_start_however_lawful() -> None:
    cast = Cast(learner=make_learner())
    placement = cast.consented()
    insure(cast.learner, STARTS_ON, ENDS_ON)

    with pytest.raises(TransitionNotAllowed):
        start(placement, **cast.by(COORDINATOR))


def test_what_was_in_order_ahead_is_judged_again_on_the_day() -> None:
    cast, placement = made(IN_ORDER["as it should be"])
    start(placement, **cast.by(COORDINATOR))
    InsuredPeriod.objects.all().delete()
    cast.on = STARTS_ON

    with pytest.raises(GateClosed) as closed:
        start(placement, **cast.by(COORDINATOR))

    assert [reason.rule for reason in closed.value.reasons] == ["INS-01"]
    assert kept(placement).state == "approved"


def test_a_placement_that_was_suspended_goes_on_only_when_it_is_covered_from_then_on() -> None:
    cast, placement = made(IN_ORDER["as it should be"])
    cast.on = STARTS_ON
    start(placement, **cast.by(COORDINATOR))
    suspend(placement, message="检修", **cast.by(COORDINATOR))
    InsuredPeriod.objects.all().delete()
    cast.on = date(2027, 1, 10)
    insure(cast.learner, date(2027, 1, 10), date(2027, 3, 2))

    with pytest.raises(GateClosed) as closed:
        start(placement, **cast.by(COORDINATOR))
    insure(cast.learner, ENDS_ON, ENDS_ON)
    start(placement, **cast.by(COORDINATOR))

    (reason,) = closed.value.reasons
    assert reason.facts["gaps"] == [["2027-03-03", "2027-03-03"]]
    assert reason.facts["days"] == 1
    assert kept(placement).state == "active"


def test_an_orientation_placement_needs_cover_and_a_lawful_host_and_no_pay() -> None:
    cast = Cast(learner=make_learner())
    placement = cast.signed(kind=PlacementKind.ORIENTATION, agreed_pay=None)

    uninsured = verdict(placement, on=ON, at=cast.at)
    insure(cast.learner, STARTS_ON, ENDS_ON)
    start(placement, **cast.by(COORDINATOR))

    assert [reason.rule for reason in uninsured.reasons] == ["INS-01"]
    assert kept(placement).state == "approved"


def test_reasons_are_told_in_the_reader_s_language() -> None:
    from django.utils import translation

    cast, placement = made(FAULTS["no pay agreed"])

    with translation.override("en"):
        (english,) = verdict(placement, on=ON, at=cast.at).reasons
    (chinese,) = verdict(placement, on=ON, at=cast.at).reasons

    assert chinese.sentence == "没有约定实习报酬。"
    assert english.sentence != chinese.sentence


def test_a_placement_is_settled_when_every_month_is_paid_and_the_last_one_is_in_time() -> None:
    cast, placement = made(IN_ORDER["as it should be"])
    cast.on = STARTS_ON
    start(placement, **cast.by(COORDINATOR))
    cast.on = date(2026, 12, 31)
    attend_all(placement, workdays(STARTS_ON, cast.on))
    end(placement, last_day=cast.on, message="转岗", **cast.by(COORDINATOR))

    with pytest.raises(GateClosed) as closed:
        settle_placement(placement, **cast.by(COORDINATOR))
    cast.on = date(2027, 1, 10)
    pay(placement, date(2026, 12, 1), "3800.00", paid_on=date(2027, 1, 10))
    settle_placement(placement, **cast.by(COORDINATOR))

    assert [(it.rule, it.period) for it in closed.value.reasons] == [("PAY-09", "2026-12")]
    assert kept(placement).state == "settled"


def test_the_student_s_school_matters_to_nobody_else_s_gate() -> None:
    cast, placement = made(IN_ORDER["as it should be"])
    stranger, broken = made(FAULTS["no cover at all"])

    own = verdict(placement, on=ON, at=cast.at)

    assert own.is_open
    assert not verdict(broken, on=ON, at=stranger.at).is_open
    assert LearnerIdentity.objects.count() == 2
