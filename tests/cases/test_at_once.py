"""Judgements at once, with people at work beside them, and judgements that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier, Event, Timer
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

import compliance.cases.judging
from compliance.cases.climbing import escalate_overdue
from compliance.cases.judging import judge
from compliance.cases.moves import acknowledge
from compliance.cases.settling import Judgement, Steps, settle
from compliance.models import Alert, AlertStep, SweepRun
from compliance.subjects import Subjects
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.cases.test_counts import counted, numbered
from tests.rules.builders import insure, make_placement, make_school
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime.fromisoformat("2026-11-12T02:30:00+08:00")


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed returns, all begun together, each on a connection of its own."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, deed) for deed in deeds]]


def state_of_cases() -> list[tuple[Any, ...]]:
    columns = ("rule", "subject", "period", "state", "severity", "since", "facts")
    return list(Alert.objects.order_by("rule", "subject", "period").values_list(*columns))


def test_two_sweeps_at_once_leave_what_one_leaves() -> None:
    break_every_rule()

    outcomes = at_once(lambda: judge(ON, at=AT), lambda: judge(ON, at=AT))

    opened = sorted(outcome.steps["opened"] for outcome in outcomes)
    assert opened == [0, Alert.objects.count()]
    assert AlertStep.objects.count() == Alert.objects.count()
    assert counted() == numbered()
    at_rest = state_of_cases()
    judge(ON, at=AT)
    assert state_of_cases() == at_rest


def test_recheck_waits_for_the_sweep_that_saw_what_was_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    placement = make_placement()
    judge(ON, at=AT)
    gathered, go_on = Event(), Event()

    def settle_later(judgement: Judgement) -> Steps:
        if judgement.sweep is not None:
            gathered.set()
            assert go_on.wait(timeout=30)
        return settle(judgement)

    def insure_and_recheck() -> None:
        assert gathered.wait(timeout=30)
        insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31))
        # Who waits is let go by the clock; who does not wait lets the other go when done
        timer = Timer(3, go_on.set)
        timer.start()
        judge(ON, at=AT, subjects=Subjects(placements=frozenset({placement.pk})))
        timer.cancel()
        go_on.set()

    monkeypatch.setattr(compliance.cases.judging, "settle", settle_later)
    at_once(lambda: judge(ON, at=AT), insure_and_recheck)

    assert Alert.objects.get(rule="INS-01").state == "cured"


def test_people_acknowledge_while_a_sweep_runs_and_neither_is_lost() -> None:
    break_every_rule()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=make_school())
    judge(ON, at=AT)
    cases = list(Alert.objects.exclude(school=None).order_by("pk"))
    actor = as_actor(coordinator)

    def acknowledge_all() -> None:
        for alert in cases:
            acknowledge(alert, actor=actor, at=AT)

    at_once(lambda: judge(ON, at=AT), acknowledge_all, lambda: judge(ON, at=AT), acknowledge_all)

    states = set(Alert.objects.exclude(school=None).values_list("state", flat=True))
    assert states == {"acknowledged"}
    assert AlertStep.objects.filter(kind="acknowledged").count() == len(cases)
    assert counted() == numbered()


def test_two_looks_at_what_is_overdue_write_each_step_once() -> None:
    break_every_rule()
    judge(ON, at=AT)
    late = datetime.fromisoformat("2026-12-12T07:00:00+08:00")

    at_once(*[lambda: escalate_overdue(late.date(), at=late)] * 3)

    steps = list(AlertStep.objects.filter(kind="escalated").values_list("alert", "level"))
    assert len(steps) == len(set(steps)) > 0


@pytest.mark.parametrize("seam", ["mid-sweep", "after-publish", "before-commit"])
def test_sweep_that_is_killed_leaves_nothing_and_run_again_gives_each_case_once(seam: str) -> None:
    break_every_rule()
    name = connection.settings_dict["NAME"]
    environment = os.environ | {
        "SHUANGYUAN_CHECKPOINT": f"{seam}:kill",
        "DATABASE_URL": _url(name, "DATABASE_URL"),
        "DATABASE_OWNER_URL": _url(name, "DATABASE_OWNER_URL"),
    }

    killed = subprocess.run(
        [sys.executable, "manage.py", "sweep", "--write", "--as-of", f"{ON}"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert not Alert.objects.exists()
    assert not SweepRun.objects.exists()
    outcome = judge(ON, at=AT)
    assert outcome.steps == {"opened": Alert.objects.count()}
    assert AlertStep.objects.count() == Alert.objects.count()


def _url(name: str, variable: str) -> str:
    """The suite's address of the database, with the name of the test's own."""
    base, _, query = os.environ[variable].partition("?")
    return base.rpartition("/")[0] + f"/{name}" + (f"?{query}" if query else "")
