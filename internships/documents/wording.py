"""The nine contents of an agreement (第十五条): which fields hold each, and how they are kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.life.refusals import TermsRefused
from internships.models import Placement, Wording

LONGEST_TEXT = 1000
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_HOURS = Decimal("0.01")
MOST_WEEKLY_HOURS = Decimal(168)
MOST_NOTICE_DAYS = 365


class Board(models.TextChoices):
    """Who sees to meals, or to a place to sleep."""

    HOST = "host", gettext_lazy("单位提供")
    ALLOWANCE = "allowance", gettext_lazy("单位发补贴")
    SCHOOL = "school", gettext_lazy("学校提供")
    OWN = "own", gettext_lazy("自理")


class PayMethod(models.TextChoices):
    """How pay is handed over: in money only."""

    BANK_TRANSFER = "bank_transfer", gettext_lazy("银行转账")
    CASH = "cash", gettext_lazy("现金")


@dataclass(frozen=True, slots=True)
class Said:
    """What the papers say beyond the terms; an empty text is a content that is missing.

    `weekly_hours` are hours a week, `begins` and `ends` clock times `08:30` of a working day,
    `notice_days` the days of notice before an early end.
    """

    school_contact: str = ""
    host_contact: str = ""
    place: str = ""
    tasks: str = ""
    conditions: str = ""
    weekly_hours: str = ""
    begins: str = ""
    ends: str = ""
    rest: str = ""
    meals: str = ""
    lodging: str = ""
    lodging_place: str = ""
    pay_method: str = ""
    protection: str = ""
    accident: str = ""
    assessment: str = ""
    breach: str = ""
    notice_days: int = 7
    other: str = ""

    def digest(self) -> str:
        """The SHA-256 of it, in hexadecimal digits."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


# Which fields hold each content of 第十五条.
CONTENTS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, ("school_contact", "host_contact")),
    (2, ("place", "tasks", "conditions")),
    (3, ("weekly_hours", "begins", "ends", "rest", "meals", "lodging")),
    (4, ("pay_method",)),
    (5, ("protection",)),
    (6, ("accident",)),
    (7, ("assessment",)),
    (8, ("breach",)),
    (9, ("other",)),
)
NAMES = tuple(field.name for field in fields(Said))
CLOCKS = ("begins", "ends")
WORDS: Mapping[str, type[models.TextChoices]] = {
    "meals": Board,
    "lodging": Board,
    "pay_method": PayMethod,
}


def said_from(values: Mapping[str, Any]) -> Said:
    """The contents from what was sent or kept; TermsRefused for what can be none of theirs."""
    unknown = set(values) - set(NAMES)
    if unknown:
        raise TermsRefused(
            _("协议内容里没有这一项：%(names)s") % {"names": "、".join(sorted(unknown))}
        )
    return Said(**{name: _clean(name, value) for name, value in values.items()})


def _clean(name: str, value: Any) -> Any:
    if name == "notice_days":
        if not isinstance(value, int) or not 0 <= value <= MOST_NOTICE_DAYS:
            raise TermsRefused(_("提前通知的天数应在 0 到 365 之间"))
        return value
    text = str(value).strip()
    if len(text) > LONGEST_TEXT or any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise TermsRefused(_("每项最多 1000 个字，不能有控制字符"))
    if text and name in WORDS and text not in WORDS[name].values:
        raise TermsRefused(_("请从所列的词里选择"))
    if text and name in CLOCKS and not CLOCK.fullmatch(text):
        raise TermsRefused(_("上下班时间请写成 08:30 的样子"))
    return _hours(text) if text and name == "weekly_hours" else text


def _hours(text: str) -> str:
    try:
        hours = Decimal(text)
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite() or not 0 < hours <= MOST_WEEKLY_HOURS:
        raise TermsRefused(_("每周工时应大于 0、不超过 168"))
    return str(hours.quantize(_HOURS))


def wording_of(placement: Placement) -> Wording | None:
    """The last version of what the placement's papers say beyond its terms."""
    return placement.wordings.order_by("-version").first()


def said_by(wording: Wording | None) -> Said:
    """What that version says; nothing where there is none."""
    return Said() if wording is None else said_from(wording.said)
