"""G11 and G12: what a worker holds in memory, and what the figures of the pages take."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.goals.judging import python_of_the_run
from bench.measuring import MEGABYTES, MILLISECONDS, Line, in_rounds
from bench.run import Run
from bench.workers import answer, signed_in
from compliance.cases.judging import judge
from compliance.models import Alert, AlertCount
from console.accounts.demo import demo_users
from console.district import figures
from console.district.holders import overdue_by_holder
from console.district.matrix import matrix
from console.today.lanes import lanes
from console.unjudged import silence
from people.actors import Actor, actor_for
from people.roles import Role

MEMORY = ("bare", "product")
PAGES = {
    Role.COMMISSION: ("/district", "/alerts", "/alerts?hand=mine"),
    Role.SCHOOL_COORDINATOR: ("/today", "/alerts", "/alerts?hand=mine"),
    Role.SCHOOL_TEACHER: ("/today", "/alerts"),
}


def measure_memory(run: Run) -> None:
    """G11: a worker that has answered its pages, beside a bare Django and DRF one."""
    run.say("G11")
    demo_users(on=run.district.on)
    line = Line("G11", "memory of a web worker", 1.6, unit=MEGABYTES)
    for _ in range(run.rounds):
        bare, product = (
            json.loads(python_of_the_run(["-m", "bench.workers", kind, f"{run.district.on}"]))
            for kind in MEMORY
        )
        line.product.append(product["resident_mb"])
        line.floor.append(bare["resident_mb"])
    run.lines.append(line)


def measure_figures(run: Run) -> None:
    """G12: each figure of the pages of the day and of the district, and the counts of the list."""
    run.say("G12")
    if not Alert.objects.exists():
        judge(run.district.on, at=run.at)
    users = demo_users(on=run.district.on)
    commission = actor_for(users[Role.COMMISSION], on=run.district.on)
    coordinator = actor_for(users[Role.SCHOOL_COORDINATOR], on=run.district.on)
    for what, figure in _figures(commission, coordinator).items():
        figure()
        run.lines.append(
            in_rounds(run.clock, Line("G12", what, 50, unit=MILLISECONDS), run.rounds, figure)
        )
    assert _counted() == _rolled_up(), "the roll-up of cases differs from their number"
    run.lines[-1].note = "roll-up equals the scan"


def measure_pages(run: Run) -> None:
    """Whole pages, signed in, with everything on: 300 ms is asked of the pages of a district."""
    run.say("pages")
    users = demo_users(on=run.district.on)
    for role, addresses in PAGES.items():
        browser = signed_in(users[role])
        for address in addresses:
            get = partial(answer, browser, address)
            get()
            line = Line(
                "G12", f"page {address} of a {role.value.replace('_', ' ')}", 300, unit=MILLISECONDS
            )
            run.lines.append(in_rounds(run.clock, line, run.rounds, get))


def _figures(commission: Actor, coordinator: Actor) -> dict[str, Callable[[], Any]]:
    return {
        "district: covered today": lambda: figures.covered_today(commission, None),
        "district: paid last month": lambda: figures.paid_last_month(commission, None),
        "district: red cases by age": lambda: figures.ages(commission, None),
        "district: oldest red case": lambda: figures.oldest(commission, None),
        "district: hosts by school": lambda: matrix(commission, None),
        "district: overdue by holder": lambda: overdue_by_holder(commission, None),
        "today: five lanes of a school": lambda: lanes(coordinator, silence()),
        "cases by rule and state": lambda: _totals(commission),
    }


def _totals(actor: Actor) -> list[Any]:
    return list(AlertCount.objects.visible_to(actor).totals("rule", "severity", "state"))


def _rolled_up() -> dict[tuple[str, str], int]:
    return {
        (row["rule"], row["state"]): row["total"]
        for row in AlertCount.objects.totals("rule", "state")
    }


def _counted() -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for key in Alert.objects.values_list("rule", "state"):
        found[key] = found.get(key, 0) + 1
    return found
