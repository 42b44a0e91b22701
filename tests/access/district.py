"""A small district in which everybody owns something: three schools, three hosts, six students."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from apprenticeship.models import ApprenticeIdentity, ApprenticeshipForm
from common.ranges import days
from compensation.models import Payee, Payer, PaymentEntry, PaymentMethod
from insurance.models import CoverKind, InsuredPeriod, Policy, PremiumPayer
from internships.models import (
    Agreement,
    Amendment,
    Approval,
    Arrangement,
    AttendanceDay,
    AttendanceStatus,
    Document,
    Filing,
    FilingMatter,
    Gate,
    Placement,
    PlacementKind,
    PlacementState,
    PlacementStep,
    Post,
    Terms,
    Wording,
)
from people.actors import Actor, actor_for
from people.models import (
    Enterprise,
    Guardian,
    LearnerIdentity,
    Membership,
    Mentor,
    School,
    SchoolLevel,
    Student,
    Teacher,
    User,
)
from people.roles import TIE_OF_ROLE, Role

TODAY = date(2026, 11, 24)
FIRST_DAY, LAST_DAY = date(2026, 9, 15), date(2027, 3, 14)
CREDIT_CODES = {
    "E": "91110000600037341L",
    "F": "911100001011042253",
    "G": "91440300708461136T",
}

# student: school, host, teacher, mentor
PLACES = {
    "A1": ("A", "E", "TA1", "ME1"),
    "A2": ("A", "E", "TA2", "ME2"),
    "A3": ("A", "F", "TA1", "MF1"),
    "B1": ("B", "E", "TB1", "ME1"),
    "B2": ("B", "F", "TB1", "MF1"),
    "C1": ("C", "G", "TC1", "MG1"),
}

# model → what a row of it is called here
LABELS: dict[type[Model], Callable[[Any], str]] = {
    School: lambda row: row.name,
    Enterprise: lambda row: row.name,
    Teacher: lambda row: row.name,
    Mentor: lambda row: row.name,
    Post: lambda row: row.code,
    Filing: lambda row: row.code,
    Student: lambda row: row.learner_identities.get().student_number,
    LearnerIdentity: lambda row: row.student_number,
    Guardian: lambda row: row.learner.student_number,
    Placement: lambda row: row.code,
    Terms: lambda row: row.placement.code,
    Agreement: lambda row: row.code,
    PlacementStep: lambda row: row.placement.code,
    Approval: lambda row: row.placement.code,
    Amendment: lambda row: row.placement.code,
    Wording: lambda row: row.placement.code,
    Document: lambda row: row.placement.code,
    AttendanceDay: lambda row: row.placement.code,
    PaymentEntry: lambda row: row.placement.code,
    InsuredPeriod: lambda row: row.learner.student_number,
    Policy: lambda row: row.number,
    ApprenticeIdentity: lambda row: row.number,
}


class District:
    """The rows by name: `district["A1"]` is a placement, `district.learners["A1"]` its student."""

    def __init__(self) -> None:
        self.schools = {
            name: School.objects.create(
                code=f"500117000{number}",
                name=name,
                level=SchoolLevel.SECONDARY,
                division_code="500117",
            )
            for number, name in enumerate(("A", "B", "C"))
        }
        self.enterprises = {
            name: Enterprise.objects.create(
                credit_code=code, name=name, division_code="500117", staff_count=100
            )
            for name, code in CREDIT_CODES.items()
        }
        self.posts = {
            name: Post.objects.create(
                code=f"P{name}",
                enterprise=host,
                title="装配",
                headcount=20,
                wage_standard=Decimal("4500.00"),
            )
            for name, host in self.enterprises.items()
        }
        self.teachers: dict[str, Teacher] = {}
        self.mentors: dict[str, Mentor] = {}
        self.learners: dict[str, LearnerIdentity] = {}
        self.placements: dict[str, Placement] = {}
        self._make_filings()
        with connection.cursor() as cursor:
            cursor.execute("SELECT make_attendance_month('2026-11-01')")
        for name in PLACES:
            self.place(name)

    def __getitem__(self, name: str) -> Placement:
        return self.placements[name]

    def _make_filings(self) -> None:
        for code, host, school in (
            ("FE", "E", None),
            ("FEA", "E", "A"),
            ("FFB", "F", "B"),
            ("FG", "G", None),
        ):
            Filing.objects.create(
                code=code,
                post=self.posts[host],
                matters=[FilingMatter.NIGHT],
                filed_on=date(2026, 8, 1),
                period=days(date(2026, 9, 1), date(2027, 8, 31)),
                school=self.schools[school] if school else None,
            )

    def enrol(self, name: str, school: str, *, born_on: date = date(2009, 5, 4)) -> LearnerIdentity:
        """A student of `school`, with a guardian."""
        serial = len(self.learners) + 1
        row = UUID(int=serial)
        number = f"50011720090504{serial:04d}"
        student = Student.objects.create(
            public_id=row,
            id_number_sealed=Student.ID_NUMBER.seal(number, row=row),
            id_number_index=Student.ID_NUMBER.index(number),
            born_on=born_on,
        )
        learner = LearnerIdentity.objects.create(
            student=student,
            school=self.schools[school],
            student_number=name,
            name=f"示例{name}",
            major_code="710204",
            enrolled_on=date(2025, 9, 1),
        )
        Guardian.objects.create(learner=learner, name=f"家长{name}", relation="母亲")
        self.learners[name] = learner
        return learner

    @transaction.atomic
    def place(self, name: str, places: tuple[str, str, str, str] | None = None) -> Placement:
        """Student `name` with a placement and one row of everything that hangs on it."""
        school, host, teacher, mentor = places or PLACES[name]
        learner = self.learners.get(name) or self.enrol(name, school)
        placement = Placement.objects.create(
            code=name,
            school=learner.school,
            learner=learner,
            kind=PlacementKind.PRODUCTION,
            arrangement=Arrangement.SCHOOL,
            starts_on=FIRST_DAY,
            ends_on=LAST_DAY,
            state=PlacementState.ACTIVE,
            gate=Gate.IMPORTED,
        )
        if teacher not in self.teachers:
            self.teachers[teacher] = Teacher.objects.create(school=learner.school, name=teacher)
        if mentor not in self.mentors:
            self.mentors[mentor] = Mentor.objects.create(
                enterprise=self.enterprises[host], name=mentor
            )
        Terms.objects.create(
            placement=placement,
            school=learner.school,
            post=self.posts[host],
            enterprise=self.enterprises[host],
            teacher=self.teachers[teacher],
            mentor=self.mentors[mentor],
        )
        self.placements[name] = placement
        self._hang_on(placement, host)
        return placement

    def _hang_on(self, placement: Placement, host: str) -> None:
        learner, name = placement.learner, placement.code
        Agreement.objects.create(code=name, placement=placement)
        made: dict[str, Any] = {
            "placement": placement,
            "on": FIRST_DAY,
            "at": f"{FIRST_DAY}T08:00:00+08:00",
            "actor": "user:1",
        }
        PlacementStep.objects.create(move="draft", to_state="draft", **made)
        Approval.objects.create(kind="consent", party="student", digest="0" * 64, **made)
        Amendment.objects.create(
            placement=placement,
            from_day=LAST_DAY,
            changes={"pay_day": 10},
            proposed_for="school",
            proposed_on=FIRST_DAY,
            proposed_at=made["at"],
        )
        Wording.objects.create(
            placement=placement,
            version=1,
            said={},
            digest="0" * 64,
            written_on=FIRST_DAY,
            written_at=made["at"],
        )
        Document.objects.create(
            placement=placement,
            kind="agreement",
            content="0" * 64,
            template="2026-11",
            said={},
            sha256="0" * 64,
            pdf=b"%PDF-1.7",
            issued_on=FIRST_DAY,
            issued_at=made["at"],
        )
        AttendanceDay.objects.create(
            placement=placement,
            school=placement.school,
            day=date(2026, 11, 2),
            status=AttendanceStatus.PRESENT,
            hours=Decimal("8.00"),
            confirmed=True,
        )
        PaymentEntry.objects.create(
            placement=placement,
            school=placement.school,
            month=date(2026, 10, 1),
            amount=Decimal("2100.00"),
            paid_on=date(2026, 11, 15),
            method=PaymentMethod.BANK_TRANSFER,
            payer=Payer.HOST,
            payee=Payee.STUDENT,
            row_key=name,
        )
        policy = Policy.objects.create(
            number=name,
            kind=CoverKind.LIABILITY,
            insurer="示例保险",
            payer=PremiumPayer.SCHOOL_TUITION,
            period=days(FIRST_DAY, LAST_DAY),
        )
        InsuredPeriod.objects.create(
            policy=policy,
            school=placement.school,
            learner=learner,
            period=days(FIRST_DAY, LAST_DAY),
        )
        terms = placement.terms.get()
        ApprenticeIdentity.objects.create(
            number=name,
            school=placement.school,
            learner=learner,
            enterprise=self.enterprises[host],
            form=ApprenticeshipForm.MODERN,
            period=days(FIRST_DAY, LAST_DAY),
            teacher=terms.teacher,
            mentor=terms.mentor,
        )


def join(
    username: str,
    role: Role,
    tie: Model | None = None,
    *,
    first: date = date(2026, 9, 1),
    last: date | None = None,
) -> User:
    """The user of that name, made when new, with a membership from `first` to `last`."""
    user, _ = User.objects.get_or_create(username=username, defaults={"display_name": username})
    column = TIE_OF_ROLE[role]
    Membership.objects.create(
        user=user,
        role=role,
        period=days(first, last),
        **({column: tie} if column else {}),
    )
    return user


def sight(actor: Actor, model: type[Model]) -> list[str]:
    """What the actor sees of `model`, by label, in order; a row seen twice stands there twice."""
    rows = model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
    return sorted(LABELS[model](row) for row in rows)


def acting(user: User, *, on: date = TODAY) -> Actor:
    """The user as an actor on that day."""
    return actor_for(User.objects.get(pk=user.pk), on=on)
