"""What school or host does to a placement after a complaint is listed, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from internships.complaints.raising import raise_complaint
from internships.complaints.watching import changes_after
from internships.life.amending import propose
from internships.life.running import end, suspend
from internships.models import Complaint, Party, Placement
from people.roles import Role
from tests.life.cast import Cast, kept
from tests.rules.builders import make_placement

pytestmark = pytest.mark.django_db
COORDINATOR, HR, COMMISSION = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.COMMISSION


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return make_placement(
        learner=cast.learner,
        post=cast.post,
        teacher=cast.teacher,
        mentor=cast.mentor,
        ends_on=cast.on + timedelta(days=400),
    )


def complain(cast: Cast, placement: Placement) -> Complaint:
    by = cast.by(Role.STUDENT)
    return raise_complaint(placement, kind="overtime", words="天天加班", **by)


def test_a_suspension_and_a_cut_of_pay_after_a_complaint_show_to_the_commission_alone(
    cast: Cast, placement: Placement
) -> None:
    complain(cast, placement)
    cast.later(1)
    propose(
        placement,
        changes={"agreed_pay": "2000.00"},
        from_day=cast.on + timedelta(days=10),
        message="减薪",
        **cast.by(HR),
    )
    suspend(kept(placement), message="不服从安排", **cast.by(HR))

    listed = changes_after(cast.as_(COMMISSION))

    assert [(row.step.move, row.step.party, row.days, row.terms) for row in listed] == [
        ("suspend", Party.ENTERPRISE, 1, ()),
        ("propose", Party.ENTERPRISE, 1, ("agreed_pay",)),
    ]
    assert all(changes_after(cast.as_(role)) == [] for role in (COORDINATOR, HR, Role.STUDENT))


def test_what_came_before_and_what_the_student_does_is_not_listed(
    cast: Cast, placement: Placement
) -> None:
    suspend(placement, message="放假", **cast.by(COORDINATOR))
    cast.later(1)
    complain(cast, placement)
    cast.later(1)
    end(kept(placement), last_day=cast.on, message="不想干了", **cast.by(Role.STUDENT))

    assert changes_after(cast.as_(COMMISSION)) == []


@pytest.mark.parametrize(("days", "number"), [(180, 1), (181, 0)])
def test_changes_are_watched_for_a_dated_period(
    cast: Cast, placement: Placement, days: int, number: int
) -> None:
    complain(cast, placement)
    cast.later(days)
    suspend(placement, message="停工", **cast.by(HR))

    assert len(changes_after(cast.as_(COMMISSION))) == number
