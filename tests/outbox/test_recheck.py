"""Whom a change touches is judged again, and a case is there or gone without a sweep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import OperationalError

from audit.models import Outbox
from audit.outbox.draining import drain
from compliance import recheck as rechecks
from compliance.cases import judging
from compliance.cases.judging import JudgeOutcome
from compliance.models import Alert, AlertState, SweepRun
from compliance.registry import Rule
from compliance.subjects import Subjects, touched_by
from insurance.models import InsuredPeriod, Policy
from internships.models import Placement, Post
from people.models import Enterprise, Mentor, School
from tests.rules.builders import (
    insure,
    make_apprentice,
    make_enterprise,
    make_learner,
    make_placement,
    make_post,
    make_school,
    move_to,
    sign,
)

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
WHOLE = (date(2026, 9, 1), date(2026, 12, 31))


def drain_all() -> None:
    """What a worker does on a ring."""
    drain(clock=lambda: AT)


def standing(rule: str) -> list[str]:
    """The subjects of a rule's cases that stand."""
    return list(Alert.objects.standing().filter(rule=rule).values_list("subject", flat=True))


def test_a_placement_whose_cover_is_taken_away_has_its_case_and_loses_it_with_new_cover(
    transactional_db: None,
) -> None:
    placement = make_placement()
    insure(placement.learner, *WHOLE)
    drain_all()
    before = standing("INS-01")

    InsuredPeriod.objects.all().delete()
    drain_all()
    uninsured = standing("INS-01")
    insure(placement.learner, *WHOLE)
    drain_all()

    assert before == []
    assert uninsured == [placement.code]
    assert standing("INS-01") == []
    assert Alert.objects.get(rule="INS-01").state == AlertState.CURED
    assert not SweepRun.objects.exists()


def test_a_policy_declared_void_opens_the_cases_of_all_on_its_roster(
    transactional_db: None,
) -> None:
    placements = [make_placement() for _ in range(3)]
    for placement in placements:
        insure(placement.learner, *WHOLE)
    drain_all()
    assert standing("INS-01") == []

    Policy.objects.update(status="void")
    drain_all()

    assert sorted(standing("INS-01")) == sorted(placement.code for placement in placements)


def test_a_placement_moved_to_another_post_has_both_posts_judged(transactional_db: None) -> None:
    small, large = make_post(headcount=1), make_post(headcount=200)
    placement = make_placement(post=small)
    sign(placement)
    drain_all()
    crowded = standing("HOST-08"), standing("HOST-09")

    placement.terms.update(**move_to(large), mentor=None)
    drain_all()

    assert [small.code] in crowded
    assert (standing("HOST-08"), standing("HOST-09")) == ([], [])


def test_a_change_of_a_host_reaches_the_placements_there(transactional_db: None) -> None:
    placement = make_placement()
    drain_all()
    before = standing("HOST-03") + standing("HOST-05") + standing("HOST-06")

    Enterprise.objects.update(venue="bar")
    drain_all()
    rules = set(Alert.objects.standing().values_list("rule", flat=True))

    assert before == []
    assert any(rule.startswith("HOST") for rule in rules)
    assert placement.code in set(Alert.objects.standing().values_list("subject", flat=True))


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Have INS-01 fail so many times, as by a deadlock."""
    real, left = judging.gather_findings, [times]

    def plans(*words: Any) -> None:
        raise OperationalError("deadlock detected")

    def gather(rule: Rule, on: date, *, among: Any) -> int:
        if rule.id == "INS-01" and left[0] > 0:
            left[0] -= 1
            raise OperationalError("deadlock detected")
        return real(rule, on, among=among)

    monkeypatch.setattr(judging, "gather_from_plans", plans)
    monkeypatch.setattr(judging, "gather_findings", gather)


def test_a_rule_that_failed_once_is_asked_again_and_the_others_are_not_held_up(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, 1)
    placement = make_placement()

    drain_all()

    assert standing("INS-01") == [placement.code]
    assert standing("AGR-01") == [placement.code]
    assert not Outbox.objects.waiting().exists()


def test_a_rule_that_goes_on_failing_leaves_its_message_waiting_with_the_reason(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, 1_000)
    placement = make_placement()

    drain_all()

    (waiting,) = Outbox.objects.waiting()
    assert (waiting.topic, waiting.attempts) == ("recheck-again", 1)
    assert "RulesFailed" in waiting.reason
    assert standing("INS-01") == []
    assert standing("AGR-01") == [placement.code]


def test_many_messages_are_one_judgement(transactional_db: None, asked: list[Any]) -> None:
    placements = [make_placement() for _ in range(5)]

    drain_all()

    assert len(asked) == 1
    assert asked[0] is not None
    assert asked[0].placements == {placement.pk for placement in placements}


def test_two_loads_are_one_sweep(transactional_db: None, asked: list[Any]) -> None:
    for _ in range(2):
        Outbox.objects.create(topic="sweep", payload={"because": "load"})

    drain_all()

    assert asked == [None]


@pytest.fixture
def asked(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The subjects that judge is given, None for everybody; it does nothing else."""
    given: list[Any] = []

    def note(on: date, *, at: datetime, subjects: Subjects | None = None) -> JudgeOutcome:
        given.append(subjects)
        return JudgeOutcome()

    monkeypatch.setattr(rechecks, "judge", note)
    return given


