"""The families of rules as people speak of them: by the letters before the hyphen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FAMILIES: dict[str, Any] = {
    "INS": _("保险"),
    "PAY": _("报酬"),
    "ATT": _("考勤"),
    "AGR": _("协议"),
    "ELIG": _("学生条件"),
    "HOST": _("实习单位"),
    "HAZ": _("岗位危险"),
    "TIME": _("工时"),
    "SUP": _("指导与培训"),
    "APP": _("学徒"),
}


def family_of(rule_id: str) -> str:
    """`INS` of `INS-01`."""
    return rule_id.partition("-")[0]
