"""A placement beside a plain model of it, and what must hold of the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from internships.life.amending import terms_on
from internships.life.approvals import standing_approvals
from internships.life.refusals import LifeRefusal
from internships.models import (
    Agreement,
    Approval,
    Party,
    Placement,
    PlacementStep,
)
from people.roles import Role
from tests.life.cast import ENDS_ON, ON, STARTS_ON, Cast
from tests.rules.builders import make_learner

COORDINATOR, HR, STUDENT = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT
PREPARED = {"submitted", "accepted", "consented"}
RUNNING = {"approved", "active", "suspended"}

# The moves of all lives so far, counted: a machine that never gets anywhere proves nothing.
REACHED: Counter[str] = Counter()


class Modelled(RuleBasedStateMachine):
    """A placement, the plain model of it, and what must hold of both after every move."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.cast = Cast(learner=make_learner())
        self.placement = self.cast.drafted(agreed_pay=Decimal(3800))
        # The plain model
        self.state = "draft"
        self.moves = ["draft", "edit"]
        self.word: set[str] = set()
        self.pay = 3800
        self.insured = False
        self.signed_late = self.consented_late = False
        self.proposed: tuple[Role, int, date] | None = None
        self.episodes: list[tuple[date | None, int]] = [(None, 3800)]
        self.last = ENDS_ON

    def teardown(self) -> None:
        REACHED.update(self.moves)
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @property
    def on(self) -> date:
        return self.cast.on

    def now(self) -> Placement:
        return Placement.objects.get(pk=self.placement.pk)

    def does(self, may: bool, verb: Callable[[], Any], *moves: str) -> bool:
        """Do it; it is refused unless the model says that it may be done."""
        try:
            with transaction.atomic():
                verb()
        except LifeRefusal:
            assert not may, f"{moves} refused in {self.state} on {self.on}"
            return False
        assert may, f"{moves} went through in {self.state} on {self.on}"
        self.moves.extend(moves)
        return True

    def rest(self) -> None:
        """Where the model's words leave a placement that was offered."""
        if self.state in PREPARED:
            family = {"consent student", "consent guardian"} <= self.word
            host = "acceptance" in self.word
            self.state = "submitted" if not host else "consented" if family else "accepted"

    @property
    def seen_by_host(self) -> bool:
        return self.state in PREPARED | RUNNING and self.last >= self.on

    def everything_holds(self) -> None:
        """The invariants, asked between the moves of one step too."""
        self.placement_and_model_agree()
        self.nothing_is_at_work_past_the_gate()
        self.the_database_s_own_invariants_hold()

    @invariant()
    def placement_and_model_agree(self) -> None:
        now = self.now()
        assert now.state == self.state
        assert list(now.steps.values_list("move", flat=True)) == self.moves
        assert now.last_on == self.last
        standing = {
            kind.value if kind == "acceptance" else f"{kind.value} {party.value}"
            for kind, party in standing_approvals(now)
        }
        if self.state in PREPARED | {"draft"}:
            assert standing == self.word

    @invariant()
    def steps_are_a_chain(self) -> None:
        steps = list(PlacementStep.objects.filter(placement=self.placement))
        for before, after in pairwise(steps):
            assert before.to_state == after.from_state
        assert steps[-1].to_state == self.state

    @invariant()
    def the_rules_columns_are_those_of_the_approvals(self) -> None:
        now = self.now()
        standing = Approval.objects.filter(placement=now, voided_by__isnull=True)
        given = {(row.kind, row.party): row.on for row in standing}
        assert now.student_consented_on == given.get(("consent", "student"))
        assert now.guardian_consented_on == given.get(("consent", "guardian"))
        agreement = Agreement.objects.filter(placement=now).first()
        for party in (Party.SCHOOL, Party.ENTERPRISE, Party.STUDENT):
            signed_on = agreement and getattr(agreement, f"{party}_signed_on")
            assert signed_on == given.get(("signature", party))

    @invariant()
    def nothing_is_at_work_past_the_gate(self) -> None:
        now = self.now()
        at_work = now.status in {"approved", "active", "ended"}
        passed = {"approve", "activate"} & set(self.moves)
        assert not at_work or (passed and now.gate == "passed")

    @invariant()
    def every_day_has_the_terms_of_the_model(self) -> None:
        for first, _pay in self.episodes:
            for day in {first or ON, (first or STARTS_ON) + timedelta(days=1)}:
                expected = [pay for begun, pay in self.episodes if begun is None or begun <= day]
                assert terms_on(self.placement, day).agreed_pay == Decimal(expected[-1])

    @invariant()
    def the_database_s_own_invariants_hold(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
