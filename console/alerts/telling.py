"""A case in one sentence, from the facts as last seen; whom it is about stands beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from compliance.models import Alert


def sentence(alert: Alert, title: str, on: date) -> str:
    """What is wrong, since when, how many days or yuan."""
    facts: dict[str, Any] = alert.facts
    sentences = {
        "PAY-04": lambda: (
            _("%(month)s 应发 %(due)s 元，实发 %(paid)s 元，少发 %(short)s 元")
            % {
                "month": alert.period,
                "due": facts["due"],
                "paid": facts["paid"],
                "short": short(facts),
            }
        ),
        "PAY-09": lambda: (
            _("%(month)s 报酬没有发，已超过支付日 %(days)s 天")
            % {
                "month": alert.period,
                "days": (on - alert.since).days if alert.since else facts["days_overdue"],
            }
        ),
        "INS-01": lambda: _uninsured(facts),
        "INS-02": lambda: (
            _("保险到 %(day)s 前一天为止，之后没有续上") % {"day": facts["first_gap"]}
        ),
        "PAY-02": lambda: _("约定报酬折合每月 %(agreed)s 元，低于底线 %(floor)s 元") % facts,
    }
    if tell := sentences.get(alert.rule):
        return str(tell())
    said = f"{title}（{alert.period}）" if alert.period else title
    if alert.since is None:
        return said
    if alert.since > on:
        return _("%(said)s，%(day)s 开始") % {"said": said, "day": alert.since}
    return _("%(said)s，自 %(day)s 起") % {"said": said, "day": alert.since}


def short(facts: dict[str, Any]) -> str:
    """Yuan that are missing of a month paid in part."""
    return f"{Decimal(facts['due']) - Decimal(facts['paid']):.2f}"


def _uninsured(facts: dict[str, Any]) -> str:
    first, last = facts["gaps"][0][0], facts["gaps"][-1][1]
    if facts["today"]:
        return _("今天没有实习责任保险，自 %(first)s 起共 %(days)s 天") % {
            "first": first,
            "days": facts["days"],
        }
    return _("有 %(days)s 天没有实习责任保险（%(first)s 至 %(last)s）") % {
        "days": facts["days"],
        "first": first,
        "last": last,
    }


def is_unprotected_now(alert: Alert) -> bool:
    """Whether somebody is without protection on this very day: what red is kept for."""
    return alert.is_standing and alert.rule == "INS-01" and bool(alert.facts.get("today"))