def test_a_school_that_changes_has_its_students_judged_and_no_others(asked: list[Any]) -> None:
    placement = make_placement()
    make_placement(learner=make_learner(school=make_school("5001170002")))
    Outbox.objects.all().delete()
    School.objects.filter(pk=placement.school_id).update(level="higher")

    drain_all()

    assert [subjects.learners for subjects in asked] == [{placement.learner_id}]
    assert asked[0].placements == {placement.pk}


def test_very_many_subjects_are_swept_and_nobody_is_not_judged(
    asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechecks, "MOST_RECHECKED", 2)
    on = date(2026, 11, 24)

    rechecks.recheck(Subjects(), on=on, at=AT)
    rechecks.recheck(Subjects(posts=frozenset({1, 2})), on=on, at=AT)
    rechecks.recheck(Subjects(posts=frozenset({1, 2, 3})), on=on, at=AT)

    assert asked == [Subjects(posts=frozenset({1, 2})), None]


def test_a_message_of_rows_that_are_gone_is_done(asked: list[Any]) -> None:
    Outbox.objects.create(topic="recheck", payload={"placements": [999], "policies": [998]})

    drain_all()

    assert asked == [Subjects(placements=frozenset({999}))]
    assert not Outbox.objects.waiting().exists()


def changes_of(change: Callable[[], object]) -> Subjects:
    """Whom a change touches."""
    Outbox.objects.all().delete()
    change()
    return touched_by(Outbox.objects.values_list("payload", flat=True))


def test_a_post_touches_its_placements_and_a_placement_no_neighbour(db: None) -> None:
    post = make_post()
    one, two = make_placement(post=post), make_placement(post=post)

    by_post = changes_of(lambda: Post.objects.update(headcount=3))
    by_placement = changes_of(
        lambda: Placement.objects.filter(pk=one.pk).update(ends_on="2027-01-31")
    )

    assert by_post.placements == {one.pk, two.pk}
    assert by_placement == Subjects(
        placements=frozenset({one.pk}),
        learners=frozenset({one.learner_id}),
        posts=frozenset({post.pk}),
        enterprises=frozenset({post.enterprise_id}),
    )


def test_a_move_in_place_touches_the_host_that_was_left_and_the_new_one(db: None) -> None:
    left, new = make_post(), make_post()
    placement = make_placement(post=left)
    mentor = Mentor.objects.create(enterprise=new.enterprise, name="师傅")

    touched = changes_of(
        lambda: placement.terms.update(post=new, enterprise=new.enterprise, mentor=mentor)
    )

    assert touched.posts == {left.pk, new.pk}
    assert touched.enterprises == {left.enterprise_id, new.enterprise_id}


def test_a_student_touches_every_identity_and_apprenticeship(db: None) -> None:
    learner = make_learner()
    apprentice = make_apprentice(learner=learner)
    placement = make_placement(learner=learner)

    touched = changes_of(lambda: learner.student.__class__.objects.update(born_on="2010-01-01"))

    assert touched.learners == {learner.pk}
    assert touched.apprentices == {apprentice.pk}
    assert touched.placements == {placement.pk}


def test_cases_of_a_placement_that_was_taken_out_lapse_and_so_does_its_hosts(
    transactional_db: None,
) -> None:
    host = make_enterprise(staff_count=5)
    placement = make_placement(post=make_post(host, headcount=100))
    drain_all()
    before = standing("INS-01"), standing("HOST-08")

    placement.delete()
    drain_all()

    assert before == ([placement.code], [host.credit_code])
    assert not Alert.objects.standing().exists()
    assert set(Alert.objects.values_list("state", flat=True)) == {AlertState.LAPSED}
