"""What keeps an agreement from being issued: a missing content (AGR-02), an unlawful one (AGR-03).

Both of 第十五条: the nine contents, and that none of them goes against the law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from internships.documents.wording import CONTENTS, Said
from internships.models import FilingMatter, Placement, PlacementKind, Terms
from internships.models.posts import Filing
from law.legal_values import value_on, word_on


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A policy that covers the student: its kind and payer in the file's words, days inclusive."""

    kind: str
    insurer: str
    number: str
    first: date
    last: date
    payer: str
    is_liability: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missing or unlawful: by which check, in which content (1–9), where, and why."""

    check: str
    content: int
    field: str
    sentence: str


def faults_of(
    placement: Placement, terms: Terms, said: Said, covers: Sequence[CoverLine]
) -> list[Fault]:
    """Everything at once that keeps the agreement from being issued, by its place in 第十五条."""
    found = [
        *_missing(placement, terms, said, covers),
        *_long_hours(placement, terms, said),
        *_at_night(placement, terms, said),
        *_unpaid(placement, terms, said),
        *_paid_by_the_student(placement, covers),
    ]
    return sorted(found, key=lambda fault: (fault.content, fault.check))


def _missing(
    placement: Placement, terms: Terms, said: Said, covers: Sequence[CoverLine]
) -> Iterator[Fault]:
    for content, names in CONTENTS:
        for name in names:
            if not getattr(said, name):
                yield Fault("AGR-02", content, name, _("这一项还没有填写"))
    if said.lodging in {"host", "school"} and not said.lodging_place:
        yield Fault("AGR-02", 3, "lodging_place", _("提供住宿的，请写明住宿地点"))
    wanted: list[tuple[int, str, Any, str]] = [
        (2, "teacher", terms.teacher_id, _("还没有校内导师")),
        (2, "mentor", terms.mentor_id, _("还没有企业师傅")),
        (3, "daily_hours", terms.daily_hours, _("还没有约定每日工时")),
        (4, "agreed_pay", _pay_is_said(placement, terms), _("还没有约定实习报酬")),
        (6, "cover", any(line.is_liability for line in covers), _("还没有实习责任保险")),
    ]
    for content, name, there, sentence in wanted:
        if not there:
            yield Fault("AGR-02", content, name, sentence)


def _pay_is_said(placement: Placement, terms: Terms) -> bool:
    return terms.agreed_pay is not None or placement.kind != PlacementKind.PRODUCTION


def _long_hours(placement: Placement, terms: Terms, said: Said) -> Iterator[Fault]:
    day = placement.starts_on
    if _filed(placement, terms, FilingMatter.OVERTIME):
        return
    daily, weekly = Decimal(str(value_on("hours_per_day", day))), value_on("hours_per_week", day)
    if terms.daily_hours is not None and terms.daily_hours > daily:
        sentence = _("每日工时不得超过 %(hours)s 小时") % {"hours": daily}
        yield Fault("AGR-03", 3, "daily_hours", sentence)
    if said.weekly_hours and Decimal(said.weekly_hours) > Decimal(str(weekly)):
        sentence = _("每周工时不得超过 %(hours)s 小时") % {"hours": weekly}
        yield Fault("AGR-03", 3, "weekly_hours", sentence)


def _at_night(placement: Placement, terms: Terms, said: Said) -> Iterator[Fault]:
    """Hours that touch the night, which is closed to students unless it was filed before."""
    if not said.begins or not said.ends or _filed(placement, terms, FilingMatter.NIGHT):
        return
    day = placement.starts_on
    evening, morning = (
        time.fromisoformat(word_on(name, day)) for name in ("night_starts_at", "night_ends_at")
    )
    begins, ends = time.fromisoformat(said.begins), time.fromisoformat(said.ends)
    if ends <= begins or ends > evening or begins < morning:
        yield Fault("AGR-03", 3, "begins", _("不得安排夜班：上下班时间不能碰到夜间"))


def _unpaid(placement: Placement, terms: Terms, said: Said) -> Iterator[Fault]:
    if placement.kind != PlacementKind.PRODUCTION:
        return
    day = placement.starts_on
    if value_on("pay_duty", day) and terms.agreed_pay is not None and terms.agreed_pay <= 0:
        yield Fault("AGR-03", 4, "agreed_pay", _("岗位实习应当有报酬"))


def _paid_by_the_student(placement: Placement, covers: Sequence[CoverLine]) -> Iterator[Fault]:
    barred = value_on("forbidden_premium_payers", placement.starts_on)
    assert isinstance(barred, tuple)
    if any(line.payer in barred for line in covers):
        yield Fault("AGR-03", 6, "cover", _("保费不得由学生承担"))


def _filed(placement: Placement, terms: Terms, matter: FilingMatter) -> bool:
    """Whether a filing made before the first day allows it to this student at the post."""
    learner = placement.learner
    allowing = Filing.objects.allowing(
        matter,
        day=placement.starts_on,
        post=terms.post_id,
        school=placement.school_id,
        major_code=learner.major_code,
        born_on=learner.student.born_on,
    )
    return bool(allowing.exists())
