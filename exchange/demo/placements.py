"""Placements and what belongs to them: terms, consents, agreement, apprentice identity."""

from dataclasses import dataclass
from datetime import date

from exchange.demo.attendance import Attendance
from exchange.demo.days import DAY
from exchange.demo.dice import Dice
from exchange.demo.hosts import Post
from exchange.demo.pay import Payment
from exchange.demo.people import Learner, is_minor

PRODUCTION = "岗位实习"
ORIENTATION_KIND = "认识实习"
TEMPLATE = "教职成〔2021〕4号示范文本"
PAY_DAYS = (5, 8, 10, 10, 15, 15, 20, 25, 28)
TEACHERS_A_SCHOOL = 40


def iso(day: date | None) -> str:
    """A day as it is written, or nothing."""
    return day.isoformat() if day else ""


def yuan(fen: int | None) -> str:
    """Fen as yuan with two decimals, or nothing."""
    return "" if fen is None else f"{fen // 100}.{fen % 100:02}"


@dataclass(slots=True)
class Placement:
    """One row of the placements file; pay in fen; `payments` is None until it is worked out."""

    code: str
    learner: Learner
    post: Post
    kind: str
    starts_on: date
    ends_on: date
    status: str
    teacher: str
    mentor: str
    ended_on: date | None = None
    arrangement: str = "学校安排"
    stage: str = ""
    basis: str = "月薪"
    agreed: int | None = None
    pay_day: int = 15
    trained_on: date | None = None
    student_consented_on: date | None = None
    guardian_consented_on: date | None = None
    attendance: Attendance | None = None
    payments: list[Payment] | None = None

    @property
    def last(self) -> date:
        """The day it really ends, or shall end."""
        return self.ended_on or self.ends_on

    def row(self) -> tuple[str, ...]:
        """The row of the file; the pay day is left empty where it is the usual one."""
        return (
            self.code,
            self.learner.school.code,
            self.learner.number,
            self.post.code,
            self.kind,
            self.arrangement,
            self.stage,
            iso(self.starts_on),
            iso(self.ends_on),
            iso(self.ended_on),
            self.status,
            self.basis,
            yuan(self.agreed),
            "" if self.pay_day == 15 else str(self.pay_day),
            self.teacher,
            self.mentor,
            iso(self.trained_on),
            iso(self.student_consented_on),
            iso(self.guardian_consented_on),
        )


@dataclass(slots=True)
class Agreement:
    """One row of the agreements file."""

    code: str
    placement: Placement
    school_signed_on: date | None
    enterprise_signed_on: date | None
    student_signed_on: date | None

    def row(self) -> tuple[str, ...]:
        """The row of the file."""
        return (
            self.code,
            self.placement.code,
            iso(self.school_signed_on),
            iso(self.enterprise_signed_on),
            iso(self.student_signed_on),
            TEMPLATE,
        )


@dataclass(slots=True)
class Apprentice:
    """One row of the apprentices file."""

    code: str
    placement: Placement
    form: str
    starts_on: date
    ends_on: date
    agreement: str
    signed_on: date | None
    guardian_signed_on: date | None
    teacher: str
    mentor: str
    contract: str = ""

    def row(self) -> tuple[str, ...]:
        """The row of the file."""
        learner = self.placement.learner
        return (
            self.code,
            learner.school.code,
            learner.number,
            self.placement.post.host.credit_code,
            self.form,
            iso(self.starts_on),
            iso(self.ends_on),
            self.agreement,
            iso(self.signed_on),
            iso(self.guardian_signed_on),
            self.teacher,
            self.mentor,
            self.contract,
        )


def status_on(starts_on: date, last: date, on: date) -> str:
    """The status of an approved placement on a day."""
    if on < starts_on:
        return "已批准"
    return "实习中" if on <= last else "已结束"


def agree_terms(placement: Placement, dice: Dice) -> None:
    """Pay at or above the floor, by month, day or hour; a pay day; how it was arranged."""
    floor = placement.post.floor
    drawn = dice.below(100)
    if drawn < 8:
        placement.basis, placement.agreed = "日薪", _up(floor * 400, 87) + 100 * dice.between(0, 15)
        placement.agreed = -(-placement.agreed // 100) * 100
    elif drawn < 14:
        placement.basis, placement.agreed = "时薪", -(-floor * 10 // 174) * 10 + 10 * dice.below(12)
    else:
        placement.agreed = (-(-floor // 50) * 50 + 50 * dice.between(0, 6)) * 100
    placement.pay_day = dice.pick(PAY_DAYS)
    placement.arrangement = "自主选择" if dice.chance(10) else "学校安排"
    placement.stage = ("", "", "相对独立", "辅助")[dice.below(4)]


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def consent(placement: Placement, on: date, dice: Dice) -> None:
    """Training and both consents, all before the start, none later than the day `on`."""
    start = min(placement.starts_on, on)
    placement.trained_on = start - DAY * dice.between(1, 6)
    placement.student_consented_on = start - DAY * dice.between(10, 20)
    placement.guardian_consented_on = start - DAY * dice.between(8, 18)


def agreement_of(placement: Placement, on: date, dice: Dice) -> Agreement:
    """A three-party agreement that all have signed before the start."""
    start = min(placement.starts_on, on)
    return Agreement(
        code=f"XY{placement.code[2:]}",
        placement=placement,
        school_signed_on=start - DAY * dice.between(5, 9),
        enterprise_signed_on=start - DAY * dice.between(2, 7),
        student_signed_on=start - DAY * dice.between(3, 8),
    )


def apprentice_of(placement: Placement, dice: Dice, *, new_type: bool) -> Apprentice:
    """A sound apprentice identity at the placement's host; the new type has a labour contract."""
    start = placement.starts_on
    minor = is_minor(placement.learner, start)
    return Apprentice(
        code=f"XT{placement.code[2:]}",
        placement=placement,
        form="企业新型学徒制" if new_type else "现代学徒制",
        starts_on=start,
        ends_on=start + DAY * 364 if new_type else placement.last,
        agreement=f"PX{placement.code[2:]}",
        signed_on=start - DAY * dice.between(3, 15),
        guardian_signed_on=start - DAY * dice.between(3, 15) if minor else None,
        teacher=placement.teacher,
        mentor=placement.mentor,
        contract=f"HT{placement.code[2:]}" if new_type else "",
    )
