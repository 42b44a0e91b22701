"""The sweep: one consistent array, in order, in a fixed number of statements, come what may."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

import compliance.registry
from compliance.findings import Finding
from compliance.registry import Rule, all_rules
from compliance.sweep import sweep
from internships.models import Placement
from tests.rules.builders import attend, make_learner, make_placement, make_post, make_school
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db

IDS = [rule.id for rule in all_rules()]


def run(**options: Any) -> tuple[str, str, int]:
    """Standard output, standard error and exit status of `sweep --as-of 2026-11-12`."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    given = {"as_of": ON, "shape": "json", **options}
    try:
        call_command("sweep", stdout=out, stderr=err, **given)
    except SystemExit as left:
        status = int(str(left.code))
    return out.getvalue(), err.getvalue(), status


def identities(text: str) -> list[tuple[str, str, str]]:
    return [(alert["rule"], alert["subject"], alert["period"]) for alert in json.loads(text)]


@pytest.fixture
def failing_rule(monkeypatch: pytest.MonkeyPatch) -> str:
    """PAY-09 divides by nothing in the database."""

    def broken(subjects: Any, *, on: date) -> Any:
        return (
            compliance.registry._RULES["PAY-05"]
            .find(subjects, on=on)
            .extra(where=["1 / (1 - 1) = 1"])
        )

    rule = compliance.registry._RULES["PAY-09"]
    monkeypatch.setitem(compliance.registry._RULES, "PAY-09", replace(rule, find=broken))
    return "PAY-09"


def test_all_thirty_six_rules_stand_in_the_order_of_ids() -> None:
    assert len(IDS) == 36
    assert sorted(IDS) == IDS


def test_district_that_breaks_every_rule_is_told_of_every_rule() -> None:
    break_every_rule()

    text, _, status = run()

    assert sorted({rule for rule, _, _ in identities(text)}) == IDS
    assert status == 0


def test_array_is_sorted_by_rule_subject_and_period_by_code_point() -> None:
    make_placement(code="乙")
    make_placement(code="a")
    make_placement(code="B")

    found = identities(run()[0])

    assert found == sorted(found)
    assert [subject for rule, subject, _ in found if rule == "INS-01"] == ["B", "a", "乙"]


def test_bytes_are_those_of_the_contract() -> None:
    placement = make_placement(code="A乙", starts_on=ON)

    text, _, _ = run(rule=["INS-01"])

    assert text == (
        '[{"rule":"INS-01","subject":"A乙","period":"","severity":"critical","facts":'
        '{"days":1,"gaps":[["2026-11-12","2026-11-12"]],"today":true}}]\n'
    )
    assert placement.code == "A乙"


def test_empty_district_prints_an_empty_array() -> None:
    assert run() == ("[]\n", "", 0)


def test_rule_that_raises_is_named_and_the_others_complete(failing_rule: str) -> None:
    break_every_rule()

    text, errors, status = run()

    assert status == 3
    assert failing_rule in errors
    assert {rule for rule, _, _ in identities(text)} == set(IDS) - {failing_rule}


def test_rule_that_raises_while_its_alerts_are_read_leaves_none_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    break_every_rule()
    whole = Rule.alerts

    def alerts(self: Rule, on: date, **options: Any) -> Iterator[Any]:
        for alert in whole(self, on, **options):
            yield alert
            if self.id == "INS-01":
                raise RuntimeError("the connection is gone")

    monkeypatch.setattr(Rule, "alerts", alerts)
    text, errors, status = run()

    assert status == 3
    assert "INS-01" in errors
    assert {rule for rule, _, _ in identities(text)} == set(IDS) - {"INS-01"}


def test_sweep_names_the_rule_that_failed_and_hands_over_the_others(failing_rule: str) -> None:
    break_every_rule()
    kept: list[Finding] = []

    outcome = sweep(ON, keep=kept.extend)

    assert list(outcome.failed) == [failing_rule]
    assert {alert.rule for alert in kept} == set(IDS) - {failing_rule}


