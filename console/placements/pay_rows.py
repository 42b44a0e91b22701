"""The pay months as a page says them: a word for the state, and how the sum is computed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from compensation.pay_months import PayMonth, PayPart, PayState
from console.templatetags.written import plain, yuan
from internships.models import PayBasis

LOOKS = {
    PayState.UNPAID: "bad",
    PayState.SHORT: "bad",
    PayState.NOT_AGREED: "bad",
    PayState.UNCONFIRMED: "soon",
    PayState.RUNNING: "plain",
    PayState.PAID: "fine",
    PayState.NO_WORK: "done",
    PayState.NO_WORKDAY: "done",
    PayState.NOT_BEGUN: "done",
    PayState.AHEAD: "done",
}


@dataclass(frozen=True, slots=True)
class PayRow:
    """A pay month with its word, its look, and the sum in words."""

    month: PayMonth
    word: str
    look: str
    sum_said: str

    @property
    def is_ahead(self) -> bool:
        """Whether nothing has happened in it yet."""
        return self.month.state is PayState.AHEAD


def pay_rows(months: list[PayMonth]) -> list[PayRow]:
    """The months for reading, in their order."""
    return [
        PayRow(month, word_of(month.state), LOOKS[month.state], sum_said(month)) for month in months
    ]


def word_of(state: PayState) -> str:
    """What a state is called."""
    words = {
        PayState.UNPAID: _("未发放"),
        PayState.SHORT: _("未足额"),
        PayState.NOT_AGREED: _("未约定报酬"),
        PayState.UNCONFIRMED: _("考勤待确认"),
        PayState.RUNNING: _("未到支付日"),
        PayState.PAID: _("已发放"),
        PayState.NO_WORK: _("无应发"),
        PayState.NO_WORKDAY: _("无工作日"),
        PayState.NOT_BEGUN: _("未上岗"),
        PayState.AHEAD: _("未开始"),
    }
    return words[state]


def sum_said(month: PayMonth) -> str:
    """How what is due was computed: days or hours, agreed pay, workdays."""
    return _("；").join(_part_said(part, month.workdays) for part in month.parts if part.agreed_pay)


def _part_said(part: PayPart, workdays: int) -> str:
    pay = yuan(part.agreed_pay)
    leave = _("（含带薪假 %(days)s 天）") % {"days": part.leave_days} if part.leave_days else ""
    besides = _("，另计带薪假 %(days)s 天") % {"days": part.leave_days} if part.leave_days else ""
    days = plain(part.units)
    if part.basis == PayBasis.MONTHLY:
        return _("月薪 %(pay)s × %(days)s 天%(leave)s ÷ %(workdays)s 个工作日") % {
            "pay": pay,
            "days": days,
            "leave": leave,
            "workdays": workdays,
        }
    if part.basis == PayBasis.DAILY:
        return _("日薪 %(pay)s × %(days)s 天%(leave)s") % {"pay": pay, "days": days, "leave": leave}
    return _("时薪 %(pay)s × %(hours)s 小时%(leave)s") % {
        "pay": pay,
        "hours": plain(part.hours_worked or Decimal(0)),
        "leave": besides,
    }
