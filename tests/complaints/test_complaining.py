"""A complaint is raised by the student's side, handled in turn, climbs when late, and is sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from audit.models import Operation
from internships.complaints.flow import due_on, is_overdue, moves_open, waiting_for
from internships.complaints.handling import answer, close, look_into
from internships.complaints.raising import raise_complaint
from internships.complaints.reading import complaints_seen, read_complaint
from internships.complaints.refusals import ComplaintInvalid, NotInThisState, NotPermitted
from internships.models import Complaint, ComplaintState, Placement
from people.models import Membership
from people.roles import Role
from tests.cases.rows import as_actor
from tests.life.cast import Cast
from tests.rules.builders import make_learner, make_placement, make_school

pytestmark = pytest.mark.django_db
COORDINATOR, STUDENT, COMMISSION = Role.SCHOOL_COORDINATOR, Role.STUDENT, Role.COMMISSION
WORDS = "入职时交了五百元押金，离职不退"
ONCE = UUID("01936a00-0000-7000-8000-00000000000c")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def there(cast: Cast) -> Placement:
    return make_placement(
        learner=cast.learner,
        post=cast.post,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 1, 31),
        teacher=cast.teacher,
        mentor=cast.mentor,
    )


def raised(cast: Cast, *, role: Role = STUDENT, **values: Any) -> Complaint:
    given: dict[str, Any] = {"kind": "deposit", "words": WORDS, **values}
    placement = Placement.objects.filter(learner=cast.learner).first() or there(cast)
    return raise_complaint(placement, **given, **cast.by(role))


def test_a_complaint_goes_from_received_to_closed_and_the_student_reads_the_answer(
    cast: Cast,
) -> None:
    complaint = raised(cast, amount=Decimal("500.00"), happened_on=date(2026, 9, 1))
    by = cast.by(COORDINATOR)

    look_into(complaint, words="已联系企业", **by)
    answer(complaint, words="企业已退还押金", **by)
    done = close(complaint, words="押金已退，学生确认", **by)

    read = read_complaint(done, **cast.by(STUDENT))
    assert done.state == ComplaintState.CLOSED
    assert read.words == WORDS
    assert [(row.step.move, row.words) for row in read.steps] == [
        ("raise", ""),
        ("look_into", "已联系企业"),
        ("answer", "企业已退还押金"),
        ("close", "押金已退，学生确认"),
    ]


def test_a_minors_guardian_complains_and_has_that_one_alone(cast: Cast) -> None:
    own = raised(cast, role=Role.GUARDIAN)
    raised(cast, words="不想让家里知道")

    seen = complaints_seen(cast.as_(Role.GUARDIAN))

    assert [row.pk for row in seen] == [own.pk]
    assert complaints_seen(cast.as_(STUDENT)).count() == 2


def test_the_guardian_of_an_adult_does_not_complain() -> None:
    cast = Cast(born_on=date(2008, 1, 1))

    with pytest.raises(NotPermitted):
        raised(cast, role=Role.GUARDIAN)

    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    "role",
    [
        COORDINATOR,
        Role.SCHOOL_TEACHER,
        Role.ENTERPRISE_HR,
        Role.ENTERPRISE_MENTOR,
        COMMISSION,
    ],
)
def test_nobody_complains_in_a_students_name(cast: Cast, role: Role) -> None:
    with pytest.raises(NotPermitted):
        raised(cast, role=role)

    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"words": " "},
        {"words": "字" * 2001},
        {"happened_on": date(2026, 11, 25)},
        {"amount": Decimal("-0.01")},
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(ComplaintInvalid):
        raised(cast, **values)

    assert not Complaint.objects.exists()
    assert raised(cast, words="字" * 2000, happened_on=date(2026, 11, 24), amount=Decimal(0))


def test_sent_twice_it_is_one_complaint(cast: Cast) -> None:
    first = raised(cast, once=ONCE)

    second = raised(cast, once=ONCE)

    assert first.pk == second.pk
    assert Complaint.objects.count() == 1


def test_words_and_answers_are_ciphertext_and_every_reading_is_on_record(cast: Cast) -> None:
    complaint = raised(cast)
    look_into(complaint, words="已联系企业", **cast.by(COORDINATOR))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c::text || s::text FROM internships_complaint c, internships_complaintstep s"
        )
        stored = "".join(row for (row,) in cursor.fetchall())
    read_complaint(complaint, **cast.by(COORDINATOR))

    for text in (WORDS, "已联系企业"):
        assert text not in stored
        assert text.encode().hex() not in stored
    assert str(complaint.words) == "******"
    record = Operation.objects.get(kind="reveal")
    assert record.made_by == str(cast.as_(COORDINATOR))
    assert record.counts == {"values": 2}


WHO_HAS: dict[str, tuple[dict[str, Any], set[Role]]] = {
    "deposit": ({"kind": "deposit"}, {COORDINATOR}),
    "danger": ({"kind": "danger"}, {COORDINATOR, COMMISSION}),
    "about the school": ({"kind": "fees", "against_school": True}, {COMMISSION}),
}


@pytest.mark.parametrize("name", WHO_HAS)
def test_who_has_a_new_complaint(cast: Cast, name: str) -> None:
    values, holders = WHO_HAS[name]
    complaint = raised(cast, **values)

    held = {
        role
        for role in (COORDINATOR, COMMISSION, Role.SCHOOL_TEACHER)
        if waiting_for(Complaint.objects.all(), cast.as_(role)).exists()
    }

    assert held == holders
    assert {role for role in Role if moves_open(complaint, cast.as_(role))} == holders
    seen = complaints_seen(cast.as_(COORDINATOR)).exists()
    assert seen == (not values.get("against_school"))


Move = Callable[..., Complaint]
LATE: list[tuple[tuple[Move, ...], date]] = [
    ((), date(2026, 11, 27)),
    ((look_into,), date(2026, 12, 9)),
    ((look_into, answer), date(2026, 12, 24)),
]


@pytest.mark.parametrize(("moves", "last"), LATE)
def test_a_late_complaint_climbs_to_the_commission(
    cast: Cast, moves: tuple[Move, ...], last: date
) -> None:
    complaint = raised(cast)
    for move in moves:
        complaint = move(complaint, words="正在了解", **cast.by(COORDINATOR))

    cast.on = last
    in_time = moves_open(complaint, cast.as_(COMMISSION))
    read = read_complaint(complaint, **cast.by(COMMISSION))
    cast.later(1)
    late = moves_open(complaint, cast.as_(COMMISSION))

    assert due_on(complaint) == last
    assert (in_time, read.is_read, read.words) == ([], False, "")
    assert len(late) == 1
    assert is_overdue(complaint, on=cast.on)
    assert waiting_for(Complaint.objects.all(), cast.as_(COMMISSION)).exists()
    assert read_complaint(complaint, **cast.by(COMMISSION)).words == WORDS
    assert moves_open(complaint, cast.as_(COORDINATOR))


def test_moves_come_one_after_the_other_and_in_words(cast: Cast) -> None:
    complaint, by = raised(cast), cast.by(COORDINATOR)

    with pytest.raises(NotInThisState):
        answer(complaint, words="x", **by)
    look_into(complaint, **by)
    with pytest.raises(ComplaintInvalid):
        answer(complaint, words=" ", **by)
    with pytest.raises(NotInThisState):
        look_into(complaint, **by)

    assert Complaint.objects.get().state == ComplaintState.LOOKED_INTO


def test_another_schools_coordinator_has_nothing_of_it(cast: Cast) -> None:
    other = Cast(learner=make_learner(school=make_school("5001170002"), born_on=date(2009, 5, 4)))
    complaint = raised(cast)
    own = raised(other)

    seen = [row.pk for row in complaints_seen(other.as_(COORDINATOR))]
    with pytest.raises(NotPermitted):
        look_into(complaint, **other.by(COORDINATOR))

    assert seen == [own.pk]


ACCUSED: dict[str, Callable[[Cast], dict[str, Any]]] = {
    "its HR": lambda cast: {"role": Role.ENTERPRISE_HR, "enterprise": cast.host},
    "its mentor": lambda cast: {"role": Role.ENTERPRISE_MENTOR, "mentor": cast.mentor},
    "its teacher": lambda cast: {"role": Role.SCHOOL_TEACHER, "teacher": cast.teacher},
}


@pytest.mark.parametrize("name", ACCUSED)
def test_a_coordinator_who_is_accused_in_another_role_learns_nothing(cast: Cast, name: str) -> None:
    complaint = raised(cast)
    coordinator = cast.users[COORDINATOR]
    before = complaints_seen(cast.as_(COORDINATOR)).count()

    Membership.objects.filter(**ACCUSED[name](cast)).update(user=coordinator)

    actor = as_actor(coordinator, cast.on)
    assert before == 1
    assert not complaints_seen(actor).exists()
    with pytest.raises(NotPermitted):
        look_into(complaint, actor=actor, at=cast.at)
