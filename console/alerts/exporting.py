"""The list as a workbook: the rows of its filters, every cell inert."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from console.alerts.listing import Row, page_of
from people.access.masking import shown_name
from people.actors import Actor

# More rows than this nobody reads in a sheet; the page says so.
MOST_ROWS = 20_000
CHUNK = 500


def workbook_of(cases: Any, actor: Actor) -> bytes:
    """An XLSX of the cases, at most `MOST_ROWS`; text cells are text whatever they begin with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("预警"))
    sheet.append(
        [
            *(_("规则"), _("名称"), _("等级"), _("状态"), _("期间"), _("学校"), _("学号")),
            *(_("姓名"), _("班级"), _("企业"), _("对象"), _("起始日"), _("天数"), _("说明")),
        ]
    )
    for row in _rows(cases, actor):
        sheet.append([inert(sheet, value) for value in cells(row, actor)])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def inert(sheet: Any, value: Any) -> Any:
    """A cell whose text is never read as a formula."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=value)
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
    ]


def _rows(cases: Any, actor: Actor) -> Iterator[Row]:
    after, written = "", 0
    while True:
        page = page_of(cases, after=after, actor=actor, size=CHUNK)
        yield from page.rows
        written += len(page.rows)
        after = page.after
        if not after or written >= MOST_ROWS:
            return
