"""`python -m tests.mutants [MODULE …]`: flip each comparison, and name what nobody notices.

Loads 200 generated districts into a database of its own once; each mutant then runs in a process of
its own against it. Ends with 1 when a mutant survives. `--jobs` runs so many at a time."""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tests.mutants.alike import why_alike
from tests.mutants.expectations import expect
from tests.mutants.flips import Flip, flips
from tests.mutants.targets import ROOT, Target, all_targets, rules

DISTRICTS = range(200)
Mutant = tuple[Target, Flip]


def prepare(folder: Path) -> Path:
    """Engines of the suite's kind, a migrated database with every district; what is expected."""
    from tests import conftest as suite

    suite.start_engines()
    from django.core.management import call_command
    from django.db import connection

    from exchange.loading.district import load_district
    from tests.districts.making import Generated
    from tests.districts.spelling import plain

    call_command("migrate", verbosity=0)
    tables, expected = expect(DISTRICTS)
    plain(Generated(0, tables, (), ()), folder)
    report = load_district(folder, at=datetime(2026, 10, 5, tzinfo=UTC), by="mutants")
    assert not report.is_refused, report.problems[:3]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()
    where = folder / "expected.pickle"
    where.write_bytes(pickle.dumps(expected))
    return where


def judged(where: Path, target: Target, number: int) -> str:
    """Who noticed; empty when nobody did."""
    told = subprocess.run(
        [
            *(sys.executable, "-m", "tests.mutants.judge"),
            *(str(where), target.module, target.classes, str(number)),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode == 0:
        return ""
    return told.stdout.strip() or (told.stderr.strip() or "no word").splitlines()[-1]


def mutants(targets: list[Target]) -> Iterator[Mutant]:
    for target in targets:
        for flip in flips(target.source, target.classes):
            yield target, flip


def run(where: Path, chosen: list[Mutant], jobs: int, console: Console) -> tuple[list[Mutant], int]:
    """The mutants that survive although a district could tell them apart; how many are alike."""
    survivors: list[Mutant] = []
    alike = 0
    with Progress(console=console) as progress, ThreadPoolExecutor(jobs) as pool:
        task = progress.add_task("mutants", total=len(chosen))
        answers = pool.map(lambda mutant: judged(where, mutant[0], mutant[1].number), chosen)
        for (target, flip), told in zip(chosen, answers, strict=True):
            progress.advance(task)
            place = f"{target.path.relative_to(ROOT)}:{flip}"
            reason = why_alike(target.module, flip.what)
            if told:
                progress.print(f"noticed   {place}  [{told}]", markup=False)
            elif reason:
                alike += 1
                progress.print(f"alike     {place}  [{reason}]", markup=False)
            else:
                survivors.append((target, flip))
                progress.print(f"SURVIVED  {place}", markup=False)
    return survivors, alike


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("modules", nargs="*", help="only these modules; `rules` for all rules")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="name the mutants and run none")
    given = parser.parse_args()
    targets = all_targets()
    if given.modules == ["rules"]:
        targets = rules()
    elif given.modules:
        targets = [target for target in targets if target.module in given.modules]
    chosen = list(mutants(targets))
    console = Console(width=180, highlight=False)
    if given.list:
        for target, flip in chosen:
            console.print(f"{target.module}:{flip}", markup=False)
        return 0
    with tempfile.TemporaryDirectory(prefix="sy-mutants-") as folder:
        where = prepare(Path(folder))
        for target in targets:
            told = judged(where, target, -1)
            if told:
                console.print(f"{target.module} differs before anything is flipped: {told}")
                return 2
        survivors, alike = run(where, chosen, given.jobs, console)
    noticed = len(chosen) - alike - len(survivors)
    console.print(
        f"{len(chosen)} mutants, {noticed} noticed, {alike} alike, {len(survivors)} survived"
    )
    for target, flip in survivors:
        console.print(f"SURVIVED  {target.path.relative_to(ROOT)}:{flip}", markup=False)
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
