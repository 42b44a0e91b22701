"""The list as a workbook: the rows of its filters, every cell inert, the reading on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from audit.reveal import record_export
from common.plain_text import plain
from console.alerts.filters import Filters
from console.alerts.listing import Row, cases, page_of
from law.articles import article_for
from people.access.masking import shown_name
from people.actors import Actor

# More rows than this nobody reads in a sheet; its last row says that there are more.
MOST_ROWS = 20_000
CHUNK = 500


@transaction.atomic
def export(filters: Filters, *, actor: Actor, at: datetime) -> bytes:
    """The workbook of the cases, with its record in the transaction that reads them.

    Without the record there is no workbook. What was searched for may be a name: the record says
    only that something was.
    """
    asked = replace(filters, search="").query
    book, rows = workbook_of(cases(filters, actor), actor)
    record_export(
        by=str(actor),
        reason=_("导出预警列表"),
        at=at,
        source={"page": "alerts", "query": asked, "searched": bool(filters.search)},
        counts={"alerts": rows},
    )
    return book


def workbook_of(rows: Any, actor: Actor) -> tuple[bytes, int]:
    """An XLSX of the cases, at most `MOST_ROWS`, and how many it has.

    Text cells are text whatever they begin with. Where there are more, a last row says so.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("预警"))
    sheet.append(
        [
            *(_("规则"), _("名称"), _("等级"), _("状态"), _("期间"), _("学校"), _("学号")),
            *(_("姓名"), _("班级"), _("企业"), _("对象"), _("起始日"), _("天数"), _("说明")),
            *(_("怎样纠正"), _("由谁处理"), _("最迟"), _("依据")),
        ]
    )
    number = 0
    for row in _rows(rows, actor):
        if number == MOST_ROWS:
            sheet.append([_("只列出前 %(most)s 件，请缩小筛选范围再导出") % {"most": MOST_ROWS}])
            break
        sheet.append([inert(sheet, value) for value in cells(row, actor)])
        number += 1
    written = BytesIO()
    book.save(written)
    return written.getvalue(), number


def inert(sheet: Any, value: Any) -> Any:
    """A cell whose text is never read as a formula, without the signs that no workbook holds."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=plain(value))
    cell.data_type = "s"
    return cell


def cells(row: Row, actor: Actor) -> list[Any]:
    """The values of a row, in the order of the head."""
    alert, learner = row.alert, row.learner
    return [
        alert.rule,
        row.title,
        str(alert.get_severity_display()),
        str(alert.get_state_display()),
        alert.period,
        learner.school.name if learner else "",
        learner.student_number if learner else "",
        shown_name(learner.name, actor=actor) if learner else "",
        learner.class_name if learner else "",
        row.host.name if row.host else "",
        alert.subject,
        alert.since,
        row.days,
        row.said,
        row.cure,
        row.holder,
        alert.due_on,  # type: ignore[attr-defined]
        article_for(alert.rule).source,
    ]


def _rows(found: Any, actor: Actor) -> Iterator[Row]:
    after = ""
    while True:
        page = page_of(found, after=after, actor=actor, size=CHUNK)
        yield from page.rows
        if not (after := page.after):
            return
