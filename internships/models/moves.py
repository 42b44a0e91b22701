"""The words of a placement's life: its moves, the parties to it, what they give their word to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlacementMove(models.TextChoices):
    """What people, or the calendar, do with a placement."""

    DRAFT = "draft", pgettext_lazy("move", "起草")
    EDIT = "edit", pgettext_lazy("move", "修改")
    SUBMIT = "submit", pgettext_lazy("move", "提交")
    ACCEPT = "accept", pgettext_lazy("move", "接收")
    CONSENT = "consent", pgettext_lazy("move", "知情同意")
    DECLINE = "decline", pgettext_lazy("move", "不同意")
    SIGN = "sign", pgettext_lazy("move", "签署")
    SEND_BACK = "send_back", pgettext_lazy("move", "退回")
    REFUSE = "refuse", pgettext_lazy("move", "拒绝")
    WITHDRAW = "withdraw", pgettext_lazy("move", "撤回")
    EXPIRE = "expire", pgettext_lazy("move", "过期失效")
    APPROVE = "approve", pgettext_lazy("move", "批准")
    ACTIVATE = "activate", pgettext_lazy("move", "开始实习")
    SUSPEND = "suspend", pgettext_lazy("move", "暂停")
    RESUME = "resume", pgettext_lazy("move", "恢复")
    END = "end", pgettext_lazy("move", "结束")
    SETTLE = "settle", pgettext_lazy("move", "结清")
    ARCHIVE = "archive", pgettext_lazy("move", "归档")
    PROPOSE = "propose", pgettext_lazy("move", "提出变更")
    AGREE = "agree", pgettext_lazy("move", "同意变更")
    TURN_DOWN = "turn_down", pgettext_lazy("move", "不同意变更")


class Party(models.TextChoices):
    """In whose name somebody moves a placement."""

    SCHOOL = "school", pgettext_lazy("party", "学校")
    ENTERPRISE = "enterprise", pgettext_lazy("party", "企业")
    STUDENT = "student", pgettext_lazy("party", "学生")
    GUARDIAN = "guardian", pgettext_lazy("party", "监护人")


class ApprovalKind(models.TextChoices):
    """What a party gives its word to."""

    ACCEPTANCE = "acceptance", _("接收实习生")
    CONSENT = "consent", _("知情同意书")
    SIGNATURE = "signature", _("三方协议签署")


# Moves whose reason has to be written down.
WITH_A_MESSAGE = (
    PlacementMove.DECLINE,
    PlacementMove.SEND_BACK,
    PlacementMove.REFUSE,
    PlacementMove.WITHDRAW,
    PlacementMove.SUSPEND,
    PlacementMove.TURN_DOWN,
)

# Whose approval of each kind there can be.
GIVERS: dict[ApprovalKind, tuple[Party, ...]] = {
    ApprovalKind.ACCEPTANCE: (Party.ENTERPRISE,),
    ApprovalKind.CONSENT: (Party.STUDENT, Party.GUARDIAN),
    ApprovalKind.SIGNATURE: (Party.SCHOOL, Party.ENTERPRISE, Party.STUDENT),
}
