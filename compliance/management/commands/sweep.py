"""Says what is wrong in the district on a day: JSON by the interchange contract, or a table."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from common.command_days import a_day
from common.law_rows import sync_law
from compliance.cases.judging import judge
from compliance.cases.meanwhile import JudgedLater
from compliance.cases.words import StepKind
from compliance.registry import Rule, all_rules
from compliance.reports import Overview, SpooledArray
from compliance.sweep import Keep, SweepOutcome, sweep
from people.models import School

WRONG_USAGE, PARTIAL = 2, 3


class Command(BaseCommand):
    help = "按日期检查全区实习安排，列出违反规定的事项；加 --write 同时立案、更新和结案"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=a_day, metavar="DATE", help="检查日期，默认今天")
        parser.add_argument("--format", choices=("json", "table"), default="table", dest="shape")
        parser.add_argument(
            "--rule", action="append", default=[], metavar="ID", help="只输出这条规则，可重复"
        )
        parser.add_argument("--school", metavar="CODE", help="只输出这所学校（学校标识码）的预警")
        parser.add_argument(
            "--write", action="store_true", help="同时把结果写成预警：立案、更新、重新立案、结案"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["as_of"] or timezone.localdate()
        rules = chosen_rules(options["rule"])
        school = chosen_school(options["school"])
        sync_law()
        report = SpooledArray() if options["shape"] == "json" else Overview(on)
        started = time.monotonic()
        refused = options["write"] and on > timezone.localdate()
        if refused:
            self.stderr.write(f"没有写入：{on} 还没有到，只能按今天或更早的日期立案或结案")
        writes = options["write"] and not refused
        ask: Callable[..., SweepOutcome] = self._judge if writes else sweep
        try:
            outcome = ask(on, keep=report.keep, rules=rules, school=school)
        except JudgedLater as later:
            refused = True
            self.stderr.write(
                f"没有写入：已按 {later.latest} 检查过，不能再按更早的 {on} 立案或结案"
            )
            outcome = sweep(on, keep=report.keep, rules=rules, school=school)
        self._warn(outcome)
        if isinstance(report, SpooledArray):
            report.write(self._print)
        else:
            report.write(
                self._print,
                rules={rule.id: rule for rule in rules},
                seconds=time.monotonic() - started,
                colour=self.stdout.isatty(),
            )
        if refused or outcome.failed:
            sys.exit(WRONG_USAGE if refused else PARTIAL)

    def _judge(
        self, on: date, *, keep: Keep, rules: Sequence[Rule], school: School | None
    ) -> SweepOutcome:
        """Bring the cases up to date by the whole district, whatever is printed of it."""
        narrowed = school is not None or len(rules) < len(all_rules())
        judged = judge(on, at=timezone.now(), keep=None if narrowed else keep)
        done = "，".join(f"{StepKind(kind).label} {n}" for kind, n in sorted(judged.steps.items()))
        self.stderr.write(f"预警 {judged.findings} 条：{done or '没有变化'}")
        if not narrowed:
            return judged
        printed = sweep(on, keep=keep, rules=rules, school=school)
        printed.failed.update(judged.failed)
        return printed

    def _warn(self, outcome: SweepOutcome) -> None:
        for name, error in outcome.failed.items():
            self.stderr.write(f"{name}: 出错，没有结果：{error}")
        for year in outcome.years_without_notice:
            self.stderr.write(f"calendar {year}: notified days off are not known")

    def _print(self, text: str) -> None:
        self.stdout.write(text, ending="")


def chosen_rules(rule_ids: list[str]) -> list[Rule]:
    """The rules with these ids, or all; refuses an id nobody knows."""
    known = {rule.id: rule for rule in all_rules()}
    for rule_id in rule_ids:
        if rule_id not in known:
            raise CommandError(
                f"没有规则 {rule_id}；已有：{' '.join(known)}", returncode=WRONG_USAGE
            )
    return [rule for rule in known.values() if not rule_ids or rule.id in rule_ids]


def chosen_school(code: str | None) -> School | None:
    """The school with this 学校标识码, or None for all; refuses a code nobody knows."""
    if code is None:
        return None
    school = School.objects.filter(code=code).first()
    if school is None:
        raise CommandError(f"没有学校标识码为 {code} 的学校", returncode=WRONG_USAGE)
    return school
