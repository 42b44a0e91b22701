"""A filing batch as a workbook, every cell inert, the leaving of it on record."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook

from audit.reveal import record_export
from console.alerts.exporting import inert
from internships.models import FilingBatch, FilingMatter, Terms
from people.access.masking import shown_name
from people.actors import Actor


@transaction.atomic
def batch_workbook(batch: FilingBatch, *, actor: Actor, at: datetime) -> bytes:
    """The batch's placements with where and when; without its record there is no workbook."""
    entries = list(batch.entries.select_related("placement__learner", "filing"))
    terms = Terms.objects.visible_to(actor).judged(actor.on)
    joined = terms.filter(placement__in=[entry.placement_id for entry in entries])
    agreed = {row.placement_id: row for row in joined.select_related("post", "enterprise")}
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("备案批次"))
    words = _("、").join(str(FilingMatter(word).label) for word in batch.matters)
    day = f"{batch.filed_on:%Y-%m-%d}" if batch.filed_on else _("未备案")
    sheet.append([inert(sheet, cell) for cell in (batch.school.name, batch.number, day, words)])
    sheet.append(
        [
            *(_("安排编号"), _("学号"), _("姓名"), _("专业"), _("班级")),
            *(_("企业"), _("岗位"), _("开始"), _("结束"), _("备案编号")),
        ]
    )
    for entry in entries:
        placement, row = entry.placement, agreed.get(entry.placement_id)
        learner = placement.learner
        cells = [
            placement.code,
            learner.student_number,
            shown_name(learner.name, actor=actor),
            learner.major_name or learner.major_code,
            learner.class_name,
            row.enterprise.name if row else "",
            row.post.title if row else "",
            placement.starts_on,
            placement.last_on,
            entry.filing.code if entry.filing else "",
        ]
        sheet.append([inert(sheet, cell) for cell in cells])
    record_export(
        by=str(actor),
        reason=_("导出备案批次"),
        at=at,
        source={"page": "batch", "batch": str(batch.public_id)},
        counts={"placements": len(entries)},
    )
    written = BytesIO()
    book.save(written)
    return written.getvalue()
