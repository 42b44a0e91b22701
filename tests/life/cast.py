"""A school, a host, a student and a guardian with accounts, and a placement they agree on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from internships.life.agreed import Agreed
from internships.life.agreeing import accept, consent, sign
from internships.life.drafting import draft_placement, edit, submit
from internships.models import Party, Placement, PlacementKind, Post
from people.actors import Actor
from people.models import Guardian, LearnerIdentity, Mentor, Teacher, User
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.rules.builders import make_learner, make_post

ON = date(2026, 11, 24)
STARTS_ON = date(2026, 12, 4)
ENDS_ON = date(2027, 3, 3)


def moment(on: date) -> datetime:
    """Eight in the morning of the day."""
    return datetime.fromisoformat(f"{on}T08:00:00+08:00")


class Cast:
    """Who takes part, by role, and the day on which they act; `with_guardian_account` if minor."""

    def __init__(
        self,
        *,
        learner: LearnerIdentity | None = None,
        post: Post | None = None,
        born_on: date = date(2009, 5, 4),
        on: date = ON,
    ) -> None:
        self.on = on
        self.learner = learner or make_learner(born_on=born_on)
        self.school = self.learner.school
        self.post = post or make_post()
        self.host = self.post.enterprise
        self.teacher, _ = Teacher.objects.get_or_create(
            school=self.school, name=f"李老师{self.learner.pk}"
        )
        self.mentor, _ = Mentor.objects.get_or_create(
            enterprise=self.host, name=f"王师傅{self.learner.pk}"
        )
        self.guardian, _ = Guardian.objects.get_or_create(
            learner=self.learner, defaults={"name": "示例家长", "relation": "母亲"}
        )
        self.users: dict[Role, User] = {
            Role.SCHOOL_COORDINATOR: make_user(Role.SCHOOL_COORDINATOR, school=self.school),
            Role.SCHOOL_TEACHER: make_user(Role.SCHOOL_TEACHER, teacher=self.teacher),
            Role.ENTERPRISE_HR: make_user(Role.ENTERPRISE_HR, enterprise=self.host),
            Role.ENTERPRISE_MENTOR: make_user(Role.ENTERPRISE_MENTOR, mentor=self.mentor),
            Role.STUDENT: make_user(Role.STUDENT, student=self.learner.student),
            Role.GUARDIAN: make_user(Role.GUARDIAN, guardian=self.guardian),
            Role.COMMISSION: make_user(Role.COMMISSION),
        }

    def as_(self, role: Role) -> Actor:
        """The one with that role, acting on the day."""
        return as_actor(self.users[role], self.on)

    @property
    def at(self) -> datetime:
        return moment(self.on)

    def by(self, role: Role) -> dict[str, Any]:
        """Who acts, and when, as every verb wants it."""
        return {"actor": self.as_(role), "at": self.at}

    def agreed(self, **values: Any) -> Agreed:
        """3,000 yuan a month for eight hours a day, both mentors named."""
        given = {
            "post": self.post,
            "teacher": self.teacher,
            "mentor": self.mentor,
            "agreed_pay": Decimal("3800.00"),
            "daily_hours": Decimal(8),
        }
        return Agreed(**{**given, **values})

    def drafted(self, **values: Any) -> Placement:
        """A draft from 2026-12-04 to 2027-03-03, with training on the day it is drafted."""
        terms = {name: values.pop(name) for name in list(values) if name in Agreed.__slots__}
        given = {
            "learner": self.learner,
            "kind": PlacementKind.PRODUCTION,
            "starts_on": STARTS_ON,
            "ends_on": ENDS_ON,
        }
        by = self.by(Role.SCHOOL_COORDINATOR)
        placement = draft_placement(agreed=self.agreed(**terms), **{**given, **values}, **by)
        edit(placement, changes={"safety_trained_on": self.on}, **by)
        return placement

    def submitted(self, **values: Any) -> Placement:
        return submit(self.drafted(**values), **self.by(Role.SCHOOL_COORDINATOR))

    def accepted(self, **values: Any) -> Placement:
        return accept(self.submitted(**values), **self.by(Role.ENTERPRISE_HR))

    def consented(self, **values: Any) -> Placement:
        placement = consent(self.accepted(**values), **self.by(Role.STUDENT))
        return consent(placement, party=Party.GUARDIAN, **self.by(Role.SCHOOL_COORDINATOR))

    def signed(self, **values: Any) -> Placement:
        placement = self.consented(**values)
        sign(placement, **self.by(Role.SCHOOL_COORDINATOR))
        sign(placement, **self.by(Role.ENTERPRISE_HR))
        return sign(placement, **self.by(Role.STUDENT))

    def later(self, days: int) -> None:
        """So many days pass."""
        self.on += timedelta(days=days)


STAGES: dict[str, Callable[[Cast], Placement]] = {
    "draft": Cast.drafted,
    "submitted": Cast.submitted,
    "accepted": Cast.accepted,
    "consented": Cast.consented,
}


def steps_of(placement: Placement) -> list[str]:
    """The moves so far, with the party in whose name each was made."""
    return [
        f"{move} {party}".strip() for move, party in placement.steps.values_list("move", "party")
    ]


def kept(placement: Placement) -> Placement:
    """The placement as the database has it now."""
    return Placement.objects.get(pk=placement.pk)
