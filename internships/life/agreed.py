"""What is to be agreed about a placement, checked before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from internships.life.refusals import TermsRefused
from internships.models import Arrangement, PayBasis, Placement, PlacementKind, Post, Stage
from people.models import Mentor, Teacher

MOST_HOURS = Decimal(24)


@dataclass(frozen=True, slots=True)
class Agreed:
    """Terms to be agreed: at which post, under whom, for how much, how many hours a day.

    `agreed_pay` is yuan a month, day or hour by `pay_basis`, paid on the `pay_day` of the following
    month; `daily_hours` are the agreed hours of a working day, where something was agreed.
    """

    post: Post
    teacher: Teacher | None = None
    mentor: Mentor | None = None
    stage: str = Stage.INDEPENDENT
    pay_basis: str = PayBasis.MONTHLY
    agreed_pay: Decimal | None = None
    pay_day: int = 15
    daily_hours: Decimal | None = None

    def columns(self) -> dict[str, Any]:
        """The values of a row of terms."""
        return {
            "post": self.post,
            "enterprise_id": self.post.enterprise_id,
            "teacher": self.teacher,
            "mentor": self.mentor,
            "stage": self.stage,
            "pay_basis": self.pay_basis,
            "agreed_pay": self.agreed_pay,
            "pay_day": self.pay_day,
            "daily_hours": self.daily_hours,
        }


def check_terms(terms: Mapping[str, Any], *, school_id: int) -> None:
    """Raise TermsRefused for staff of another house, or pay, days and hours that cannot be."""
    teacher, mentor, hours = terms["teacher"], terms["mentor"], terms["daily_hours"]
    if teacher is not None and teacher.school_id != school_id:
        raise TermsRefused(_("校内导师不是这所学校的"))
    if mentor is not None and mentor.enterprise_id != terms["post"].enterprise_id:
        raise TermsRefused(_("企业师傅不是岗位所在企业的"))
    if terms["agreed_pay"] is not None and terms["agreed_pay"] < 0:
        raise TermsRefused(_("约定报酬不能是负数"))
    if not 1 <= terms["pay_day"] <= 28:
        raise TermsRefused(_("支付日应在 1 至 28 日之间"))
    if hours is not None and not 0 < hours <= MOST_HOURS:
        raise TermsRefused(_("每日工时应大于 0，不超过 24"))


def check_placement(placement: Placement) -> None:
    """Raise TermsRefused for an end before the start, and a 认识实习 that somebody chose alone."""
    if placement.ends_on < placement.starts_on:
        raise TermsRefused(_("结束日期早于开始日期"))
    chosen = placement.arrangement == Arrangement.SELF_CHOSEN
    if placement.kind == PlacementKind.ORIENTATION and chosen:
        raise TermsRefused(_("认识实习由学校安排，学生不得自行选择（第九条）"))
    if placement.learner.school_id != placement.school_id:
        raise TermsRefused(_("学生不是这所学校的"))
