"""What a paper says, in rows to be read on a phone; the words are those of the paper itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from internships.models import Document, DocumentKind

# label and name in `Document.said`, in the paper's own language
CONSENT_ROWS = (
    ("学生", "student"),
    ("实习单位", "host"),
    ("岗位", "post"),
    ("时间", "period"),
    ("地点", "place"),
    ("做什么", "tasks"),
    ("工作时间", "hours"),
    ("休息休假", "rest"),
    ("报酬", "pay"),
    ("保险", "cover"),
    ("用餐", "meals"),
    ("住宿", "lodging"),
    ("安全", "protection"),
    ("出事怎么办", "accident"),
    ("学校联系人", "school_contact"),
)
AGREEMENT_ROWS = (
    ("学校", "school"),
    ("实习单位", "host"),
    *CONSENT_ROWS[:1],
    *CONSENT_ROWS[2:14],
    ("考核", "assessment"),
    ("违约责任", "breach"),
    ("其他约定", "other"),
)
MARKED = frozenset({"hours", "pay", "cover"})


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the paper says; `marked` is what matters most."""

    label: str
    text: str
    marked: bool


def rows_of(document: Document) -> list[Row]:
    """The rows of the paper, those that say nothing left out."""
    said: Mapping[str, str] = document.said
    names = CONSENT_ROWS if document.kind == DocumentKind.CONSENT else AGREEMENT_ROWS
    return [Row(label, said[name], name in MARKED) for label, name in names if said.get(name)]
