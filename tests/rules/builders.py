"""Lawful rows to break one thing in: a student of a school, insured, signed, trained and paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from apprenticeship.models import ApprenticeIdentity, ApprenticeshipForm
from common.models import CalendarDay, DayKindName
from common.ranges import days
from compensation.models import Payee, Payer, PaymentEntry, PaymentMethod
from compliance.registry import all_rules
from insurance.models import CoverKind, InsuredPeriod, Policy, PolicyStatus, PremiumPayer
from internships.models import (
    Agreement,
    Arrangement,
    AttendanceDay,
    AttendanceStatus,
    Filing,
    FilingMatter,
    Gate,
    Placement,
    PlacementKind,
    PlacementState,
    Post,
    Terms,
)
from people.models import (
    Enterprise,
    LearnerIdentity,
    Mentor,
    School,
    SchoolLevel,
    Student,
    Teacher,
)

START = date(2026, 9, 1)
END = date(2026, 12, 31)

Found = tuple[str, str, str, dict[str, Any]]

_serial = count(1)


def make_school(code: str = "5001170001") -> School:
    """The school of that code, made once."""
    school, _ = School.objects.get_or_create(
        code=code,
        defaults={"name": "示例职校", "level": SchoolLevel.SECONDARY, "division_code": "500117"},
    )
    return school


def make_enterprise(**values: Any) -> Enterprise:
    """A host with 100 on its staff."""
    number = next(_serial)
    given = {"credit_code": f"91500117{number:010d}", "name": "示例企业", "staff_count": 100}
    return Enterprise.objects.create(division_code="500117", **{**given, **values})


def make_post(enterprise: Enterprise | None = None, **values: Any) -> Post:
    """A post of 20 people at 4,500 yuan a month, without hazards."""
    given = {
        "code": f"P{next(_serial)}",
        "title": "装配",
        "headcount": 20,
        "wage_standard": Decimal("4500.00"),
    }
    return Post.objects.create(enterprise=enterprise or make_enterprise(), **{**given, **values})


def make_learner(
    *, school: School | None = None, born_on: date = date(2008, 1, 1), **values: Any
) -> LearnerIdentity:
    """A student who is 18 and past the first school year by 2026-09."""
    serial = next(_serial)
    row = UUID(int=serial)
    student = Student.objects.create(
        public_id=row,
        id_number_sealed=Student.ID_NUMBER.seal(f"50011720080101{serial:04d}", row=row),
        id_number_index=Student.ID_NUMBER.index(f"50011720080101{serial:04d}"),
        born_on=born_on,
    )
    given = {
        "student_number": f"S{serial}",
        "name": "示例学生",
        "major_code": "710204",
        "enrolled_on": date(2024, 9, 1),
    }
    return LearnerIdentity.objects.create(
        student=student, school=school or make_school(), **{**given, **values}
    )


PLACEMENT_FIELDS = {
    "starts_on",
    "ends_on",
    "ended_on",
    "kind",
    "state",
    "code",
    "safety_trained_on",
    "student_consented_on",
    "guardian_consented_on",
}


@transaction.atomic
def make_placement(
    *,
    learner: LearnerIdentity | None = None,
    post: Post | None = None,
    **values: Any,
) -> Placement:
    """An active 岗位实习 of 3,000 yuan a month from 2026-09-01 to 2026-12-31, all in order.

    Values of the placement and of its one episode of terms; nobody is insured by it.
    """
    learner = learner or make_learner()
    post = post or make_post()
    starts_on = values.get("starts_on", START)
    given = {
        "code": f"A{next(_serial)}",
        "kind": PlacementKind.PRODUCTION,
        "starts_on": starts_on,
        "ends_on": END,
        "state": PlacementState.ACTIVE,
        "gate": Gate.IMPORTED,
        "safety_trained_on": starts_on,
        "student_consented_on": starts_on,
        "guardian_consented_on": starts_on,
        **{name: value for name, value in values.items() if name in PLACEMENT_FIELDS},
    }
    placement = Placement.objects.create(
        school=learner.school, learner=learner, arrangement=Arrangement.SCHOOL, **given
    )
    agreed = {
        "teacher": Teacher.objects.get_or_create(school=learner.school, name="李老师")[0],
        "mentor": Mentor.objects.get_or_create(enterprise=post.enterprise, name="王师傅")[0],
        "agreed_pay": Decimal("3000.00"),
        "pay_day": 10,
        **{name: value for name, value in values.items() if name not in PLACEMENT_FIELDS},
    }
    Terms.objects.create(
        placement=placement,
        school=learner.school,
        post=post,
        enterprise=post.enterprise,
        **agreed,
    )
    return placement


def move_to(post: Post) -> dict[str, Any]:
    """What terms name when they are at the post: it, and its host."""
    return {"post": post, "enterprise": post.enterprise}


@transaction.atomic
def amend(placement: Placement, from_day: date, **changes: Any) -> Terms:
    """New terms from a day on; the last ones end the day before.

    At a new host the mentor stays behind, unless another is named.
    """
    last = placement.terms.get(period__endswith=None)
    values = {
        field.name: getattr(last, field.name)
        for field in Terms._meta.fields
        if field.name not in ("id", "period")
    }
    if "post" in changes:
        changes = {"mentor": None, **move_to(changes["post"]), **changes}
    last.period = days(last.period.lower, from_day - timedelta(days=1))
    last.save(update_fields=["period"])
    return Terms.objects.create(**{**values, **changes, "period": days(from_day, None)})


def insure(
    learner: LearnerIdentity,
    first: date,
    last: date,
    *,
    kind: CoverKind = CoverKind.LIABILITY,
    payer: PremiumPayer = PremiumPayer.SCHOOL_TUITION,
    status: PolicyStatus = PolicyStatus.IN_FORCE,
    surrendered_on: date | None = None,
    number: str = "",
) -> Policy:
    """A policy of its own for one student, from `first` to `last`."""
    policy = Policy.objects.create(
        number=number or f"B{next(_serial)}",
        kind=kind,
        insurer="示例保险",
        payer=payer,
        status=status,
        surrendered_on=surrendered_on,
        period=days(first, last),
    )
    InsuredPeriod.objects.create(
        policy=policy, school=learner.school, learner=learner, period=days(first, last)
    )
    return policy


def make_months(days_attended: Iterable[date]) -> None:
    """The months of attendance that hold the days, before rows arrive."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT make_attendance_month(day) FROM unnest(%s::date[]) day", [list(days_attended)]
        )


