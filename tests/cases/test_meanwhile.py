"""Rechecks go on while a sweep asks, and neither writes over the other's later answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

import compliance.cases.judging
from audit.models import Outbox
from compliance.cases.judging import judge
from compliance.cases.meanwhile import JudgedLater, JudgedMeanwhile
from compliance.models import Alert, AlertStep, SweepRun
from compliance.recheck import recheck
from compliance.registry import Rule
from compliance.subjects import Subjects, touched_by
from exchange.loading.district import load_district
from insurance.models import InsuredPeriod
from internships.models import Placement
from tests.cases.test_at_once import AT, at_once, state_of_cases
from tests.cases.test_counts import counted, numbered
from tests.loading.samples import keys_of, sample, write_folder
from tests.rules.builders import insure, make_placement
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = (date(2026, 9, 1), date(2026, 12, 31))


def recheck_placements(on: date = ON) -> None:
    """Judge every placement, with whatever hangs on it, as the worker does."""
    subjects = touched_by([{"placements": list(Placement.objects.values_list("pk", flat=True))}])
    judge(on, at=AT, subjects=subjects)


def during_a_sweep(
    monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object], *, on: date = ON
) -> None:
    """Sweep as of `on`; once it has asked the last rule and not yet settled, do the deed."""
    asked, done = Event(), Event()
    gather = compliance.cases.judging.gather_findings

    def gather_and_wait(rule: Rule, *args: Any, **options: Any) -> int:
        number = gather(rule, *args, **options)
        if rule.id == "TIME-04" and not asked.is_set():
            asked.set()
            assert done.wait(timeout=60)
        return number

    def wait_and_do() -> None:
        assert asked.wait(timeout=60)
        deed()
        done.set()

    monkeypatch.setattr(compliance.cases.judging, "gather_findings", gather_and_wait)
    at_once(lambda: judge(on, at=AT), wait_and_do)
    monkeypatch.undo()


def test_cured_while_a_sweep_asks_stays_cured(monkeypatch: pytest.MonkeyPatch) -> None:
    placement = make_placement()
    judge(ON, at=AT)

    def insure_and_recheck() -> None:
        insure(placement.learner, *WHOLE)
        recheck_placements()

    during_a_sweep(monkeypatch, insure_and_recheck)

    assert Alert.objects.get(rule="INS-01").state == "cured"
    assert AlertStep.objects.filter(alert__rule="INS-01").count() == 2
    assert not Outbox.objects.filter(topic="recheck", payload__has_key="apprentices").exists()


def test_opened_while_a_sweep_asks_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    placement = make_placement()
    insure(placement.learner, *WHOLE)

    def take_cover_and_recheck() -> None:
        InsuredPeriod.objects.all().delete()
        recheck_placements()

    during_a_sweep(monkeypatch, take_cover_and_recheck)

    assert Alert.objects.get(rule="INS-01").state == "open"
    assert list(AlertStep.objects.filter(alert__rule="INS-01").values_list("kind", flat=True)) == [
        "opened"
    ]


def test_whoever_was_not_judged_meanwhile_is_judged_by_the_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cured, other = make_placement(), make_placement()

    def insure_and_recheck() -> None:
        insure(cured.learner, *WHOLE)
        judge(ON, at=AT, subjects=touched_by([{"placements": [cured.pk]}]))

    during_a_sweep(monkeypatch, insure_and_recheck)
    left = state_of_cases()
    judge(ON, at=AT)

    assert list(Alert.objects.filter(rule="INS-01").values_list("subject", flat=True)) == [
        other.code
    ]
    assert state_of_cases() == left
    assert not JudgedMeanwhile.objects.exists()
    assert counted() == numbered()


def test_recheck_as_of_yesterday_during_tonights_sweep_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    placement = make_placement()

    during_a_sweep(
        monkeypatch, lambda: recheck_placements(on=ON), on=date.fromordinal(ON.toordinal() + 1)
    )

    message = Outbox.objects.filter(topic="recheck").latest("id")
    assert message.payload["placements"] == [placement.pk]
    assert message.payload["learners"] == [placement.learner_id]


def test_sweeps_and_rechecks_at_once_leave_what_one_sweep_leaves() -> None:
    break_every_rule()

    at_once(
        lambda: judge(ON, at=AT), recheck_placements, recheck_placements, lambda: judge(ON, at=AT)
    )
    left = state_of_cases()
    outcome = judge(ON, at=AT)

    assert state_of_cases() == left
    assert not outcome.steps
    assert AlertStep.objects.filter(kind="opened").count() == len(left)
    assert counted() == numbered()


def test_earlier_day_is_refused_after_a_later_one_was_swept() -> None:
    make_placement()
    judge(ON, at=AT)
    before = state_of_cases()

    with pytest.raises(JudgedLater):
        judge(ON - timedelta(days=1), at=AT)

    assert state_of_cases() == before
    assert SweepRun.objects.count() == 1


def test_recheck_of_an_earlier_day_is_made_as_of_the_day_last_swept() -> None:
    placement = make_placement()
    judge(ON, at=AT)
    before = state_of_cases()

    recheck(Subjects(placements=frozenset({placement.pk})), on=ON - timedelta(days=1), at=AT)

    assert state_of_cases() == before
    assert AlertStep.objects.count() == len(before)


def test_rehearsal_of_a_day_to_come_binds_nobody() -> None:
    make_placement()
    judge(ON + timedelta(days=30), at=AT)

    judge(ON, at=AT)

    facts = Alert.objects.get(rule="INS-01").facts
    assert facts["gaps"][-1][-1] == f"{ON}"


def test_writing_as_of_an_earlier_day_prints_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_placement()
    judge(date(2026, 11, 12), at=datetime.fromisoformat("2026-11-12T02:30:00+08:00"))
    before = state_of_cases()

    with pytest.raises(SystemExit) as ended:
        call_command("sweep", "--write", "--as-of", "2026-11-10", "--format", "json")

    assert ended.value.code == 2
    said = capsys.readouterr()
    assert '"INS-01"' in said.out
    assert "2026-11-12" in said.err
    assert state_of_cases() == before


@pytest.mark.parametrize("retract", [False, True])
def test_district_that_is_loaded_or_taken_back_waits_for_the_sweep_that_asks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, retract: bool
) -> None:
    whole = write_folder(sample(), tmp_path / "whole")
    keys = write_folder(keys_of(sample()), tmp_path / "keys")
    if retract:
        load_district(whole, at=AT, by="test")
    waiting, reports = Event(), []

    def change_the_district() -> None:
        waiting.set()
        reports.append(load_district(keys if retract else whole, at=AT, by="test", retract=retract))
        connection.close()

    def begin_and_see_it_wait() -> None:
        change.start()
        assert waiting.wait(timeout=60)
        change.join(timeout=1)
        assert change.is_alive()

    change = Thread(target=change_the_district)
    during_a_sweep(monkeypatch, begin_and_see_it_wait)
    change.join(timeout=60)

    assert [report.problems for report in reports] == [[]]
    assert SweepRun.objects.count() == 1
    assert Alert.objects.exists() == retract