def test_years_that_cannot_be_asked_leave_every_alert_and_end_as_partial(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    break_every_rule()

    def fail(on: date) -> list[int]:
        raise RuntimeError("a partition cannot be read")

    monkeypatch.setattr("compliance.sweep.years_without_notice", fail)
    text, errors, status = run()

    assert status == 3
    assert "calendar: 出错" in errors
    assert {rule for rule, _, _ in identities(text)} == set(IDS)


def statements() -> dict[str, int]:
    """How many statements each rule and the whole sweep ask."""
    asked = {}
    for rule in all_rules():
        with CaptureQueriesContext(connection) as queries:
            assert list(rule.alerts(ON))
        asked[rule.id] = len(queries)
    with CaptureQueriesContext(connection) as queries:
        sweep(ON, keep=list)
    return {**asked, "sweep": len(queries)}


def test_every_rule_asks_once_and_the_sweep_as_often_for_one_subject_as_for_fifty() -> None:
    break_every_rule()
    for_one = statements()

    for _ in range(49):
        break_every_rule()
    for_fifty = statements()

    assert for_fifty == for_one
    assert {asked for name, asked in for_one.items() if name != "sweep"} == {1}


def test_rules_narrowed_to_placements_in_order_find_nothing() -> None:
    break_every_rule()
    placement = make_placement(starts_on=date(2027, 5, 1), ends_on=date(2027, 6, 1))
    among = Placement.objects.filter(pk=placement.pk)

    for rule in all_rules():
        if rule.scope.model is Placement:
            assert not list(rule.alerts(ON, among=among))


def test_option_rule_narrows_what_is_printed() -> None:
    break_every_rule()
    everything = identities(run()[0])

    narrowed = identities(run(rule=["PAY-09", "INS-01", "PAY-09"])[0])

    assert narrowed == [found for found in everything if found[0] in ("PAY-09", "INS-01")]


def test_option_school_prints_the_schools_own_subjects() -> None:
    break_every_rule(school=make_school("5001170001"))
    break_every_rule(school=make_school("5001170002"))
    everything = identities(run()[0])

    one, other = (identities(run(school=f"500117000{number}")[0]) for number in (1, 2))

    assert sorted(one + other) == everything
    assert len(one) == len(other)


def test_enterprise_and_post_are_printed_for_every_school_that_places_there() -> None:
    post = make_post(headcount=4)
    post.enterprise.staff_count = 9
    post.enterprise.save()
    make_school("5001170003")
    for number in (1, 2):
        learner = make_learner(school=make_school(f"500117000{number}"))
        make_placement(learner=learner, post=post)
    expected = [("HOST-08", post.enterprise.credit_code, ""), ("HOST-09", post.code, "")]

    printed = [
        identities(run(school=f"500117000{number}", rule=["HOST-08", "HOST-09"])[0])
        for number in (1, 2, 3)
    ]

    assert printed == [expected, expected, []]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--as-of", "2026-13-01"],
        ["--as-of", "yesterday"],
        ["--as-of", "1899-12-31"],
        ["--as-of", "2200-01-01"],
        ["--as-of", "20261116"],
        ["--as-of", "2026-W41-1"],
        ["--format", "xml"],
        ["--rule", "INS-99"],
        ["--school", "0000000000"],
        ["--no-such-option"],
    ],
)
def test_wrong_usage_is_refused_with_status_two(arguments: list[str]) -> None:
    from compliance.management.commands.sweep import Command

    errors = io.StringIO()
    with redirect_stderr(errors), pytest.raises((SystemExit, CommandError)) as refused:
        Command(stdout=io.StringIO()).run_from_argv(["manage.py", "sweep", *arguments])

    assert getattr(refused.value, "code", None) == 2
    assert errors.getvalue()


def test_sweep_of_today_reads_the_clock_in_shanghai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 12))
    break_every_rule()

    assert run(as_of=None)[0] == run(as_of=ON)[0]


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), [2027]),
        (date(2027, 1, 10), [2027]),
    ],
)
def test_year_without_a_notice_is_named_once_its_days_decide(on: date, years: list[int]) -> None:
    placement = make_placement(ends_on=date(2027, 6, 30))
    attend(placement, date(2027, 1, 1))

    _, errors, _ = run(as_of=on)

    assert errors.splitlines() == [
        f"calendar {year}: notified days off are not known" for year in years
    ]


def test_month_that_should_be_confirmed_touches_its_year_without_any_row() -> None:
    make_placement(ends_on=date(2027, 6, 30), agreed_pay=None)

    notices = [run(as_of=date(2027, month, day))[1] for month, day in ((2, 5), (2, 6))]

    assert notices == ["", "calendar 2027: notified days off are not known\n"]


def test_table_counts_and_lists_the_ten_worst_without_a_persons_name() -> None:
    break_every_rule()

    text, _, status = run(shape="table")

    assert status == 0
    for title in ("未投保实习责任保险", "拖欠报酬", "最严重的十条"):
        assert title in text
    assert text.index("APP-01") < text.index("最严重的十条") < text.index("检查用时")
    assert "示例学生" not in text
    assert "李老师" not in text


def test_sweep_changes_no_row() -> None:
    break_every_rule()
    with CaptureQueriesContext(connection) as queries:
        run()

    writing = ("INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE")
    assert not [sql for sql in queries.captured_queries if sql["sql"].startswith(writing)]
