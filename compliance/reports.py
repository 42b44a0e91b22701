"""How a sweep is shown: the contract's JSON array, or a table for people."""

from __future__ import annotations

import heapq
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from tempfile import SpooledTemporaryFile

from rich.console import Console
from rich.table import Table

from compliance.findings import Finding, Severity
from compliance.registry import Rule

IN_MEMORY_BYTES = 8 * 1024 * 1024
CHUNK = 64 * 1024
WORST_SHOWN = 10
SEVERITIES = tuple(Severity)
STYLES = {
    Severity.BLOCK: "bold red",
    Severity.CRITICAL: "red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
}

Write = Callable[[str], object]


class SpooledArray:
    """The JSON array, kept on disk beyond a few megabytes until every rule has spoken."""

    def __init__(self) -> None:
        self._spool = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES, mode="w+b")  # noqa: SIM115

    def keep(self, alerts: Iterator[Finding]) -> int:
        """Add a rule's alerts and count them; none of them stays when the rule fails midway."""
        start, count = self._spool.tell(), 0
        try:
            for count, alert in enumerate(alerts, start=1):  # noqa: B007  counted for the caller
                self._spool.write(b"," if self._spool.tell() else b"")
                self._spool.write(alert.to_json().encode())
        except BaseException:
            self._spool.seek(start)
            self._spool.truncate()
            raise
        return count

    def write(self, write: Write) -> None:
        """Write the array and a line feed."""
        self._spool.seek(0)
        text = io.TextIOWrapper(self._spool, encoding="utf-8", newline="")
        write("[")
        while chunk := text.read(CHUNK):
            write(chunk)
        write("]\n")


@dataclass
class Overview:
    """Counts by rule and severity, and the ten worst by severity, then days open."""

    on: date
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    worst: list[Finding] = field(default_factory=list)

    def keep(self, alerts: Iterator[Finding]) -> int:
        """Count a rule's alerts; nothing of them stays when the rule fails midway."""
        counts: Counter[str] = Counter()

        def counted() -> Iterator[Finding]:
            for alert in alerts:
                counts[alert.severity] += 1
                yield alert

        worst = heapq.nsmallest(WORST_SHOWN, counted(), key=self._badness)
        if worst:
            self.counts[worst[0].rule] = counts
            self.worst = sorted([*self.worst, *worst], key=self._badness)[:WORST_SHOWN]
        return counts.total()

    def _badness(self, alert: Finding) -> tuple[int, int, str, str, str]:
        rank = [severity.value for severity in SEVERITIES].index(alert.severity)
        return rank, -alert.days_open(self.on), alert.rule, alert.subject, alert.period

    def write(self, write: Write, *, rules: dict[str, Rule], seconds: float, colour: bool) -> None:
        """Write both tables and the time taken."""
        text = io.StringIO()
        console = Console(file=text, width=150, force_terminal=colour, highlight=False)
        console.print(self._counts_table(rules))
        if self.worst:
            console.print(self._worst_table(rules))
        total = sum(counts.total() for counts in self.counts.values())
        console.print(f"{self.on:%Y-%m-%d}：共 {total} 条预警，检查用时 {seconds:.2f} 秒")
        if total:
            console.print(
                "全部预警及其事实：加 --format json；只看一条规则或一所学校：--rule、--school"
            )
        write(text.getvalue())

    def _counts_table(self, rules: dict[str, Rule]) -> Table:
        table = Table(title=f"{self.on:%Y-%m-%d} 预警汇总", title_justify="left")
        table.add_column("规则")
        table.add_column("名称")
        for severity in SEVERITIES:
            table.add_column(str(severity.label), justify="right", style=STYLES[severity])
        for rule_id, counts in sorted(self.counts.items()):
            cells = [str(counts[severity] or "") for severity in SEVERITIES]
            table.add_row(rule_id, str(rules[rule_id].title), *cells)
        return table

    def _worst_table(self, rules: dict[str, Rule]) -> Table:
        table = Table(title="最严重的十条（先看等级，再看已持续天数）", title_justify="left")
        for name in ("等级", "规则", "名称", "对象", "期间", "起始日"):
            table.add_column(name)
        table.add_column("已持续天数", justify="right")
        table.add_column("依据")
        for alert in self.worst:
            severity = Severity(alert.severity)
            table.add_row(
                str(severity.label),
                alert.rule,
                str(rules[alert.rule].title),
                alert.subject,
                alert.period,
                "" if alert.since is None else f"{alert.since:%Y-%m-%d}",
                str(alert.days_open(self.on)),
                rules[alert.rule].article.source,
                style=STYLES[severity],
            )
        return table