def attend(placement: Placement, day: date, **values: Any) -> AttendanceDay:
    """A confirmed day of 8 hours."""
    given = {"status": AttendanceStatus.PRESENT, "hours": Decimal(8), "confirmed": True}
    make_months([day])
    return AttendanceDay.objects.create(
        placement=placement, school=placement.school, day=day, **{**given, **values}
    )


def workdays(first: date, last: date) -> list[date]:
    """The workdays from `first` to `last`, both included."""
    rows = CalendarDay.objects.filter(day__range=(first, last), kind=DayKindName.WORKDAY)
    return list(rows.order_by("day").values_list("day", flat=True))


def attend_all(placement: Placement, on_days: Iterable[date], **values: Any) -> None:
    """A row for each of the days."""
    for day in on_days:
        attend(placement, day, **values)


def pay(placement: Placement, month: date, amount: str, **values: Any) -> PaymentEntry:
    """A bank transfer from host to student on the 10th of the following month."""
    number = next(_serial)
    given = {
        "paid_on": (month + timedelta(days=32)).replace(day=10),
        "method": PaymentMethod.BANK_TRANSFER,
        "payer": Payer.HOST,
        "payee": Payee.STUDENT,
    }
    return PaymentEntry.objects.create(
        placement=placement,
        school=placement.school,
        month=month,
        amount=Decimal(amount),
        bank_reference=f"R{number}",
        row_key=f"R{number}",
        **{**given, **values},
    )


def take_back(payment: PaymentEntry) -> PaymentEntry:
    """The payment's reversal, which repeats it."""
    repeated = {
        field.attname: getattr(payment, field.attname)
        for field in PaymentEntry._meta.concrete_fields
        if field.attname not in ("id", "reverses_id", "operation_id")
    }
    return PaymentEntry.objects.create(**repeated, reverses=payment)


def sign(placement: Placement, **values: Any) -> Agreement:
    """A three-party agreement signed by all on the placement's first day."""
    signed = dict.fromkeys(
        ("school_signed_on", "enterprise_signed_on", "student_signed_on"), placement.starts_on
    )
    return Agreement.objects.create(
        placement=placement, **{"code": f"X{next(_serial)}", **signed, **values}
    )


def file_matter(post: Post, *matters: FilingMatter, **values: Any) -> Filing:
    """A filing made 2026-08-01 and valid for all of 2026, for every school and major."""
    given = {
        "filed_on": date(2026, 8, 1),
        "period": days(date(2026, 1, 1), date(2026, 12, 31)),
    }
    return Filing.objects.create(
        code=f"F{next(_serial)}", post=post, matters=list(matters), **{**given, **values}
    )


def make_apprentice(*, learner: LearnerIdentity | None = None, **values: Any) -> ApprenticeIdentity:
    """An apprentice from 2026-09-01 to 2027-08-31, agreement, guardian and mentors in order."""
    learner = learner or make_learner()
    enterprise = make_enterprise()
    given = {
        "number": f"T{next(_serial)}",
        "form": ApprenticeshipForm.MODERN,
        "period": days(date(2026, 9, 1), date(2027, 8, 31)),
        "agreement_number": "PX1",
        "agreed_on": date(2026, 9, 1),
        "guardian_signed_on": date(2026, 9, 1),
        "teacher": Teacher.objects.get_or_create(school=learner.school, name="李老师")[0],
        "mentor": Mentor.objects.get_or_create(enterprise=enterprise, name="王师傅")[0],
    }
    return ApprenticeIdentity.objects.create(
        learner=learner, school=learner.school, enterprise=enterprise, **{**given, **values}
    )


def found(rule_id: str, on: date, **narrowing: Any) -> list[Found]:
    """What one rule finds on a day: (subject, period, severity, facts)."""
    (rule,) = (rule for rule in all_rules() if rule.id == rule_id)
    return [
        (alert.subject, alert.period, alert.severity, alert.facts)
        for alert in rule.alerts(on, **narrowing)
    ]


def facts_of(rule_id: str, on: date) -> list[dict[str, Any]]:
    """The facts of what one rule finds, in order."""
    return [facts for _, _, _, facts in found(rule_id, on)]


def fires(rule_id: str, on: date) -> bool:
    """Whether the rule finds anything on a day."""
    return bool(found(rule_id, on))
