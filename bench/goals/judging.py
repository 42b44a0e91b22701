"""G1, G2, G3: what a judgement of the district costs, and what one of a single placement does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from statistics import median
from typing import Any

from django.db import connection, transaction

from backend.environment import BASE_DIR
from bench.district import run_command
from bench.floor_sql import floor_of
from bench.measuring import MEGABYTES, MILLISECONDS, Line, in_rounds
from bench.run import Run
from compliance.cases.judging import judge
from compliance.models import Alert
from compliance.registry import Rule, all_rules
from compliance.subjects import touched_by
from compliance.sweep import plan_for_whole_tables
from internships.models import Placement

G1_RULES = ("INS-01", "INS-02", "PAY-04", "PAY-09")
FLOOR_TABLE = """
    CREATE SCHEMA IF NOT EXISTS bench;
    CREATE TABLE IF NOT EXISTS bench.alert (id bigserial PRIMARY KEY, rule text NOT NULL,
        subject text NOT NULL, period text NOT NULL, UNIQUE (rule, subject, period));
"""
RECHECKED = 40


def measure_four_rules(run: Run) -> None:
    """G1: four rules with their cases written, when there are none yet and when all are there."""
    four = [rule for rule in all_rules() if rule.id in G1_RULES]
    run.sql(FLOOR_TABLE)
    first = Line("G1", "four rules, cases opened", 2.0)
    again = Line("G1", "four rules, nothing new", 2.0)
    with run.session() as session:
        for round_number in range(run.rounds):
            run.say(f"G1 round {round_number + 1}")
            run.forget_cases()
            session.execute("TRUNCATE bench.alert")
            for line in (first, again):
                product = run.clock.take(lambda: _judge(run, four))
                line.add(product, run.clock.take(lambda: write_floors(session, G1_RULES, run)))
        (number,) = session.execute("SELECT count(*) FROM bench.alert").fetchone() or (0,)
    first.note = f"{Alert.objects.count()} cases, {number} by the floor"
    run.lines += [first, again]


def measure_contract(run: Run) -> None:
    """G2: all rules over the district against one pass of raw SQL each; memory; a repeat."""
    run.sql(FLOOR_TABLE)
    ids = [rule.id for rule in all_rules()]
    first = Line("G2", "36 rules, cases opened", 3.0)
    again = Line("G2", "36 rules, nothing new", 3.0)
    opened = 0
    with run.session() as session:
        for round_number in range(run.rounds):
            run.say(f"G2 round {round_number + 1}")
            run.forget_cases()
            session.execute("TRUNCATE bench.alert")
            for line in (first, again):
                product = run.clock.take(lambda: _judge(run, None))
                line.add(product, run.clock.take(lambda: write_floors(session, ids, run)))
            opened = Alert.objects.count()
    outcome = _judge(run, None)
    first.note = f"{opened} cases"
    again.note = f"a repeat writes {sum(outcome.steps.values())} steps"
    run.lines += [first, again]


def _judge(run: Run, rules: Sequence[Rule] | None) -> Any:
    outcome = judge(run.district.on, at=run.at, rules=rules)
    assert not outcome.failed, outcome.failed
    return outcome


def write_floors(session: Any, rule_ids: Sequence[str], run: Run) -> None:
    """The floors of the rules, each written into a table with a unique key."""
    with session.transaction():
        session.execute("SET LOCAL enable_nestloop = off")
        for rule_id in rule_ids:
            session.execute(
                f"INSERT INTO bench.alert (rule, subject, period) SELECT '{rule_id}', found.* "  # noqa: S608  ours
                f"FROM ({floor_of(rule_id)}) AS found (subject, period) ON CONFLICT DO NOTHING",
                {"on": run.district.on},
            )


def measure_memory(run: Run) -> None:
    """A sweep's peak memory over that of a process that has started and done nothing."""
    run.say("memory")
    idle = run_command(["check", "--verbosity", "0"])["peak_mb"]
    sweep = run_command(["sweep", "--write", "--as-of", f"{run.district.on}", "--format", "json"])
    line = Line("G2", "memory of a sweep over an idle process", 100, unit=MEGABYTES)
    line.product.append(sweep["peak_mb"] - idle)
    line.note = f"{sweep['peak_mb']:.0f} MB in all"
    run.lines.append(line)


def measure_rules(run: Run) -> None:
    """Each rule alone against its floor: where time goes, and what growth is reckoned by."""
    for rule in all_rules():
        run.say(rule.id)
        line = in_rounds(
            run.clock,
            Line("rules", rule.id, 3.0),
            max(1, run.rounds // 2),
            lambda rule=rule: _ask(rule, run),  # type: ignore[misc]
            lambda rule=rule: _ask_floor(rule, run),  # type: ignore[misc]
        )
        run.rules[rule.id] = {
            "product": median(line.product_processor),
            "floor": median(line.floor_processor),
        }


@transaction.atomic
def _ask(rule: Rule, run: Run) -> None:
    plan_for_whole_tables()
    for _ in rule.alerts(run.district.on):
        pass


@transaction.atomic
def _ask_floor(rule: Rule, run: Run) -> None:
    plan_for_whole_tables()
    with connection.cursor() as cursor:
        cursor.execute(floor_of(rule.id), {"on": run.district.on})
        cursor.fetchall()


def measure_recheck(run: Run) -> None:
    """G3: one changed placement with its post, host and student: every rule, cases written."""
    run.say("G3")
    if not Alert.objects.exists():
        _judge(run, None)
    keys = list(
        Placement.objects.filter(status="active").order_by("code").values_list("pk", flat=True)
    )
    chosen = keys[:: max(1, len(keys) // RECHECKED)][:RECHECKED]

    def recheck(key: int) -> None:
        with transaction.atomic():
            judge(run.district.on, at=run.at, subjects=touched_by([{"placements": [key]}]))

    connection.close()
    cold = Line("G3", "first recheck of a new session", 1000, unit=MILLISECONDS)
    cold.add(run.clock.take(lambda: recheck(keys[0])))
    cold.note = "no goal: once an hour a worker"
    recheck(keys[0])
    line = Line("G3", "recheck of one placement", 50, unit=MILLISECONDS)
    for key in chosen:
        line.add(run.clock.take(lambda key=key: recheck(key)))  # type: ignore[misc]
    line.note = f"{len(chosen)} placements"
    run.lines += [line, cold]


def python_of_the_run(words: Sequence[str]) -> str:
    """What a Python process of ours says, started with these words."""
    return subprocess.run(
        [sys.executable, *words], cwd=BASE_DIR, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
