"""Explains one alert in Chinese and English: what is wrong, by which article, what cures it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from common.command_days import a_day
from compliance.cases.explain import Explanation, explain
from compliance.explain.texts import LANGUAGES
from compliance.models import Alert

WRONG_USAGE = 2

LABELS = {
    "zh": {
        "since": "自",
        "days": "天数",
        "amount": "元",
        "article": "依据",
        "quote": "原文",
        "cure": "怎样纠正",
        "holder": "由谁处理",
        "acknowledge_by": "最迟确认",
        "cure_by": "最迟纠正",
    },
    "en": {
        "since": "since",
        "days": "days",
        "amount": "yuan",
        "article": "article",
        "gloss": "its sense",
        "cure": "what cures it",
        "holder": "who has it",
        "acknowledge_by": "acknowledge by",
        "cure_by": "cure by",
    },
}


class Command(BaseCommand):
    help = "用中文和英文说明一条预警：哪里不对、从何时起、依据哪一条、怎样纠正、由谁处理、到何时"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("alert", metavar="ID", help="预警编号，或数据库序号")
        parser.add_argument("--as-of", type=a_day, metavar="DATE", help="截至日期，默认今天")
        parser.add_argument("--format", choices=("text", "json"), default="text", dest="shape")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["as_of"] or timezone.localdate()
        alert = named(options["alert"])
        said = {language: explain(alert, on=on, language=language) for language in LANGUAGES}
        if options["shape"] == "json":
            self.stdout.write(as_json(alert, said))
            return
        for language, explanation in said.items():
            self.stdout.write(as_text(alert, explanation, language))


def named(text: str) -> Alert:
    """The alert of that public or primary key; refuses one nobody knows."""
    known = Alert.objects.unscoped(reason="an operator asks for one case by its number")
    try:
        key: dict[str, Any] = {"pk": int(text)} if text.isdecimal() else {"public_id": UUID(text)}
    except ValueError:
        raise CommandError(f"{text} 不是预警编号", returncode=WRONG_USAGE) from None
    alert = known.filter(**key).first()
    if alert is None:
        raise CommandError(f"没有编号为 {text} 的预警", returncode=WRONG_USAGE)
    return alert


def as_json(alert: Alert, said: dict[str, Explanation]) -> str:
    """One object: the case, and under each language what is said of it."""
    return json.dumps(
        {
            "id": str(alert.public_id),
            "rule": alert.rule,
            "subject": alert.subject,
            "period": alert.period,
            "severity": alert.severity,
            "state": alert.state,
            "facts": alert.facts,
            "rule_version": alert.rule_version,
            **{language: asdict(explanation) for language, explanation in said.items()},
        },
        ensure_ascii=False,
        default=_written,
    )


def _written(value: date | Decimal) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:.2f}"


def as_text(alert: Alert, explanation: Explanation, language: str) -> str:
    """The sentence, and a line for each thing that is known."""
    head = f"{alert.rule} {explanation.title} · {alert.subject} {alert.period}".rstrip()
    lines = [f"{head} · {explanation.state}", explanation.sentence]
    for name, label in LABELS[language].items():
        value = getattr(explanation, name)
        if value not in (None, ""):
            lines.append(f"  {label}：{value}" if language == "zh" else f"  {label}: {value}")
    return "\n".join(lines) + "\n"
