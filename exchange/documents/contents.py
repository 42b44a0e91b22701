"""What is set into a paper: a placement's terms, wording and cover, as the words to be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from insurance.models import CoverKind, InsuredPeriod
from internships.documents.checks import CoverLine
from internships.documents.wording import Board, PayMethod, Said, said_by, wording_of
from internships.life.content import first_terms
from internships.models import Filing, FilingMatter, Hazard, PayBasis, Placement, Terms
from people.models import Guardian

NOTHING = "—"
UNITS = {PayBasis.MONTHLY: "月", PayBasis.DAILY: "天", PayBasis.HOURLY: "小时"}
REASON = "the papers of a placement name the cover of its student"


def covers_of(placement: Placement) -> list[CoverLine]:
    """The policies that cover the student on some day of the placement, by their first day.

    Their words are the file's, whatever language the reader uses: the law's lists name them so.
    """
    rows = (
        InsuredPeriod.objects.unscoped(reason=REASON)
        .giving_cover()
        .filter(learner=placement.learner_id, cover__overlap=placement.period)
        .select_related("policy")
        .order_by("policy__period", "policy__number")
    )
    with override("zh-hans"):
        return [
            CoverLine(
                kind=str(CoverKind(row.policy.kind).label),
                insurer=row.policy.insurer,
                number=row.policy.number,
                first=row.policy.period.lower,
                last=row.policy.period.upper - timedelta(days=1),
                payer=str(row.policy.get_payer_display()),
                is_liability=row.policy.kind == CoverKind.LIABILITY,
            )
            for row in rows
        ]


def told(
    placement: Placement, terms: Terms, said: Said, covers: Sequence[CoverLine]
) -> dict[str, str]:
    """Every text that the layouts of both papers read; numbers of people are masked."""
    return {
        "code": placement.code,
        "kind": str(placement.get_kind_display()),
        **_parties(placement, terms, said),
        **_work(placement, terms, said),
        "cover": _cover(covers),
        "tasks": said.tasks,
        "conditions": said.conditions,
        "protection": said.protection,
        "accident": said.accident,
        "assessment": said.assessment,
        "breach": said.breach,
        "notice_days": str(said.notice_days),
        "other": said.other,
        "school_contact": said.school_contact,
    }


def said_of(placement: Placement) -> tuple[Terms, Said, list[CoverLine]]:
    """What the papers are made of: the terms of the first day, the wording, and the cover."""
    return first_terms(placement), said_by(wording_of(placement)), covers_of(placement)


def _parties(placement: Placement, terms: Terms, said: Said) -> dict[str, str]:
    learner, host = placement.learner, terms.post.enterprise
    guardian = Guardian.objects.unscoped(reason=REASON).filter(learner=learner).first()
    study = " ".join(filter(None, (learner.major_name or learner.major_code, learner.class_name)))
    name = guardian.name if guardian and guardian.name else NOTHING
    relation = guardian.relation if guardian and guardian.relation else NOTHING
    return {
        "school_name": placement.school.name,
        "school": _lines(placement.school.name, f"联系人：{said.school_contact or NOTHING}"),
        "host_name": host.name,
        "host": _lines(
            host.name,
            f"统一社会信用代码：{host.credit_code}",
            f"地址：{host.address or NOTHING}",
            f"联系人：{said.host_contact or NOTHING}",
        ),
        "student_name": learner.name,
        "student": _lines(
            f"{learner.name}　学号：{learner.student_number}",
            f"专业班级：{study}",
            f"身份证件号：{_masked(learner.student.id_number)}　手机：{_masked(learner.phone)}",
        ),
        "guardian_name": name,
        "relation": relation,
        "guardian": f"{name}（{relation}）　手机：{_masked(guardian.phone if guardian else None)}",
        "teacher": terms.teacher.name if terms.teacher else NOTHING,
        "mentor": terms.mentor.name if terms.mentor else NOTHING,
    }


def _work(placement: Placement, terms: Terms, said: Said) -> dict[str, str]:
    daily = f"每天 {terms.daily_hours.normalize():f} 小时" if terms.daily_hours else NOTHING
    weekly = f"每周 {said.weekly_hours.rstrip('0').rstrip('.')} 小时" if said.weekly_hours else ""
    clock = f"{said.begins} 至 {said.ends}" if said.begins and said.ends else ""
    lodging = str(Board(said.lodging).label) if said.lodging else NOTHING
    return {
        "post": terms.post.title,
        "period": f"{_day(placement.starts_on)}至{_day(placement.ends_on)}（首尾两天都算）",
        "place": said.place,
        "hours": "，".join(filter(None, (daily, weekly, clock))),
        "rest": said.rest,
        "meals": str(Board(said.meals).label) if said.meals else NOTHING,
        "lodging": "：".join(filter(None, (lodging, said.lodging_place))),
        "pay": _pay(terms),
        "pay_method": str(PayMethod(said.pay_method).label) if said.pay_method else NOTHING,
        "hazards": _hazards(terms),
        "filings": _filings(placement, terms),
    }


def _pay(terms: Terms) -> str:
    if terms.agreed_pay is None:
        return NOTHING
    unit = UNITS[PayBasis(terms.pay_basis)]
    return f"每{unit}人民币 {terms.agreed_pay:,.2f} 元，次月 {terms.pay_day} 日前付清上月报酬"


def _hazards(terms: Terms) -> str:
    words = "、".join(str(Hazard(code).label) for code in terms.post.hazards)
    if not words:
        return "单位告知：本岗位没有登记的职业危害因素。"
    return f"单位告知：本岗位有{words}，须采取相应的防护措施。"


def _filings(placement: Placement, terms: Terms) -> str:
    """The special filings of the post that hold on some day of the placement (第十七条)."""
    rows = Filing.objects.unscoped(reason=REASON).filter(
        post=terms.post, period__overlap=placement.period
    )
    own = [row for row in rows.order_by("code") if row.school_id in (None, placement.school_id)]
    words = "；".join(
        f"{row.code}（{'、'.join(str(FilingMatter(code).label) for code in row.matters)}）"
        for row in own
    )
    return f"本岗位的特殊备案：{words}。" if words else ""


def _cover(covers: Sequence[CoverLine]) -> str:
    if not covers:
        return NOTHING
    lines = [
        f"{line.kind}：{line.insurer}，保单号 {line.number}，"
        f"{_day(line.first)}至{_day(line.last)}，保险费由{line.payer}承担。"
        for line in covers
    ]
    return _lines(*lines)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _masked(value: Any) -> str:
    return NOTHING if value is None else str(value)


def _lines(*lines: str) -> str:
    return "\n".join(lines)
