"""`make bench`: build or reuse the district, measure, print one table, keep it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date

import django
from rich.console import Console

from bench.district import ON, SEED, District, say

QUICK = 13_000
GOALS = ("G1", "G2", "G3", "G9", "G10", "G11", "G12", "pages", "memory", "rules", "plans", "G14")


def read_arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What to measure, on how large a district, in how many rounds."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--size", type=int, default=130_000, help="students, default 130000")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--on", type=date.fromisoformat, default=ON, help="as-of day")
    parser.add_argument(
        "--attendance-days", type=int, default=None, help="only the latest days of attendance"
    )
    parser.add_argument("--rounds", type=int, default=5, help="of each measure, default 5")
    parser.add_argument("--only", default="", help=f"of {','.join(GOALS)}, default all")
    parser.add_argument("--write", action="store_true", help="put the table into the document")
    arguments = parser.parse_args(words)
    arguments.goals = (
        arguments.only.split(",") if arguments.only else [it for it in GOALS if it != "plans"]
    )
    if unknown := set(arguments.goals) - set(GOALS):
        parser.error(f"no goal {', '.join(sorted(unknown))}")
    return arguments


def main() -> int:
    """Measure; 0 also where a goal is not met, which the table says."""
    arguments = read_arguments()
    district = District(arguments.size, arguments.seed, arguments.on, arguments.attendance_days)
    try:
        district.start()
        measure(district, arguments)
    finally:
        district.stop()
    return 0


def measure(district: District, arguments: argparse.Namespace) -> None:
    """Measure what was asked for on the running district, and say it."""
    django.setup()
    from bench import report
    from bench.goals import judging, loading, plans, reading
    from bench.measuring import Clock
    from bench.run import Run

    assert district.engines is not None
    assert district.engines.postgres is not None
    assert district.engines.postgres.process is not None
    goals: dict[str, Callable[[Run], None]] = {
        "G1": judging.measure_four_rules,
        "G2": judging.measure_contract,
        "G3": judging.measure_recheck,
        "G9": loading.measure_roster,
        "G10": loading.measure_load,
        "G11": reading.measure_memory,
        "G12": reading.measure_figures,
        "pages": reading.measure_pages,
        "memory": judging.measure_memory,
        "rules": judging.measure_rules,
        "plans": plans.keep_plans,
    }
    run = Run(district, Clock(district.engines.postgres.process.pid), arguments.rounds, say)
    for name in arguments.goals:
        if name in goals:
            goals[name](run)
            report.keep(run)
    small = District(QUICK, district.seed, district.on, root=district.root)
    if "G14" in arguments.goals and district.size > QUICK:
        run.lines += report.growth(small, district)
    report.keep(run)
    report.show(run.lines, Console())
    if arguments.write:
        report.write_document(small, district, report.machine_facts(run))


if __name__ == "__main__":
    sys.exit(main())
