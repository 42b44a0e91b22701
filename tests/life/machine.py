"""A machine that lives a placement's life beside a plain model of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from compliance.start_gate import agree_amendment, settle_placement, start
from internships.life.agreeing import accept, consent, decline, refuse, send_back, sign
from internships.life.amending import propose, terms_on, turn_down
from internships.life.approvals import standing_approvals
from internships.life.drafting import edit, expire_stale, submit, withdraw
from internships.life.refusals import LifeRefusal
from internships.life.running import archive, end, suspend
from internships.models import (
    Agreement,
    Amendment,
    Approval,
    Party,
    Placement,
    PlacementStep,
)
from people.actors import system_actor
from people.roles import Role
from tests.life.cast import ENDS_ON, ON, STARTS_ON, Cast
from tests.rules.builders import insure, make_learner

COORDINATOR, HR, STUDENT = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT
LAST = date(2027, 6, 1)
WORD = "说明"
PREPARED = {"submitted", "accepted", "consented"}
# Of an acceptance, two consents and three signatures.
WHOLE = 6
RUNNING = {"approved", "active", "suspended"}
# Where changes of a running placement are tried: a little before and after, too.
LATER = RUNNING | {"consented", "ended"}

# The moves of all lives so far, counted: a machine that never gets anywhere proves nothing.
REACHED: Counter[str] = Counter()


class Life(RuleBasedStateMachine):
    """One placement of an adult from 2026-12-04 to 2027-03-03: insured or not, edited or not."""

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

    @initialize(begun=st.sampled_from(["drafted", "signed", "at work", "at work"]))
    def begin(self, begun: str) -> None:
        """Lives begin where they get somewhere from: most of what is refused is refused later."""
        if begun == "drafted":
            return
        for _ in range(5):
            self._next()
            self.everything_holds()
        if begun == "at work":
            self.come_to_the_first_day()
            self._next()
            self.everything_holds()

    @rule(steps=st.integers(1, 6))
    def go_on_as_people_mean_to(self, steps: int) -> None:
        """The next moves towards a placement that runs and is put away: blind lives stay drafts."""
        for _ in range(steps):
            before = len(self.moves)
            self._next()
            self.everything_holds()
            if len(self.moves) == before:
                return

    def _next(self) -> None:
        if self.state == "draft":
            self.submit(COORDINATOR)
        elif self.state == "submitted":
            self.accept(HR)
        elif self.state == "accepted":
            self.consent(COORDINATOR if "consent student" in self.word else STUDENT)
        elif self.state == "consented" and len(self.word) < WHOLE:
            for role in (COORDINATOR, HR, STUDENT):
                self.sign(role)
        elif self.state in {"consented", "approved", "suspended"}:
            self.insure()
            self.begin_or_go_on(COORDINATOR)
        elif self.state == "settled":
            self.archive()

    @rule(days=st.sampled_from([1, 1, 2, 5, 20, 61]))
    def days_pass(self, days: int) -> None:
        self.cast.on = min(self.on + timedelta(days=days), LAST)

    @rule()
    def come_to_the_first_day(self) -> None:
        self.cast.on = max(self.on, STARTS_ON)

    @rule()
    def insure(self) -> None:
        if not self.insured:
            insure(self.cast.learner, STARTS_ON, date(2027, 8, 31))
        self.insured = True

    @precondition(lambda self: self.state not in RUNNING)
    @rule(role=st.sampled_from([COORDINATOR, HR, STUDENT]))
    def submit(self, role: Role) -> None:
        may = role == COORDINATOR and self.state == "draft" and self.last >= self.on
        if self.does(may, lambda: submit(self.now(), **self.cast.by(role)), "submit"):
            self.state = "submitted"

    @precondition(lambda self: self.state not in RUNNING)
    @rule(role=st.sampled_from([COORDINATOR, HR, HR, STUDENT]))
    def accept(self, role: Role) -> None:
        may = role == HR and self.state == "submitted" and self.seen_by_host
        if self.does(may, lambda: accept(self.now(), **self.cast.by(role)), "accept"):
            self.word.add("acceptance")
            self.rest()

    @precondition(lambda self: self.state not in RUNNING)
    @rule(role=st.sampled_from([COORDINATOR, STUDENT, HR]))
    def consent(self, role: Role) -> None:
        may = role != HR and self.state in {"accepted", "consented"}
        name = "consent student" if role == STUDENT else "consent guardian"
        moves = () if name in self.word else ("consent",)
        if self.does(may, lambda: consent(self.now(), **self.cast.by(role)), *moves):
            self.consented_late |= bool(moves) and self.on > STARTS_ON
            self.word.add(name)
            self.rest()

    @precondition(lambda self: self.state not in RUNNING)
    @rule(role=st.sampled_from([COORDINATOR, HR, STUDENT, Role.SCHOOL_TEACHER]))
    def sign(self, role: Role) -> None:
        party = {COORDINATOR: "school", HR: "enterprise", STUDENT: "student"}.get(role)
        may = party is not None and self.state == "consented"
        may &= role != HR or self.seen_by_host
        name = f"signature {party}"
        moves = () if name in self.word else ("sign",)
        if self.does(may, lambda: sign(self.now(), **self.cast.by(role)), *moves):
            self.signed_late |= bool(moves) and self.on > STARTS_ON
            self.word.add(name)

    @precondition(lambda self: self.state not in RUNNING)
    @rule(role=st.sampled_from([COORDINATOR, COORDINATOR, HR]), pay=st.sampled_from([3800, 4000]))
    def edit_pay(self, role: Role, pay: int) -> None:
        may = role == COORDINATOR and self.state in PREPARED | {"draft"}
        moves = () if pay == self.pay else ("edit",)
        changes = {"agreed_pay": Decimal(pay)}
        done = self.does(
            may, lambda: edit(self.now(), changes=changes, **self.cast.by(role)), *moves
        )
        if done and moves:
            self.pay = pay
            self.episodes = [(None, pay)]
            self.forget(self.word)

    @precondition(lambda self: self.state not in RUNNING)
    @rule()
    def edit_mentor(self) -> None:
        terms = self.placement.terms.earliest("period")
        mentor = self.cast.mentor if terms.mentor is None else None
        may = self.state in PREPARED and self.seen_by_host
        if self.does(
            may, lambda: edit(self.now(), changes={"mentor": mentor}, **self.cast.by(HR)), "edit"
        ):
            self.forget({word for word in self.word if word[:7] != "consent"})

    def forget(self, words: set[str]) -> None:
        self.word = self.word - words
        if not any(word[:7] == "consent" for word in self.word):
            self.consented_late = False
        self.signed_late = False
        self.rest()

    @precondition(lambda self: self.state not in RUNNING)
    @rule(role=st.sampled_from([COORDINATOR, HR, STUDENT]))
    def send_back(self, role: Role) -> None:
        may = role != STUDENT and self.state in PREPARED and (role != HR or self.seen_by_host)
        by = self.cast.by(role)
        if self.does(may, lambda: send_back(self.now(), message=WORD, **by), "send_back"):
            self.state = "draft"
            self.forget(self.word)

    @rule(how=st.sampled_from(["decline", "refuse", "withdraw"]), often=st.integers(0, 3))
    def call_off(self, how: str, often: int) -> None:
        """One time in four, so that other lives go on."""
        if often:
            return
        verb, role, sources, target = {
            "decline": (decline, STUDENT, {"accepted", "consented", "approved"}, "refused"),
            "refuse": (refuse, HR, PREPARED, "refused"),
            "withdraw": (withdraw, COORDINATOR, PREPARED | {"draft", "approved"}, "withdrawn"),
        }[how]
        may = self.state in sources and (role != HR or self.seen_by_host)
        by = self.cast.by(role)
        if self.does(may, lambda: verb(self.now(), message=WORD, **by), how):
            self.state = target
            if how != "withdraw":
                self.forget(self.word)

    @precondition(lambda self: self.state not in RUNNING)
    @rule()
    def expire(self) -> None:
        actor = system_actor("expire", on=self.on)
        moved_on = PlacementStep.objects.filter(placement=self.placement).latest("pk").on
        stale = self.state in PREPARED | {"draft"} and (
            self.on > STARTS_ON or (self.on - moved_on).days > 60
        )
        gone = expire_stale(actor=actor, at=self.cast.at)
        assert bool(gone) == stale
        if gone:
            self.state = "expired"
            self.moves.append("expire")

    @rule(role=st.sampled_from([COORDINATOR, COORDINATOR, COORDINATOR, HR, STUDENT]))
    def begin_or_go_on(self, role: Role) -> None:
        signed = {f"signature {party}" for party in ("school", "enterprise", "student")}
        ready = self.state in {"approved", "suspended"} or (
            self.state == "consented" and signed <= self.word
        )
        if self.state == "approved" and self.on < STARTS_ON:
            ready = False
        mentored = self.placement.terms.earliest("period").mentor_id is not None
        lawful = self.insured and mentored and not self.signed_late and not self.consented_late
        may = role == COORDINATOR and ready and lawful and self.last >= self.on
        ahead = self.on < STARTS_ON and self.state == "consented"
        name = "resume" if self.state == "suspended" else "approve" if ahead else "activate"
        if self.does(may, lambda: start(self.now(), **self.cast.by(role)), name):
            self.state = "approved" if ahead else "active"

    @precondition(lambda self: self.state in LATER)
    @rule(role=st.sampled_from([COORDINATOR, HR, STUDENT]))
    def suspend(self, role: Role) -> None:
        may = role != STUDENT and self.state == "active" and (role != HR or self.seen_by_host)
        by = self.cast.by(role)
        if self.does(may, lambda: suspend(self.now(), message=WORD, **by), "suspend"):
            self.state = "suspended"

    @precondition(lambda self: self.state in LATER)
    @rule(role=st.sampled_from([COORDINATOR, STUDENT]), often=st.integers(0, 1))
    def end(self, role: Role, often: int) -> None:
        if often:
            return
        day = min(self.on, self.last) if role == COORDINATOR else self.on
        may = self.state in {"active", "suspended"} and STARTS_ON <= day <= min(self.on, self.last)
        by = self.cast.by(role)
        if self.does(may, lambda: end(self.now(), last_day=day, message=WORD, **by), "end"):
            self.state, self.last = "ended", day

    @rule()
    def leave_on_the_first_days(self) -> None:
        """An end so early that no pay is owed."""
        if self.state in {"active", "suspended"} and self.on <= STARTS_ON + timedelta(days=2):
            self.end(COORDINATOR, 0)
            self.settle()

    @rule()
    def settle(self) -> None:
        # nobody ever pays here, so a placement is settled when no month had a workday
        try:
            with transaction.atomic():
                settle_placement(self.now(), **self.cast.by(COORDINATOR))
        except LifeRefusal:
            return
        assert self.state == "ended"
        assert (self.last - STARTS_ON).days < 3
        self.state = "settled"
        self.moves.append("settle")

    @rule()
    def archive(self) -> None:
        by = self.cast.by(COORDINATOR)
        if self.does(self.state == "settled", lambda: archive(self.now(), **by), "archive"):
            self.state = "archived"

    @precondition(lambda self: self.state in LATER)
    @rule(role=st.sampled_from([COORDINATOR, HR]), pay=st.sampled_from([4200, 4400, 4600]))
    def propose(self, role: Role, pay: int) -> None:
        day = max(self.on, STARTS_ON) + timedelta(days=3)
        begun = self.episodes[-1][0]
        may = self.state in RUNNING and self.proposed is None
        may &= (role != HR or self.seen_by_host) and day <= self.last
        may &= (begun is None or day > begun) and pay != self.episodes[-1][1]
        changes = {"agreed_pay": Decimal(pay)}
        by = self.cast.by(role)
        if self.does(
            may, lambda: propose(self.now(), changes=changes, from_day=day, **by), "propose"
        ):
            self.proposed = (role, pay, day)

    @precondition(lambda self: self.state in LATER)
    @rule(own=st.sampled_from([False, False, True]), agrees=st.sampled_from([True, True, False]))
    def decide(self, own: bool, agrees: bool) -> None:
        proposer = self.proposed[0] if self.proposed else HR
        role = proposer if own else HR if proposer == COORDINATOR else COORDINATOR
        amendment = Amendment.objects.filter(placement=self.placement).last()
        if amendment is None:
            return
        seen = role != HR or self.seen_by_host
        by = self.cast.by(role)
        if not agrees:
            may = self.proposed is not None and seen
            if self.does(may, lambda: turn_down(amendment, message=WORD, **by), "turn_down"):
                self.proposed = None
            return
        asked = self.proposed
        may = asked is not None and self.state in RUNNING and seen and role != asked[0]
        may &= asked is not None and max(self.on, STARTS_ON) < asked[2] <= self.last
        if self.does(may, lambda: agree_amendment(amendment, **by), "agree"):
            assert asked is not None
            self.episodes.append((asked[2], asked[1]))
            self.proposed = None

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
