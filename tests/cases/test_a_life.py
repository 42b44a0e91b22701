"""A case's life against a plain model of it: whatever is done in whatever order, both agree."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from compliance.cases.climbing import escalate_overdue
from compliance.cases.judging import judge
from compliance.cases.moves import acknowledge, end_waiver, waive
from compliance.cases.refusals import TransitionNotAllowed
from compliance.models import Alert
from compliance.subjects import Subjects
from internships.models import Placement
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.cases.test_counts import counted, numbered
from tests.rules.builders import make_placement, make_post

pytestmark = pytest.mark.django_db

FIRST = date(2026, 11, 12)
# The placement stands up to a year after its end; the case is judged on days when it does.
LAST = date(2027, 6, 1)


class Life(RuleBasedStateMachine):
    """HOST-07 of one placement: the post matches or not, the placement stands or is cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.placement = make_placement(post=make_post(major_groups=["01"]))
        self.coordinator = make_user(Role.SCHOOL_COORDINATOR, school=self.placement.school)
        self.on = FIRST
        # The plain model
        self.matches, self.stands = False, True
        self.state: str | None = None
        self.until: date | None = None
        self.since_when: date | None = None
        self.history: list[str] = []
        self.climbed: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(f"{self.on}T08:00:00+08:00")

    @property
    def actor(self) -> Any:
        return as_actor(self.coordinator, self.on)

    def alert(self) -> Alert | None:
        return Alert.objects.filter(rule="HOST-07", subject=self.placement.code).first()

    @initialize()
    def begin(self) -> None:
        self.sweep(everybody=True)

    @rule(number=st.integers(1, 9))
    def days_pass(self, number: int) -> None:
        self.on = min(self.on + timedelta(days=number), LAST)

    @precondition(lambda self: self.until is not None and self.until < LAST)
    @rule(past=st.booleans())
    def come_to_the_end_of_the_waiver(self, past: bool) -> None:
        assert self.until is not None
        self.on = max(self.on, self.until + timedelta(days=past))
        self.sweep(everybody=False)

    @rule(swept=st.booleans())
    def change_post(self, swept: bool) -> None:
        self.matches = not self.matches
        post = self.placement.terms.get().post
        post.major_groups = ["11"] if self.matches else ["01"]
        post.save()
        if swept:
            self.sweep(everybody=False)

    @rule(swept=st.booleans())
    def change_placement(self, swept: bool) -> None:
        self.stands = not self.stands
        state = "active" if self.stands else "withdrawn"
        Placement.objects.filter(pk=self.placement.pk).update(state=state)
        if swept:
            self.sweep(everybody=False)

    @rule(everybody=st.sampled_from([False, False, False, False, True]))
    def sweep(self, everybody: bool) -> None:
        mine = Subjects(placements=frozenset({self.placement.pk}))
        judge(self.on, at=self.at, subjects=None if everybody else mine)
        broken = self.stands and not self.matches
        held = self.state in ("open", "acknowledged", "waived")
        if broken and self.state is None:
            self._open("opened")
        elif broken and self.state in ("cured", "lapsed"):
            self._open("reopened")
        elif broken and self.state == "waived" and self.until and self.until < self.on:
            self._open("waiver_ended")
        elif not broken and held:
            self.state = "cured" if self.stands else "lapsed"
            self.history.append(self.state)

    def _open(self, step: str) -> None:
        self.state, self.until, self.since_when = "open", None, self.on
        self.climbed = set()
        self.history.append(step)

    @precondition(lambda self: self.state is not None)
    @rule()
    def acknowledge(self) -> None:
        alert = self.alert()
        assert alert is not None
        try:
            acknowledge(alert, actor=self.actor, at=self.at)
        except TransitionNotAllowed:
            assert self.state not in ("open", "acknowledged")
            return
        if self.state == "open":
            self.history.append("acknowledged")
        else:
            assert self.state == "acknowledged"
        self.state = "acknowledged"

    @precondition(lambda self: self.state is not None)
    @rule(days=st.integers(0, 20))
    def waive(self, days: int) -> None:
        alert = self.alert()
        assert alert is not None
        until = self.on + timedelta(days=days)
        try:
            waive(alert, reason="试点岗位", until=until, actor=self.actor, at=self.at)
        except TransitionNotAllowed:
            assert self.state in ("cured", "lapsed")
            return
        assert self.state not in ("cured", "lapsed")
        self.state, self.until = "waived", until
        self.history.append("waived")

    @precondition(lambda self: self.state is not None)
    @rule()
    def take_waiver_back(self) -> None:
        alert = self.alert()
        assert alert is not None
        try:
            end_waiver(alert, actor=self.actor, at=self.at)
        except TransitionNotAllowed:
            assert self.state != "waived"
            return
        assert self.state == "waived"
        self._open("waiver_ended")

    @rule()
    def look_at_what_is_overdue(self) -> None:
        escalate_overdue(self.on, at=self.at)
        if self.state not in ("open", "acknowledged") or self.since_when is None:
            return
        # A warning has seven days, and climbs one and three days past them
        late = (self.on - self.since_when).days - 7
        for level, days in (("coordinator", 1), ("commission", 3)):
            if late >= days and level not in self.climbed:
                self.climbed.add(level)
                self.history.append(f"escalated {level}")

    @invariant()
    def case_and_model_agree(self) -> None:
        alert = self.alert()
        if alert is None:
            assert self.state is None
            return
        steps = [
            f"{kind} {level}".strip() for kind, level in alert.steps.values_list("kind", "level")
        ]
        assert steps == self.history
        assert alert.state == self.state
        assert alert.deadlines_from == self.since_when
        assert (alert.closed_at is not None) == (self.state in ("cured", "lapsed"))
        if self.state == "waived":
            assert alert.waived_until == self.until

    @invariant()
    def counts_are_those_of_the_cases(self) -> None:
        assert counted() == numbered()


def lived(examples: int) -> settings:
    """So many lives of twenty steps each."""
    return settings(
        max_examples=examples,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_case_lives_as_the_plain_model_says() -> None:
    run_state_machine_as_test(Life, settings=lived(6))


@pytest.mark.deep
def test_case_lives_as_the_plain_model_says_over_many_lives() -> None:
    run_state_machine_as_test(Life, settings=lived(40))
