"""One sound row of each table, by name, for tests that then break one thing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import connection

from apprenticeship.models import ApprenticeIdentity, ApprenticeshipForm
from audit import chain
from audit.models import Operation, OperationKind
from common.ranges import days
from compensation.models import Payee, Payer, PaymentEntry, PaymentMethod
from compliance.models import Alert, AlertStep, Delivery, Digest, Notice
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
    PaperCopy,
    Placement,
    PlacementKind,
    PlacementState,
    PlacementStep,
    Post,
    ProxySignal,
    Signature,
    SigningLink,
    Terms,
    Wording,
)
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
from people.roles import Role
from tests.invariants.rows_of_hosts import rows_of_hosts

OPERATION_ID = UUID("01936a00-0000-7000-8000-000000000001")


def make_learner(school: School, *, number: str, serial: int, **values: Any) -> LearnerIdentity:
    """A student born 2009-05-04 with one learner identity in `school`."""
    row = UUID(int=serial)
    student = Student.objects.create(
        public_id=row,
        id_number_sealed=Student.ID_NUMBER.seal(f"50011720090504{serial:04d}", row=row),
        id_number_index=Student.ID_NUMBER.index(f"50011720090504{serial:04d}"),
        born_on=date(2009, 5, 4),
    )
    return LearnerIdentity.objects.create(
        student=student,
        school=school,
        student_number=number,
        name="示例学生",
        major_code="710204",
        enrolled_on=date(2025, 9, 1),
        **values,
    )


def make_terms(placement: Placement, post: Post, **values: Any) -> Terms:
    """Terms of the placement at the post, for every day unless a period is given."""
    return Terms.objects.create(
        placement=placement,
        school=placement.school,
        post=post,
        enterprise=post.enterprise,
        **values,
    )


def sound_rows() -> SimpleNamespace:
    """Two schools, one of everything else, all of it lawful."""
    school = School.objects.create(
        code="5001170001", name="示例职校", level=SchoolLevel.SECONDARY, division_code="500117"
    )
    other_school = School.objects.create(
        code="5001170002", name="另一职校", level=SchoolLevel.SECONDARY, division_code="500117"
    )
    enterprise = Enterprise.objects.create(
        credit_code="91110000600037341L", name="示例企业", division_code="500117", staff_count=100
    )
    post = Post.objects.create(
        code="P1",
        enterprise=enterprise,
        title="装配",
        headcount=20,
        wage_standard=Decimal("4500.00"),
    )
    learner = make_learner(school, number="S1", serial=1)
    teacher = Teacher.objects.create(school=school, name="李老师")
    mentor = Mentor.objects.create(enterprise=enterprise, name="王师傅")
    placement = Placement.objects.create(
        code="A1",
        school=school,
        learner=learner,
        kind=PlacementKind.PRODUCTION,
        arrangement=Arrangement.SCHOOL,
        starts_on=date(2026, 9, 15),
        ends_on=date(2027, 3, 14),
        state=PlacementState.ACTIVE,
        gate=Gate.IMPORTED,
    )
    terms = make_terms(placement, post, teacher=teacher, mentor=mentor)
    policy = Policy.objects.create(
        number="B1",
        kind=CoverKind.LIABILITY,
        insurer="示例保险",
        payer=PremiumPayer.SCHOOL_TUITION,
        period=days(date(2026, 9, 1), date(2027, 8, 31)),
    )
    insured = InsuredPeriod.objects.create(
        policy=policy,
        school=school,
        learner=learner,
        period=days(date(2026, 9, 15), date(2027, 3, 14)),
    )
    operation = Operation.objects.create(
        id=OPERATION_ID,
        kind=OperationKind.LOAD,
        made_at=datetime.fromisoformat("2026-11-01T08:00:00+08:00"),
        made_by="operator",
    )
    payment = PaymentEntry.objects.create(
        placement=placement,
        school=school,
        month=date(2026, 9, 1),
        amount=Decimal("1500.00"),
        paid_on=date(2026, 10, 15),
        method=PaymentMethod.BANK_TRANSFER,
        payer=Payer.HOST,
        payee=Payee.STUDENT,
        bank_reference="R1",
        row_key="R1",
        operation=operation,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_attendance_month('2026-09-15')")
    attendance = AttendanceDay.objects.create(
        placement=placement,
        school=school,
        day=date(2026, 9, 15),
        status=AttendanceStatus.PRESENT,
        hours=Decimal("8.00"),
        confirmed=True,
    )
    user = User.objects.create(username="teacher-li", display_name="李老师")
    chain.record(
        "district.load", subject=f"operation:{OPERATION_ID}", by=None, at=operation.made_at
    )
    alert = Alert.objects.create(
        rule="INS-01",
        subject="A1",
        severity="critical",
        rule_version="1",
        placement=placement,
        school=school,
        deadlines_from=date(2026, 11, 12),
        opened_at=datetime.fromisoformat("2026-11-12T02:30:00+08:00"),
    )
    step = AlertStep.objects.create(
        alert=alert,
        kind="opened",
        state="open",
        severity="critical",
        on=date(2026, 11, 12),
        at=datetime.fromisoformat("2026-11-12T02:30:00+08:00"),
        actor="system:sweep",
        facts_digest="0",
    )
    moved = PlacementStep.objects.create(
        placement=placement,
        move="draft",
        to_state="draft",
        on=date(2026, 9, 15),
        at=step.at,
        actor="user:1",
    )
    approval = Approval.objects.create(
        placement=placement,
        kind="consent",
        party="student",
        digest="0" * 64,
        on=date(2026, 9, 1),
        at=step.at,
        actor="user:1",
    )
    amendment = Amendment.objects.create(
        placement=placement,
        from_day=date(2026, 12, 1),
        changes={"pay_day": 10},
        proposed_for="school",
        proposed_on=date(2026, 11, 24),
        proposed_at=step.at,
    )
    wording = Wording.objects.create(
        placement=placement,
        version=1,
        said={},
        digest="0" * 64,
        written_on=date(2026, 11, 24),
        written_at=step.at,
    )
    document = Document.objects.create(
        placement=placement,
        kind="agreement",
        content="0" * 64,
        template="2026-11",
        said={},
        sha256="0" * 64,
        pdf=b"%PDF-1.7",
        issued_on=date(2026, 11, 24),
        issued_at=step.at,
    )
    signing_link = SigningLink.objects.create(
        token_digest=bytes(32),
        document=document,
        party="guardian",
        name="示例家长",
        phone_sealed=SigningLink.PHONE.seal("+8613800138000", row=UUID(int=77)),
        phone_index=bytes(32),
        made_by=user,
        made_at=step.at,
        expires_at=datetime.fromisoformat("2026-11-20T02:30:00+08:00"),
    )
    signature = Signature.objects.create(
        link=signing_link,
        choice="agreed",
        approval=approval,
        typed_name="示例家长",
        place_index=bytes(32),
        device_index=bytes(32),
        on=date(2026, 11, 12),
        at=step.at,
    )
    proxy_signal = ProxySignal.objects.create(
        signature=signature, kind="same_device", raised_at=step.at
    )
    paper_copy = PaperCopy.objects.create(
        placement=placement,
        kind="consent",
        party="guardian",
        form="application/pdf",
        size=1,
        sha256="0" * 64,
        content_sealed=PaperCopy.CONTENT.seal("x", row=UUID(int=78)),
        uploaded_by=user,
        uploaded_on=date(2026, 11, 24),
        uploaded_at=step.at,
    )
    notice = Notice.objects.create(step=step, alert=alert, recipient=user, created_at=step.at)
    digest = Digest.objects.create(recipient=user, on=step.on, counts={}, created_at=step.at)
    delivery = Delivery.objects.create(
        channel="file",
        recipient=user,
        digest=digest,
        created_at=step.at,
        available_at=step.at,
    )
    return SimpleNamespace(
        **rows_of_hosts(placement=placement, enterprise=enterprise, user=user, at=step.at),
        user=user,
        digest=digest,
        delivery=delivery,
        alert=alert,
        step=step,
        moved=moved,
        approval=approval,
        amendment=amendment,
        wording=wording,
        document=document,
        signing_link=signing_link,
        signature=signature,
        proxy_signal=proxy_signal,
        paper_copy=paper_copy,
        notice=notice,
        membership=Membership.objects.create(
            user=user,
            role=Role.SCHOOL_TEACHER,
            teacher=teacher,
            period=days(date(2026, 9, 1), None),
        ),
        school=school,
        other_school=other_school,
        enterprise=enterprise,
        post=post,
        learner=learner,
        guardian=Guardian.objects.create(learner=learner, name="示例家长", relation="母亲"),
        teacher=teacher,
        mentor=mentor,
        placement=placement,
        terms=terms,
        agreement=Agreement.objects.create(code="X1", placement=placement),
        filing=Filing.objects.create(
            code="F1",
            post=post,
            matters=[FilingMatter.NIGHT],
            filed_on=date(2026, 9, 1),
            period=days(date(2026, 9, 2), date(2026, 12, 31)),
        ),
        policy=policy,
        insured=insured,
        operation=operation,
        payment=payment,
        attendance=attendance,
        apprentice=ApprenticeIdentity.objects.create(
            number="T1",
            school=school,
            learner=learner,
            enterprise=enterprise,
            form=ApprenticeshipForm.MODERN,
            period=days(date(2026, 9, 1), date(2027, 8, 31)),
        ),
    )
