"""Rights begin and end on their day: the day before, the first, the last, the day after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apprenticeship.models import ApprenticeIdentity
from common.ranges import days
from compensation.models import PaymentEntry
from insurance.models import InsuredPeriod, Policy
from internships.models import AttendanceDay, Placement, PlacementState, Terms
from people.access.conditions import latest_birth_of_majority
from people.access.registry import registered
from people.actors import actor_for
from people.models import Guardian, LearnerIdentity, Membership, School, Student, Teacher, User
from people.roles import Role
from tests.access.district import LABELS, TODAY, District, acting, join, sight

LIVED_IN = (Student, LearnerIdentity, Placement, Terms, ApprenticeIdentity, PaymentEntry)


@pytest.mark.parametrize(
    ("on", "seen"),
    [
        (date(2026, 9, 30), []),
        (date(2026, 10, 1), ["A1", "A2", "A3"]),
        (date(2026, 11, 30), ["A1", "A2", "A3"]),
        (date(2026, 12, 1), []),
    ],
)
def test_a_membership_gives_rights_from_its_first_day_to_its_last(
    district: District, on: date, seen: list[str]
) -> None:
    user = join(
        "coordinator",
        Role.SCHOOL_COORDINATOR,
        district.schools["A"],
        first=date(2026, 10, 1),
        last=date(2026, 11, 30),
    )

    assert sight(acting(user, on=on), Placement) == seen


@pytest.mark.parametrize(
    ("on", "seen"),
    [(date(2026, 11, 30), ["A1", "A2", "A3"]), (date(2026, 12, 1), ["B1", "B2"])],
)
def test_a_coordinator_who_changed_school_sees_the_new_one_only(
    district: District, on: date, seen: list[str]
) -> None:
    join("mover", Role.SCHOOL_COORDINATOR, district.schools["A"], last=date(2026, 11, 30))
    user = join("mover", Role.SCHOOL_COORDINATOR, district.schools["B"], first=date(2026, 12, 1))

    assert sight(acting(user, on=on), Placement) == seen
    assert sight(acting(user, on=on), InsuredPeriod) == seen


def test_a_disabled_account_has_no_rights_from_the_next_request_on(district: District) -> None:
    user = join("coordinator", Role.SCHOOL_COORDINATOR, district.schools["A"])
    before = sight(acting(user), Placement)

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert before == ["A1", "A2", "A3"]
    assert sight(acting(user), Placement) == []


@pytest.mark.parametrize(
    ("on", "rows"), [(date(2027, 3, 14), ["A1", "A2", "B1"]), (date(2027, 3, 15), [])]
)
def test_the_host_sees_an_intern_on_the_last_day_and_no_more_on_the_next(
    district: District, on: date, rows: list[str]
) -> None:
    user = join("hr", Role.ENTERPRISE_HR, district.enterprises["E"])

    seen = {model: sight(acting(user, on=on), model) for model in LIVED_IN}

    assert seen == dict.fromkeys(LIVED_IN, rows)


@pytest.mark.parametrize("role", [Role.ENTERPRISE_HR, Role.ENTERPRISE_MENTOR])
@pytest.mark.parametrize(("on", "there"), [(date(2026, 11, 20), True), (date(2026, 11, 21), False)])
def test_an_early_end_takes_the_placement_from_the_host_and_mentor(
    district: District, role: Role, on: date, there: bool
) -> None:
    tie = district.enterprises["E"] if role == Role.ENTERPRISE_HR else district.mentors["ME1"]
    user = join("host", role, tie)
    Placement.objects.filter(code="A1").update(ended_on=date(2026, 11, 20))

    seen = sight(acting(user, on=on), Placement)

    assert ("A1" in seen) is there
    assert "B1" in seen


@pytest.mark.parametrize("role", [Role.ENTERPRISE_HR, Role.ENTERPRISE_MENTOR])
@pytest.mark.parametrize(
    "state",
    [
        PlacementState.DRAFT,
        PlacementState.ENDED,
        PlacementState.SETTLED,
        PlacementState.ARCHIVED,
        PlacementState.WITHDRAWN,
        PlacementState.EXPIRED,
        PlacementState.REFUSED,
    ],
)
def test_a_placement_before_it_is_offered_or_after_its_end_is_not_the_hosts(
    district: District, role: Role, state: PlacementState
) -> None:
    tie = district.enterprises["E"] if role == Role.ENTERPRISE_HR else district.mentors["ME1"]
    user = join("host", role, tie)
    Placement.objects.filter(code="A1").update(state=state)

    seen = {model: sight(acting(user), model) for model in (Placement, AttendanceDay, Terms)}

    assert all("A1" not in rows and "B1" in rows for rows in seen.values())


@pytest.mark.parametrize(
    ("state", "hr", "mentor"),
    [
        (PlacementState.SUBMITTED, True, False),
        (PlacementState.ACCEPTED, True, False),
        (PlacementState.CONSENTED, True, False),
        (PlacementState.APPROVED, True, True),
        (PlacementState.SUSPENDED, True, True),
    ],
)
def test_the_host_is_asked_before_the_mentor_is_told(
    district: District, state: PlacementState, hr: bool, mentor: bool
) -> None:
    clerk = join("hr", Role.ENTERPRISE_HR, district.enterprises["E"])
    master = join("mentor", Role.ENTERPRISE_MENTOR, district.mentors["ME1"])
    Placement.objects.filter(code="A1").update(state=state)

    assert ("A1" in sight(acting(clerk), Placement)) is hr
    assert ("A1" in sight(acting(master), Placement)) is mentor


@pytest.mark.parametrize(("on", "rows"), [(date(2026, 12, 1), ["A9"]), (date(2026, 12, 2), [])])
def test_a_guardian_sees_the_child_until_the_day_it_is_of_age(
    district: District, on: date, rows: list[str]
) -> None:
    # Of age on the day after the eighteenth birthday: born 2008-12-01, on 2026-12-02.
    child = district.enrol("A9", "A", born_on=date(2008, 12, 1))
    district.place("A9", ("A", "E", "TA1", "ME1"))
    user = join("guardian", Role.GUARDIAN, Guardian.objects.get(learner=child))

    seen = {model: sight(acting(user, on=on), model) for model in (*LIVED_IN, Guardian)}

    assert seen == dict.fromkeys((*LIVED_IN, Guardian), rows)
    assert sight(acting(user, on=on), School) == (["A"] if rows else [])


@pytest.mark.parametrize(
    ("on", "latest"),
    [
        (date(2026, 12, 1), date(2008, 11, 30)),
        (date(2026, 12, 2), date(2008, 12, 1)),
        (date(2026, 2, 28), date(2008, 2, 27)),
        (date(2026, 3, 1), date(2008, 2, 28)),
        (date(2026, 3, 2), date(2008, 3, 1)),
        (date(2028, 2, 29), date(2010, 2, 28)),
        (date(2028, 3, 1), date(2010, 2, 28)),
        (date(2027, 1, 1), date(2008, 12, 31)),
    ],
)
def test_who_is_of_age_is_counted_from_the_day_after_the_birthday(on: date, latest: date) -> None:
    assert latest_birth_of_majority(on) == latest


@pytest.mark.parametrize(
    ("on", "old", "new"), [(date(2026, 11, 30), True, False), (date(2026, 12, 1), False, True)]
)
def test_a_change_of_teacher_moves_the_student_on_its_day(
    district: District, on: date, old: bool, new: bool
) -> None:
    before = join("old", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    successor = Teacher.objects.create(school=district.schools["A"], name="TA3")
    after = join("new", Role.SCHOOL_TEACHER, successor)
    first = Terms.objects.get(placement__code="A1")
    Terms.objects.filter(pk=first.pk).update(period=days(None, date(2026, 11, 30)))
    Terms.objects.create(
        placement=first.placement,
        period=days(date(2026, 12, 1), None),
        school=first.school,
        post=first.post,
        enterprise=first.enterprise,
        teacher=successor,
        mentor=first.mentor,
    )
    ApprenticeIdentity.objects.filter(number="A1").update(teacher=None)

    assert ("A1" in sight(acting(before, on=on), Placement)) is old
    assert ("A1" in sight(acting(after, on=on), Placement)) is new
    assert "A3" in sight(acting(before, on=on), Placement)


def test_the_host_sees_the_cover_of_the_placement_and_not_that_of_other_times(
    district: District,
) -> None:
    user = join("hr", Role.ENTERPRISE_HR, district.enterprises["E"])
    current = InsuredPeriod.objects.get(learner=district.learners["A1"])
    policy = Policy.objects.create(
        number="earlier",
        kind=current.policy.kind,
        insurer="示例保险",
        payer=current.policy.payer,
        period=days(date(2026, 3, 1), date(2026, 9, 15)),
    )
    for first, last in (
        (date(2026, 3, 1), date(2026, 9, 14)),
        (date(2026, 9, 15), date(2026, 9, 15)),
    ):
        InsuredPeriod.objects.create(
            policy=policy,
            school=current.school,
            learner=current.learner,
            period=days(first, last),
        )

    seen = sight(acting(user), InsuredPeriod)

    assert seen == ["A1", "A1", "A2", "B1"]


def test_an_offered_placement_that_starts_later_is_seen_by_the_host(district: District) -> None:
    user = join("hr", Role.ENTERPRISE_HR, district.enterprises["E"])
    Placement.objects.filter(code="A1").update(
        state=PlacementState.SUBMITTED, starts_on=date(2027, 1, 4), ends_on=date(2027, 6, 30)
    )

    assert "A1" in sight(acting(user), Placement)


def test_the_membership_goes_with_the_record_it_is_tied_to(district: District) -> None:
    guardian = Guardian.objects.get(learner=district.learners["A1"])
    user = join("guardian", Role.GUARDIAN, guardian)
    before = sight(acting(user), Placement)

    Guardian.objects.filter(pk=guardian.pk)._raw_delete("default")

    assert before == ["A1"]
    assert sight(acting(user), Placement) == []
    assert not Membership.objects.filter(user=user).exists()


def test_an_unoffered_students_own_record_stays_out_of_the_hosts_sight(
    district: District,
) -> None:
    user = join("hr", Role.ENTERPRISE_HR, district.enterprises["E"])
    Placement.objects.filter(code="A1").update(state=PlacementState.DRAFT)
    ApprenticeIdentity.objects.filter(number="A1").delete()

    seen = {model: sight(acting(user), model) for model in (LearnerIdentity, Student)}

    assert seen == {LearnerIdentity: ["A2", "B1"], Student: ["A2", "B1"]}


def test_an_apprentice_without_a_placement_is_seen_by_the_host_until_the_last_day(
    district: District,
) -> None:
    hr = join("hr", Role.ENTERPRISE_HR, district.enterprises["E"])
    mentor = join("mentor", Role.ENTERPRISE_MENTOR, district.mentors["ME1"])
    teacher = join("teacher", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    apprentice = ApprenticeIdentity.objects.get(number="A1")
    learner = district.enrol("A9", "A")
    ApprenticeIdentity.objects.filter(pk=apprentice.pk).update(learner=learner)

    seen = {
        (user.username, on): "A9" in sight(acting(user, on=on), LearnerIdentity)
        for user in (hr, mentor, teacher)
        for on in (date(2027, 3, 14), date(2027, 3, 15))
    }

    assert seen == {(name, on): on == date(2027, 3, 14) for name, on in seen}


@pytest.mark.parametrize("role", [Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR, Role.COMMISSION])
def test_an_actor_and_a_list_take_one_query_each_for_one_row_or_fifty(
    district: District, django_assert_num_queries: Any, role: Role
) -> None:
    ties: dict[Role, list[Any]] = {
        Role.SCHOOL_TEACHER: list(district.teachers.values()),
        Role.ENTERPRISE_HR: [district.enterprises["E"]],
        Role.COMMISSION: [None],
    }
    for tie in ties[role]:
        user = join("busy", role, tie)
    user = User.objects.get(pk=user.pk)
    for number in range(50):
        district.place(f"X{number}", ("A", "E", "TA1", "ME1"))

    with django_assert_num_queries(1):
        actor = actor_for(user, on=TODAY)
    for model in LABELS:
        with django_assert_num_queries(1 if registered(model).get(role) else 0):
            list(model._default_manager.visible_to(actor))  # type: ignore[attr-defined]

    assert len(actor.memberships) == len(ties[role])
    assert len(sight(actor, Placement)) >= 50
