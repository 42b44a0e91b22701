"""The table of a run: on the screen, kept beside the district, and in docs/performance.md."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from backend.engines.tuning import GIB, memory_bytes
from backend.environment import BASE_DIR
from bench.district import District
from bench.measuring import MILLISECONDS, Line, spread
from bench.run import Run

DOCUMENT = BASE_DIR / "docs" / "performance.md"
BEGIN, END = "<!-- measured by make bench -->", "<!-- end of what was measured -->"
HEADINGS = ("goal", "what", "product", "floor", "ratio", "by CPU", "goal is", "met", "note")
SLOWEST = 8


def row_of(line: Line) -> tuple[str, ...]:
    """A line as the cells under HEADINGS: medians, with the spread of the rounds."""
    scale = 1000 if line.unit == MILLISECONDS else 1
    rounds = [value * scale for value in line.product]
    floor = f"{median(line.floor) * scale:.3g} {line.unit}" if line.floor else "–"
    return (
        line.goal,
        line.what,
        f"{line.value:.3g} {line.unit} ({spread(rounds)})",
        floor,
        _ratio(line.ratio),
        _by_processor(line),
        f"≤ {line.most:g} ×" if line.floor else f"≤ {line.most:g} {line.unit}",
        "yes" if line.is_met else "no",
        line.note,
    )


def _by_processor(line: Line) -> str:
    if line.floor or line.processor_value is None:
        return _ratio(line.processor_ratio)
    return f"{line.processor_value:.3g} {line.unit}"


def _ratio(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f} ×"


def show(lines: Sequence[Line], console: Console) -> None:
    """The table for who ran it."""
    table = Table(*HEADINGS, title="make bench")
    for line in lines:
        table.add_row(*row_of(line), style=None if line.is_met else "red")
    console.print(table)


def keep(run: Run) -> None:
    """Keep the lines beside the district: other runs of it add to them."""
    kept = results_of(run.district)
    for line in run.lines:
        kept["lines"] = [
            it for it in kept["lines"] if (it["goal"], it["what"]) != (line.goal, line.what)
        ]
        kept["lines"].append(asdict(line))
    kept["rules"] |= run.rules
    kept.setdefault("revisions", {}).update({line.goal: _revision() for line in run.lines})
    kept["taken"] = {"revision": _revision(), "on": f"{date.today()}", "rounds": run.rounds}  # noqa: DTZ011
    _results(run.district).write_text(json.dumps(kept), encoding="utf-8")


def _results(district: District) -> Path:
    return district.home / "results.json"


def results_of(district: District) -> dict[str, Any]:
    """What was kept of a district's runs."""
    path = _results(district)
    if not path.is_file():
        return {"lines": [], "rules": {}, "taken": {}}
    return dict(json.loads(path.read_text(encoding="utf-8")))


def growth(small: District, large: District) -> list[Line]:
    """G14: how much longer the large district takes, by rule and in all; memory."""
    few, many = results_of(small), results_of(large)
    shared = sorted(few["rules"].keys() & many["rules"].keys())
    if not shared:
        return []
    times = many["rules"]
    slowest = sorted(shared, key=lambda rule: -times[rule]["product"])[:SLOWEST]
    factor = large.size / small.size
    line = Line("G14", f"36 rules, {large.size:,} over {small.size:,} students", factor * 1.1)
    line.product.append(sum(times[rule]["product"] for rule in shared))
    line.floor.append(sum(few["rules"][rule]["product"] for rule in shared))
    line.note = "; ".join(
        f"{rule} {times[rule]['product'] / few['rules'][rule]['product']:.1f} ×" for rule in slowest
    )
    return [line, *_memory_growth(few, many)]


def _memory_growth(few: dict[str, Any], many: dict[str, Any]) -> Iterable[Line]:
    found = [
        next((it for it in kept["lines"] if it["what"].startswith("memory of a sweep")), None)
        for kept in (few, many)
    ]
    if found[0] and found[1] and sum(found[0]["product"]):
        line = Line("G14", "memory of a sweep, large over small", 1.1, unit="MB")
        line.product, line.floor = found[1]["product"], found[0]["product"]
        yield line


def write_document(small: District, large: District, machine: str) -> None:
    """Put what was kept between the marks of docs/performance.md; what is written by hand stays."""
    text = DOCUMENT.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    tables = [_table(large, growth(small, large)), _rules(large)]
    if small.home != large.home and results_of(small)["lines"]:
        tables.append(_table(small, []))
    measured = "\n".join([f"\nOn {machine}.", *tables])
    DOCUMENT.write_text(f"{head}{BEGIN}\n{measured}\n{END}{tail}", encoding="utf-8")


def _table(district: District, more: Sequence[Line]) -> str:
    kept = results_of(district)
    taken = kept["taken"]
    own = [Line(**it) for it in kept["lines"] if it["goal"] != "G14"]
    lines = sorted([*own, *more], key=_in_order)
    said = (
        f"\n**{district.size:,} students**, seed {district.seed}, as of {district.on}; medians, in "
        f"brackets the least and the greatest round; {taken['on']}, {_revisions(kept)}.\n"
    )
    head = [said, f"| {' | '.join(HEADINGS)} |", f"|{' --- |' * len(HEADINGS)}"]
    return "\n".join([*head, *(f"| {' | '.join(row_of(line))} |" for line in lines)])


def _revisions(kept: dict[str, Any]) -> str:
    """Which goals were taken at which revision: a run takes some of them anew."""
    goals: dict[str, list[str]] = {}
    for goal, revision in kept.get("revisions", {}).items():
        goals.setdefault(revision, []).append(goal)
    parts = (f"{', '.join(names)} at revision {revision}" for revision, names in goals.items())
    return "; ".join(parts) or f"revision {kept['taken']['revision']}"


def _in_order(line: Line) -> int:
    return int(line.goal[1:])


def _rules(district: District) -> str:
    """The slowest rules alone, without the writing of cases."""
    rules = sorted(results_of(district)["rules"].items(), key=lambda item: -item[1]["product"])
    shown, others = rules[:SLOWEST], rules[SLOWEST:]
    text = [
        "\nRules alone, processor seconds:\n",
        "| rule | product | floor |",
        "|" + " --- |" * 3,
    ]
    text += [f"| {rule} | {it['product']:.2f} | {it['floor']:.2f} |" for rule, it in shown]
    sums = (sum(it[kind] for _, it in others) for kind in ("product", "floor"))
    together = " | ".join(f"{seconds:.2f}" for seconds in sums)
    return "\n".join([*text, f"| the other {len(others)} together | {together} |"])


def machine_facts(run: Run) -> str:
    """What it ran on, without its name or places."""
    version = run.sql("SHOW server_version")[0][0]
    buffers = run.sql("SHOW shared_buffers")[0][0]
    return (
        f"{len(os.sched_getaffinity(0))} processors, {memory_bytes() // GIB} GB, "
        f"PostgreSQL {version} with {buffers} of buffers, Python {platform.python_version()}"
    )


def _revision() -> str:
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "unknown"
