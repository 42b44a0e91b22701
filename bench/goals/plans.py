"""How PostgreSQL answers the slowest rules and their floors: kept in bench/plans to be compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from bench.floor_sql import floor_of
from bench.run import Run
from compliance.found_rows import COLUMNS
from compliance.registry import all_rules
from compliance.sweep import plan_for_whole_tables

PLANS = Path(__file__).resolve().parents[1] / "plans"
SLOWEST = ("ATT-01", "PAY-04", "PAY-09", "TIME-02")


def keep_plans(run: Run) -> None:
    """Write the plan of each slow rule and of its floor, with times and rows."""
    PLANS.mkdir(exist_ok=True)
    for rule in all_rules():
        if rule.id not in SLOWEST:
            continue
        run.say(f"plan of {rule.id}")
        asked = rule.broken(run.district.on).order_by().values(*COLUMNS)
        product, values = asked.query.sql_with_params()
        _keep(f"{rule.id}.product", product, values)
        _keep(f"{rule.id}.floor", floor_of(rule.id), {"on": run.district.on})


@transaction.atomic
def _keep(name: str, statement: str, values: tuple[Any, ...] | Mapping[str, Any]) -> None:
    plan_for_whole_tables()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) {statement}", values)
        text = "\n".join(line for (line,) in cursor.fetchall())
    (PLANS / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
