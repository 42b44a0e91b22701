"""`sweep --write` prints what a sweep prints and leaves the cases, whatever is narrowed."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

import compliance.cases.judging
from compliance.cases.gathering import gather_findings
from compliance.models import Alert, SweepRun
from compliance.registry import Rule
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db


def run(**options: Any) -> tuple[str, str, int]:
    """Standard output, standard error and exit status."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("sweep", stdout=out, stderr=err, **{"as_of": ON, "shape": "json", **options})
    except SystemExit as left:
        status = int(str(left.code))
    return out.getvalue(), err.getvalue(), status


def test_writing_prints_the_same_bytes_and_opens_the_cases() -> None:
    break_every_rule()
    printed, _, _ = run()
    assert not Alert.objects.exists()

    written, errors, status = run(write=True)

    assert written == printed
    assert "立案" in errors
    assert status == 0
    assert Alert.objects.count() == printed.count('"rule":')


def test_narrowed_writing_prints_a_part_and_writes_the_whole() -> None:
    break_every_rule()

    text, _, _ = run(write=True, rule=["INS-01"])

    assert set(Alert.objects.values_list("rule", flat=True)) > {"INS-01"}
    assert '"rule":"INS-01"' in text
    assert '"rule":"INS-05"' not in text


def test_printed_array_does_not_depend_on_cases_and_waivers() -> None:
    break_every_rule()
    first, _, _ = run(write=True)
    Alert.objects.update(state="cured", closed_at="2026-11-12T00:00Z")

    assert run()[0] == first
    assert run(write=True)[0] == first


def test_rule_that_fails_ends_writing_as_partial(monkeypatch: pytest.MonkeyPatch) -> None:
    break_every_rule()

    def failing(rule: Rule, *args: Any, **options: Any) -> int:
        if rule.id == "PAY-09":
            raise RuntimeError("the disk is full")
        return gather_findings(rule, *args, **options)

    monkeypatch.setattr(compliance.cases.judging, "gather_findings", failing)
    text, errors, status = run(write=True)

    assert status == 3
    assert "PAY-09" in errors
    assert '"rule":"PAY-09"' not in text
    assert SweepRun.objects.get().failed_rules == ["PAY-09"]


def test_day_to_come_is_printed_and_not_written() -> None:
    break_every_rule()
    tomorrow = timezone.localdate() + timedelta(days=1)
    printed, _, _ = run(as_of=tomorrow)

    text, errors, status = run(as_of=tomorrow, write=True)

    assert text == printed
    assert "没有写入" in errors
    assert status == 2
    assert not Alert.objects.exists()
    assert not SweepRun.objects.exists()
