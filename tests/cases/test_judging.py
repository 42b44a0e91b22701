"""A judgement opens, updates, reopens and closes cases, and says what became of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import compliance.registry
from audit.models import Outbox
from compliance.cases.judging import JudgeOutcome, judge
from compliance.cases.moves import acknowledge
from compliance.cases.telling import TOPIC
from compliance.models import Alert, AlertStep, SweepRun
from compliance.registry import all_rules
from compliance.subjects import Subjects
from insurance.models import InsuredPeriod
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.cases.test_counts import counted, numbered
from tests.rules.builders import attend_all, insure, make_placement, pay, take_back, workdays
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db


def judged(on: date = ON, **options: Any) -> JudgeOutcome:
    """A judgement at half past two of the day."""
    return judge(on, at=datetime.fromisoformat(f"{on}T02:30:00+08:00"), **options)


def case(rule: str, subject: str, period: str = "") -> Alert:
    return Alert.objects.get(rule=rule, subject=subject, period=period)


def steps_of(alert: Alert) -> list[str]:
    return list(alert.steps.values_list("kind", flat=True))


def test_every_finding_of_every_rule_becomes_one_open_case_with_its_facts() -> None:
    break_every_rule()
    found = {
        (finding.rule, finding.subject, finding.period): (finding.severity, finding.facts)
        for rule in all_rules()
        for finding in rule.alerts(ON)
    }

    outcome = judged()

    cases = {
        (alert.rule, alert.subject, alert.period): (alert.severity, alert.facts)
        for alert in Alert.objects.filter(state="open")
    }
    assert cases == found
    assert outcome.steps == {"opened": len(found)}
    assert outcome.findings == len(found)
    assert counted() == numbered()


def test_judging_twice_changes_nothing() -> None:
    break_every_rule()
    judged()
    before = list(Alert.objects.order_by("pk").values())

    outcome = judged()

    assert not outcome.steps
    assert list(Alert.objects.order_by("pk").values()) == before
    assert AlertStep.objects.count() == len(before)


def test_case_leads_to_its_subject_and_to_the_school_it_concerns() -> None:
    break_every_rule()

    judged()

    for alert in Alert.objects.all():
        names = ("placement", "enterprise", "post", "learner", "apprentice")
        named = [name for name in names if getattr(alert, name)]
        assert len(named) == 1
        assert (alert.school_id is None) == (named[0] in ("enterprise", "post"))


def test_insured_afterwards_is_cured_and_uninsured_again_is_reopened() -> None:
    placement = make_placement()
    judged()
    policy = insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31))

    judged(ON + timedelta(days=1))
    cured = case("INS-01", placement.code)
    assert cured.state == "cured"
    assert cured.closed_at is not None

    InsuredPeriod.objects.filter(policy=policy).delete()
    judged(ON + timedelta(days=2))
    alert = case("INS-01", placement.code)
    assert alert.state == "open"
    assert alert.closed_at is None
    assert steps_of(alert) == ["opened", "cured", "reopened"]
    assert alert.deadlines_from == ON + timedelta(days=2)


def test_placement_that_ended_uninsured_is_not_called_cured() -> None:
    placement = make_placement()
    judged()
    placement.state, placement.ended_on = "ended", ON
    placement.save(update_fields=["state", "ended_on"])

    judged(ON + timedelta(days=30))

    assert case("INS-01", placement.code).state == "open"
    assert case("INS-05", placement.code).state == "lapsed"


def test_placement_that_leaves_the_window_of_365_days_lapses() -> None:
    placement = make_placement(ends_on=date(2026, 11, 12))
    judged()

    judged(date(2027, 11, 12))
    assert case("INS-01", placement.code).state == "open"

    judged(date(2027, 11, 13))
    assert case("INS-01", placement.code).state == "lapsed"


def test_pay_of_the_last_month_falls_due_after_the_last_day() -> None:
    placement = make_placement(state="ended", ends_on=date(2026, 10, 31))
    attend_all(placement, workdays(date(2026, 9, 1), date(2026, 10, 31)))
    pay(placement, date(2026, 9, 1), "3000.00")

    judged(date(2026, 11, 10))
    assert not Alert.objects.filter(rule="PAY-09").exists()

    judged(date(2026, 11, 11))
    assert case("PAY-09", placement.code, "2026-10").state == "open"

    pay(placement, date(2026, 10, 1), "3000.00", paid_on=date(2026, 11, 12))
    judged(date(2026, 11, 12))
    assert case("PAY-09", placement.code, "2026-10").state == "cured"


def test_pay_that_was_in_part_and_is_taken_back_is_no_cure_of_being_underpaid() -> None:
    placement = make_placement(ends_on=date(2026, 9, 30), state="ended")
    attend_all(placement, workdays(date(2026, 9, 1), date(2026, 9, 30)))
    entry = pay(placement, date(2026, 9, 1), "100.00")
    judged()
    assert case("PAY-04", placement.code, "2026-09").state == "open"

    take_back(entry)
    judged()

    assert case("PAY-04", placement.code, "2026-09").state == "lapsed"
    assert case("PAY-09", placement.code, "2026-09").state == "open"


@pytest.mark.parametrize(("confirmed", "state"), [(True, "cured"), (False, "lapsed")])
def test_pay_made_whole_is_a_cure_only_by_attendance_that_is_still_confirmed(
    confirmed: bool, state: str
) -> None:
    placement = make_placement(ends_on=date(2026, 9, 30), state="ended")
    attend_all(placement, workdays(date(2026, 9, 1), date(2026, 9, 30)))
    pay(placement, date(2026, 9, 1), "100.00")
    judged()

    placement.attendance.filter(day=date(2026, 9, 1)).update(confirmed=confirmed)
    pay(placement, date(2026, 9, 1), "2900.00")
    judged()

    assert case("PAY-04", placement.code, "2026-09").state == state


def test_cover_that_was_about_to_end_and_did_is_no_cure_of_the_warning() -> None:
    placement = make_placement()
    insure(placement.learner, date(2026, 9, 1), date(2026, 11, 30))
    judged()
    assert case("INS-02", placement.code).state == "open"

    judged(date(2026, 12, 1))

    assert case("INS-02", placement.code).state == "lapsed"
    assert case("INS-01", placement.code).state == "open"


def test_cover_prolonged_in_time_cures_the_warning() -> None:
    placement = make_placement()
    insure(placement.learner, date(2026, 9, 1), date(2026, 11, 30))
    judged()

    insure(placement.learner, date(2026, 12, 1), date(2026, 12, 31))
    judged()

    assert case("INS-02", placement.code).state == "cured"


def test_low_pay_of_a_placement_that_ended_lapses_and_of_one_that_was_raised_is_cured() -> None:
    low, raised = make_placement(agreed_pay="2000.00"), make_placement(agreed_pay="2000.00")
    judged()
    low.state = "ended"
    low.save(update_fields=["state"])
    raised.terms.update(agreed_pay="4000.00")

    judged()

    assert case("PAY-02", low.code).state == "lapsed"
    assert case("PAY-02", raised.code).state == "cured"


def test_days_that_pass_change_the_facts_and_are_no_step() -> None:
    placement = make_placement()
    judged()

    outcome = judged(ON + timedelta(days=1))

    alert = case("INS-01", placement.code)
    assert alert.facts["days"] == 74
    assert steps_of(alert) == ["opened"]
    assert outcome.steps["updated"] == 0


def test_facts_that_changed_are_a_step_with_a_digest_of_their_own() -> None:
    placement = make_placement()
    judged()
    insure(placement.learner, date(2026, 10, 1), date(2026, 10, 31))

    judged()

    alert = case("INS-01", placement.code)
    assert steps_of(alert) == ["opened", "updated"]
    assert len(set(alert.steps.values_list("facts_digest", flat=True))) == 2


def test_second_spell_without_cover_is_told_and_has_deadlines_of_its_own() -> None:
    placement = make_placement()
    insure(placement.learner, date(2026, 9, 5), date(2026, 10, 20))
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged(date(2026, 9, 10))
    alert = case("INS-01", placement.code)
    acknowledge(alert, actor=as_actor(coordinator, date(2026, 9, 10)), at=alert.opened_at)
    Outbox.objects.filter(topic=TOPIC).delete()

    lives = []
    for day in (date(2026, 10, 20), date(2026, 10, 21), date(2026, 10, 22)):
        judged(day)
        alert.refresh_from_db()
        lives.append((alert.state, alert.deadlines_from, steps_of(alert)[2:]))

    begun = date(2026, 10, 21)
    assert lives == [
        ("acknowledged", date(2026, 9, 10), []),
        ("open", begun, ["worsened"]),
        ("open", begun, ["worsened"]),
    ]
    told = [step for row in Outbox.objects.filter(topic=TOPIC) for step in row.payload["steps"]]
    assert alert.steps.get(kind="worsened").pk in told


def test_fault_that_began_earlier_than_was_known_is_told_again() -> None:
    placement = make_placement()
    policy = insure(placement.learner, date(2026, 9, 1), date(2026, 10, 31))
    judged()
    alert = case("INS-01", placement.code)
    before = alert.since
    InsuredPeriod.objects.filter(policy=policy).delete()

    judged(ON + timedelta(days=1))

    alert.refresh_from_db()
    assert (before, alert.since) == (date(2026, 11, 1), date(2026, 9, 1))
    assert alert.deadlines_from == ON + timedelta(days=1)
    assert steps_of(alert) == ["opened", "worsened"]


def test_turn_for_the_worse_starts_the_deadlines_anew() -> None:
    placement = make_placement(agreed_pay="2000.00", stage="assisting")
    judged()
    assert case("PAY-02", placement.code).severity == "warning"
    placement.terms.update(stage="independent")

    judged(ON + timedelta(days=2))

    alert = case("PAY-02", placement.code)
    assert (alert.severity, alert.deadlines_from) == ("critical", ON + timedelta(days=2))
    assert steps_of(alert) == ["opened", "worsened"]


def test_recheck_of_one_touches_the_cases_of_no_other() -> None:
    placement, other = make_placement(), make_placement()
    judged()
    for one in (placement, other):
        insure(one.learner, date(2026, 9, 1), date(2026, 12, 31))

    judged(subjects=Subjects(placements=frozenset({placement.pk})).widened())

    assert case("INS-01", placement.code).state == "cured"
    assert case("INS-01", other.code).state == "open"
    assert SweepRun.objects.count() == 1


def test_recheck_leaves_what_a_sweep_leaves() -> None:
    break_every_rule()
    judged()
    swept = set(Alert.objects.values_list("rule", "subject", "period", "state", "severity"))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM compliance_alertstep")
        cursor.execute("DELETE FROM compliance_alert")
        cursor.execute("SET session_replication_role = DEFAULT")

    keys: dict[str, set[int]] = {}
    for rule in all_rules():
        name = {"learneridentity": "learner", "apprenticeidentity": "apprentice"}.get(
            rule.scope.model.__name__.lower(), rule.scope.model.__name__.lower()
        )
        keys[f"{name}s"] = set(rule.scope.model._default_manager.values_list("pk", flat=True))
    judged(subjects=Subjects(**{name: frozenset(of) for name, of in keys.items()}))

    assert set(Alert.objects.values_list("rule", "subject", "period", "state", "severity")) == swept


def test_rule_that_fails_leaves_its_cases_and_marks_the_sweep_partial(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    placement = make_placement()
    judged()
    insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31))
    rule = compliance.registry._RULES["INS-01"]

    def divided_by_nothing(subjects: Any, *, on: date) -> Any:
        return rule.find(subjects, on=on).extra(where=["1 / (1 - 1) = 1"])

    failing = replace(rule, find=divided_by_nothing)
    monkeypatch.setitem(compliance.registry._RULES, "INS-01", failing)

    outcome = judged()

    assert list(outcome.failed) == ["INS-01"]
    assert case("INS-01", placement.code).state == "open"
    assert case("INS-05", placement.code).state == "open"
    assert SweepRun.objects.latest("id").is_partial


def test_case_whose_placement_was_taken_back_lapses() -> None:
    placement = make_placement()
    judged()
    placement.terms.all().delete()
    type(placement).objects.filter(pk=placement.pk)._raw_delete("default")

    judged()

    assert case("INS-01", placement.code).state == "lapsed"


def test_openings_are_published_in_messages_of_step_ids() -> None:
    break_every_rule()
    Outbox.objects.all().delete()

    judged()

    told = [row.payload for row in Outbox.objects.filter(topic=TOPIC)]
    assert sorted(step for payload in told for step in payload["steps"]) == sorted(
        AlertStep.objects.values_list("pk", flat=True)
    )


def test_judgement_asks_as_often_for_fifty_as_for_one() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            judged()
        return len(captured)

    break_every_rule()
    first_of_one = queries()
    again_of_one = queries()
    for _ in range(49):
        break_every_rule()
    Alert.objects.filter(rule="INS-01").update(state="cured", closed_at="2026-11-12T00:00Z")

    assert queries() == first_of_one
    assert queries() == again_of_one
