"""A district as plain values: one dataclass for each file, and the look-ups between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

Key = TypeVar("Key")
Row = TypeVar("Row")


class Month(NamedTuple):
    """A calendar month, printed as 2026-10."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class Learner(NamedTuple):
    """Who the rules judge by: (学校标识码, 学号)."""

    school_code: str
    student_number: str


@dataclass(frozen=True)
class School:
    code: str
    name: str
    level: str
    division_code: str


@dataclass(frozen=True)
class Enterprise:
    credit_code: str
    name: str
    division_code: str
    staff_count: int
    address: str
    venue: str
    nature: str
    contact_name: str
    contact_phone: str


@dataclass(frozen=True)
class Student:
    school_code: str
    student_number: str
    name: str
    id_number: str
    major_code: str
    major_name: str
    class_name: str
    enrolled_on: date
    national_number: str
    phone: str
    guardian_name: str
    guardian_relation: str
    guardian_phone: str
    status: str

    @property
    def learner(self) -> Learner:
        return Learner(self.school_code, self.student_number)

    @property
    def born_on(self) -> date:
        digits = self.id_number[6:14]
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


@dataclass(frozen=True)
class Post:
    code: str
    credit_code: str
    name: str
    staff_count: int
    wage_standard: Decimal
    lowest_wage: Decimal | None
    major_groups: frozenset[str]
    labour_grade: str
    hazards: frozenset[str]


@dataclass(frozen=True)
class Placement:
    code: str
    school_code: str
    student_number: str
    post_code: str
    kind: str
    arrangement: str
    stage: str
    starts_on: date
    ends_on: date
    ended_on: date | None
    status: str
    pay_basis: str
    agreed_pay: Decimal | None
    pay_day: int
    teacher_name: str
    mentor_name: str
    safety_trained_on: date | None
    student_consented_on: date | None
    guardian_consented_on: date | None

    @property
    def learner(self) -> Learner:
        return Learner(self.school_code, self.student_number)

    @property
    def last(self) -> date:
        return self.ended_on if self.ended_on is not None else self.ends_on


@dataclass(frozen=True)
class Agreement:
    code: str
    placement_code: str
    school_signed_on: date | None
    enterprise_signed_on: date | None
    student_signed_on: date | None
    template_version: str


@dataclass(frozen=True)
class Policy:
    number: str
    kind: str
    insurer: str
    premium_payer: str
    starts_on: date
    ends_on: date
    status: str
    surrendered_on: date | None
    limit_per_person: Decimal | None


@dataclass(frozen=True)
class Insured:
    policy_number: str
    school_code: str
    student_number: str
    starts_on: date
    ends_on: date

    @property
    def learner(self) -> Learner:
        return Learner(self.school_code, self.student_number)


@dataclass(frozen=True)
class Attendance:
    placement_code: str
    day: date
    status: str
    hours: Decimal
    came_at: int | None
    left_at: int | None
    confirmed: bool


@dataclass(frozen=True)
class Payment:
    placement_code: str
    month: Month
    amount: Decimal
    paid_on: date
    method: str
    payer: str
    payee: str
    deductions: tuple[tuple[str, Decimal], ...]
    bank_reference: str


@dataclass(frozen=True)
class Filing:
    code: str
    post_code: str
    matters: frozenset[str]
    filed_on: date
    starts_on: date
    ends_on: date
    school_code: str
    major_code: str


@dataclass(frozen=True)
class Apprentice:
    code: str
    school_code: str
    student_number: str
    credit_code: str
    form: str
    starts_on: date
    ends_on: date
    agreement_code: str
    agreed_on: date | None
    guardian_signed_on: date | None
    teacher_name: str
    mentor_name: str
    contract_code: str

    @property
    def learner(self) -> Learner:
        return Learner(self.school_code, self.student_number)


@dataclass(frozen=True)
class District:
    """All rows of a district. Nothing here is changed after it was read."""

    schools: tuple[School, ...] = ()
    enterprises: tuple[Enterprise, ...] = ()
    students: tuple[Student, ...] = ()
    posts: tuple[Post, ...] = ()
    placements: tuple[Placement, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    policies: tuple[Policy, ...] = ()
    insured: tuple[Insured, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    payments: tuple[Payment, ...] = ()
    filings: tuple[Filing, ...] = ()
    apprentices: tuple[Apprentice, ...] = ()
    remembered: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def student(self) -> dict[Learner, Student]:
        return {row.learner: row for row in self.students}

    @cached_property
    def post(self) -> dict[str, Post]:
        return {row.code: row for row in self.posts}

    @cached_property
    def enterprise(self) -> dict[str, Enterprise]:
        return {row.credit_code: row for row in self.enterprises}

    @cached_property
    def placement(self) -> dict[str, Placement]:
        return {row.code: row for row in self.placements}

    @cached_property
    def policy(self) -> dict[str, Policy]:
        return {row.number: row for row in self.policies}

    @cached_property
    def insured_of(self) -> dict[Learner, list[Insured]]:
        return _grouped((row.learner, row) for row in self.insured)

    @cached_property
    def agreements_of(self) -> dict[str, list[Agreement]]:
        return _grouped((row.placement_code, row) for row in self.agreements)

    @cached_property
    def attendance_of(self) -> dict[str, list[Attendance]]:
        return _grouped((row.placement_code, row) for row in self.attendance)

    @cached_property
    def payments_of(self) -> dict[str, list[Payment]]:
        return _grouped((row.placement_code, row) for row in self.payments)

    @cached_property
    def filings_of(self) -> dict[str, list[Filing]]:
        return _grouped((row.post_code, row) for row in self.filings)


def _grouped(pairs: Iterable[tuple[Key, Row]]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return groups
