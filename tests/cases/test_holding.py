"""Whose cases are whose, asked of all at once, is what is said of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.law_rows import sync_law
from common.ranges import days
from compliance.cases.holding import at_level, held_by
from compliance.cases.owners import owners_of
from compliance.models import Alert, HolderLevel
from exchange.loading.district import load_district
from internships.models import Placement
from people.models import Membership, School, Teacher, User
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.cases.test_judging import judged
from tests.demo.districts import written
from tests.rules.builders import make_placement, make_school
from tests.rules.district import ON as DAY
from tests.rules.district import break_every_rule

ON = date(2026, 11, 24)


def loaded(folder: Path, seed: int) -> Random:
    """A district of sixty with its cases, a share of its people with accounts, some cases given."""
    chance = Random(seed)
    written(folder, 60, seed, ON)
    sync_law()
    report = load_district(folder, at=datetime(2026, 11, 24, 2, 30, tzinfo=UTC), by="test")
    assert report.problems == []
    judged(ON)
    for school in School.objects.order_by("pk"):
        if chance.random() < 0.6:
            make_user(Role.SCHOOL_COORDINATOR, school=school)
    for teacher in Teacher.objects.order_by("pk"):
        if chance.random() < 0.7:
            make_user(Role.SCHOOL_TEACHER, teacher=teacher)
    both = make_user(Role.COMMISSION)
    Membership.objects.create(
        user=both,
        role=Role.SCHOOL_COORDINATOR,
        period=both.memberships.get().period,
        school=chance.choice(School.objects.order_by("pk")),
    )
    users = list(User.objects.order_by("pk"))
    for user in users:
        if chance.random() < 0.2:
            user.is_active = False
            user.save()
        if chance.random() < 0.2:
            user.memberships.update(period=days(date(2026, 9, 1), ON - timedelta(days=1)))
    for alert in Alert.objects.order_by("rule", "subject", "period"):
        if chance.random() < 0.4:
            alert.assigned_to = chance.choice(users)
        alert.deadlines_from = ON - timedelta(days=chance.randrange(14))
        alert.save()
    return chance


@pytest.mark.django_db
@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(2, 5))]
)
def test_what_somebody_holds_is_what_each_case_says_of_its_holder(
    tmp_path: Path, seed: int
) -> None:
    loaded(tmp_path, seed)
    cases = Alert.objects.standing()
    levels: set[str] = set()
    differing: list[Any] = []
    held_by_somebody = 0

    for day in (ON, ON + timedelta(days=2), ON + timedelta(days=4)):
        holders = owners_of(cases.values_list("pk", flat=True), on=day)
        told = dict(at_level(cases, day).values_list("pk", "level"))
        levels |= set(told.values())
        differing += [key for key, holder in holders.items() if told[key] != holder.level]
        for user in User.objects.all():
            own = {key for key, holder in holders.items() if user.pk in holder.user_ids}
            held = list(held_by(as_actor(user, day), day).values_list("pk", flat=True))
            held_by_somebody += len(held)
            seen = cases.visible_to(as_actor(user, day)).values_list("pk", flat=True)
            if unlike := own.symmetric_difference(held) | own.difference(seen):
                differing.append((day, user.username, unlike))

    assert differing == []
    assert levels == set(HolderLevel.values)
    assert held_by_somebody
    assert len(holders) > 30


@pytest.mark.django_db
def test_a_host_without_a_coordinator_of_any_school_placing_there_is_the_commissions() -> None:
    break_every_rule()
    judged()
    commission = make_user(Role.COMMISSION)
    school = Placement.objects.filter(alerts__isnull=False).first().school  # type: ignore[union-attr]
    of_hosts = Alert.objects.filter(school__isnull=True)

    before = held_by(as_actor(commission), DAY).filter(pk__in=of_hosts).count()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=school)
    after = held_by(as_actor(commission), DAY).filter(pk__in=of_hosts).count()

    own = held_by(as_actor(coordinator), DAY).filter(pk__in=of_hosts).count()
    assert before == of_hosts.count() > 1
    assert 0 < own == before - after


@pytest.mark.django_db
def test_the_teacher_of_a_placement_long_over_has_no_case_of_the_student_beside_its_own() -> None:
    new = make_placement()
    judged()
    former = Teacher.objects.create(school=new.school, name="赵老师")
    old = make_placement(
        learner=new.learner,
        starts_on=date(2024, 9, 1),
        ends_on=date(2024, 12, 31),
        state="ended",
        teacher=former,
    )
    of_learner, of_old = Alert.objects.order_by("pk")[:2]
    Alert.objects.filter(pk=of_learner.pk).update(placement=None, learner=new.learner)
    Alert.objects.filter(pk=of_old.pk).update(placement=old)
    before = make_user(Role.SCHOOL_TEACHER, teacher=former)
    now = make_user(Role.SCHOOL_TEACHER, teacher=new.terms.get().teacher)

    holders = owners_of([of_learner.pk, of_old.pk], on=DAY)

    assert holders[of_learner.pk].user_ids == (now.pk,)
    assert holders[of_old.pk].user_ids == (before.pk,)


@pytest.mark.django_db
def test_nobody_who_is_no_member_holds_anything_and_asking_takes_one_query() -> None:
    break_every_rule()
    judged()
    stranger = make_user(Role.SCHOOL_COORDINATOR, school=make_school("5001170009"))
    former = make_user(Role.COMMISSION, from_day=date(2026, 12, 1))

    with CaptureQueriesContext(connection) as asked:
        held = [list(held_by(as_actor(user), DAY)) for user in (stranger, former)]

    assert held == [[], []]
    assert len(asked) <= 4
