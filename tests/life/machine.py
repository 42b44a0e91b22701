"""A machine that lives a placement's life beside a plain model of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from compliance.start_gate import agree_amendment, settle_placement, start
from internships.life.agreeing import accept, consent, decline, refuse, send_back, sign
from internships.life.amending import propose, turn_down
from internships.life.drafting import edit, expire_stale, submit, withdraw
from internships.life.refusals import LifeRefusal
from internships.life.running import archive, end, suspend
from internships.models import (
    Amendment,
    PlacementStep,
)
from people.actors import system_actor
from people.roles import Role
from tests.life.cast import STARTS_ON
from tests.life.model import PREPARED, RUNNING, Modelled
from tests.rules.builders import insure

COORDINATOR, HR, STUDENT = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT
LAST = date(2027, 6, 1)
WORD = "说明"
# Of an acceptance, two consents and three signatures.
WHOLE = 6
# Where changes of a running placement are tried: a little before and after, too.
LATER = RUNNING | {"consented", "ended"}


class Life(Modelled):
    """One placement of an adult from 2026-12-04 to 2027-03-03: insured or not, edited or not."""

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
