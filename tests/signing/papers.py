"""A placement whose papers can be issued: its wording is whole, and the student is insured."""

from __future__ import annotations

from typing import Any

from exchange.documents.issuing import issue
from internships.documents.writing import write_wording
from internships.models import Document, DocumentKind, Placement
from people.roles import Role
from tests.life.cast import ENDS_ON, ON, Cast
from tests.rules.builders import insure

SAID: dict[str, Any] = {
    "school_contact": "实习就业处 023-42700000",
    "host_contact": "人事部 023-42712345",
    "place": "重庆市合川区工业园区 12 号",
    "tasks": "在师傅指导下装配减速器",
    "conditions": "单位提供工装和量具",
    "weekly_hours": "40",
    "begins": "08:30",
    "ends": "17:30",
    "rest": "周六、周日和法定节假日休息",
    "meals": "host",
    "lodging": "own",
    "pay_method": "bank_transfer",
    "protection": "发放护目镜和防护鞋",
    "accident": "立即救治，一小时内通知学校和监护人",
    "assessment": "单位评价六成，学校评价四成",
    "breach": "违约造成损失的依法赔偿",
    "other": "无",
}


def worded(cast: Cast, placement: Placement, **changes: Any) -> Placement:
    """The placement with every content written, and its student insured throughout."""
    insure(placement.learner, first=ON, last=ENDS_ON)
    write_wording(placement, changes=SAID | changes, **cast.by(Role.SCHOOL_COORDINATOR))
    return placement


def issued(
    cast: Cast, placement: Placement, kind: DocumentKind = DocumentKind.AGREEMENT
) -> Document:
    """The paper, as the school issues it."""
    return issue(placement, kind=kind, **cast.by(Role.SCHOOL_COORDINATOR))
