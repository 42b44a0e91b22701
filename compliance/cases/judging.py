"""The judgement: what rules find on a day, set against the cases in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import DateTimeField, Func

from audit import chain
from common.checkpoints import checkpoint
from compliance.cases.gathering import (
    analyse_tables,
    clear_tables,
    each_once,
    forget_vanished,
    gather_findings,
    gather_still_judged,
    gather_vanished,
    gathered,
    keys_of,
    number_gathered,
    subjects_of,
)
from compliance.cases.history import SweepRun
from compliance.cases.meanwhile import (
    JudgedLater,
    begin_sweep,
    latest_swept,
    leave_to_later_answers,
    note_where_a_sweep_is_on,
    take_turn,
)
from compliance.cases.planned import FEW, gather_from_plans
from compliance.cases.settling import Judgement, fold_counts, settle
from compliance.cases.telling import tell
from compliance.registry import Rule, all_rules
from compliance.subjects import Subjects
from compliance.sweep import Keep, SweepOutcome, plan_for_whole_tables, survived

PLANS = "the plans of a recheck"
SWEEP, RECHECK = "system:sweep", "system:recheck"


@dataclass
class JudgeOutcome(SweepOutcome):
    """What a judgement did, beside what a sweep says: the number of steps by kind.

    `findings` counts what the rules found; the cases of a failed rule are as they were.
    """

    findings: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    sweep: SweepRun | None = None


@transaction.atomic
def judge(
    on: date,
    *,
    at: datetime,
    subjects: Subjects | None = None,
    rules: Sequence[Rule] | None = None,
    keep: Keep | None = None,
) -> JudgeOutcome:
    """Judge the district on `on`, or `subjects` alone, and bring the cases up to date.

    Opens, updates, reopens and closes in one transaction; judgements settle one after the other,
    so that two at once leave what one leaves. Of rules left out by `rules`, and of one that fails,
    no case is touched. `keep` takes the findings of each rule, in order. Steps that people have to
    hear of are published.

    Raises JudgedLater where a sweep has judged a later day; a recheck is then made as of that day.
    """
    chosen = all_rules() if rules is None else rules
    outcome = JudgeOutcome()
    if subjects is None:
        begin_sweep()
    else:
        take_turn()
    on = _not_before_the_latest(on, whole=subjects is None)
    if subjects is None:
        outcome.sweep = SweepRun.objects.create(on=on, started_at=at)
    else:
        note_where_a_sweep_is_on(subjects, on)
    clear_tables()
    with _prepared_for(whole=subjects is None):
        asked = _ask(chosen, on, subjects, outcome)
        if keep is not None:
            for rule in asked:
                keep(gathered(rule))
        if subjects is None:
            analyse_tables("judged_finding")
            take_turn()
            leave_to_later_answers(on)
        _see_what_vanished(asked, on, subjects, outcome)
        if subjects is None:
            analyse_tables("vanished_case", "judged_still")
        steps = settle(_judgement(on, at, outcome.sweep))
    outcome.steps.update(kind for _, kind in steps)
    tell(steps)
    if outcome.sweep is not None:
        _finish(outcome.sweep, outcome, on)
        chain.record(
            "district.sweep",
            subject=f"sweep:{outcome.sweep.pk}",
            by=None,
            at=at,
            facts={"on": f"{on}", "findings": outcome.findings, "failed": sorted(outcome.failed)},
        )
    checkpoint("before-commit")
    return outcome


def _not_before_the_latest(on: date, *, whole: bool) -> date:
    """The day to judge: nobody is judged as of a day before one that a sweep has judged."""
    latest = latest_swept()
    if latest is None or latest <= on:
        return on
    if whole:
        raise JudgedLater(on, latest)
    return latest


def _judgement(on: date, at: datetime, sweep: SweepRun | None) -> Judgement:
    if sweep is None:
        return Judgement(on, at, RECHECK)
    return Judgement(on, at, SWEEP, sweep.pk)


def _ask(
    rules: Sequence[Rule], on: date, subjects: Subjects | None, outcome: JudgeOutcome
) -> list[Rule]:
    """Gather the findings of the rules; those that could be asked."""
    if subjects is None:
        return _ask_each(rules, on, None, outcome)
    about = [rule for rule in rules if keys_of(rule.scope.model, subjects)]
    if len(subjects) <= FEW:
        unplanned: dict[str, Exception] = {}
        with survived(PLANS, unplanned):
            gather_from_plans(about, on, subjects)
            outcome.findings = number_gathered()
        if not unplanned:
            checkpoint("mid-sweep")
            return about
    return _ask_each(about, on, subjects, outcome)


def _ask_each(
    rules: Sequence[Rule], on: date, subjects: Subjects | None, outcome: JudgeOutcome
) -> list[Rule]:
    """Gather rule by rule, so that one that fails is named and the others go on."""
    asked = []
    for rule in rules:
        among = None if subjects is None else subjects_of(rule, subjects)
        with survived(rule.id, outcome.failed):
            outcome.findings += gather_findings(rule, on, among=among)
            asked.append(rule)
        checkpoint("mid-sweep")
    return asked


def _see_what_vanished(
    asked: Sequence[Rule], on: date, subjects: Subjects | None, outcome: JudgeOutcome
) -> None:
    """Find the cases that were not found again, and which of their subjects are judged still."""
    by_id = {rule.id: rule for rule in asked}
    for rule_id in gather_vanished(sorted(by_id), subjects=subjects):
        with survived(rule_id, outcome.failed):
            gather_still_judged(by_id[rule_id], on)
        if rule_id in outcome.failed:
            forget_vanished(by_id[rule_id])


def _finish(sweep: SweepRun, outcome: JudgeOutcome, on: date) -> None:
    outcome.note_years(on)
    fold_counts()
    sweep.counts = {"findings": outcome.findings, **outcome.steps}
    sweep.failed_rules = sorted(outcome.failed)
    sweep.save(update_fields=["counts", "failed_rules"])
    SweepRun.objects.filter(pk=sweep.pk).update(finished_at=ClockTimestamp())


class ClockTimestamp(Func):
    """The moment by the database's clock, which goes on within a transaction."""

    function = "clock_timestamp"
    output_field = DateTimeField()


@contextmanager
def _prepared_for(*, whole: bool) -> Iterator[None]:
    """Plans of rules are made for whole tables in a sweep, and for a few rows in a recheck."""
    if not whole:
        yield
        return
    plan_for_whole_tables()
    with each_once():
        yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL cursor_tuple_fraction = DEFAULT")
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT")
