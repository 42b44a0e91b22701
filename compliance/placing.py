"""Students judged as they would be placed, before anybody is asked: who cannot be, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from compliance.findings import Finding, Severity
from compliance.registry import Rule, all_rules
from compliance.scopes import Rows
from compliance.start_gate import against, reason_of, taken_back
from internships.life.placing import Placing, code_of, draft_each
from internships.life.verdicts import Reason
from internships.models import Gate, Placement, PlacementState, Post
from people.actors import Actor
from people.models import Enterprise, LearnerIdentity

# What is done after the draft and before the start: papers, cover, training, mentors, identities.
LATER = ("INS-01", "AGR-01", "ELIG-03", "SUP-01", "SUP-03", "APP-01", "APP-02", "APP-06")


@dataclass(frozen=True, slots=True)
class PlacingVerdict:
    """Who cannot be drafted, by id; what the rules find of each, and of host and post as a whole.

    All who can be drafted are counted together, so that a class is held to the caps.
    """

    refused: dict[int, str]
    of_learners: dict[int, tuple[Reason, ...]]
    of_host: tuple[Reason, ...]

    @property
    def barred(self) -> frozenset[int]:
        """The students whom no waiver lets begin so."""
        barred = {
            learner
            for learner, reasons in self.of_learners.items()
            if any(reason.severity == Severity.BLOCK for reason in reasons)
        }
        return frozenset(barred | set(self.refused))

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.refused or self.of_learners or self.of_host)


def judge_placing(
    learners: Sequence[LearnerIdentity], placing: Placing, *, actor: Actor, at: datetime
) -> PlacingVerdict:
    """What would stand against these students on their first day, as they would be placed.

    Placed, judged with each other and taken back again: changes nothing. The number of queries of
    the rules is the same for one student and for a class.
    """
    judged_on = max(actor.on, placing.starts_on)
    once = uuid4()
    codes = {learner.pk: code_of(once, learner, placing.starts_on) for learner in learners}
    with taken_back():
        made, refused = draft_each(learners, placing, codes, actor=actor, at=at)
        found = list(_found(made, placing, judged_on))
    return _verdict(learners, codes, refused, found, judged_on)


def _found(
    made: Sequence[Placement], placing: Placing, judged_on: date
) -> Iterator[tuple[Rule, Finding]]:
    """What the rules of the gate find of the drafted, set at work together."""
    rows = Placement.objects.filter(pk__in=[placement.pk for placement in made])
    rows.update(state=PlacementState.ACTIVE, gate=Gate.PASSED)
    among: dict[type[Any], Rows] = {
        Placement: rows,
        LearnerIdentity: LearnerIdentity.objects.filter(
            pk__in=[placement.learner_id for placement in made]
        ),
        Enterprise: Enterprise.objects.filter(pk=placing.agreed.post.enterprise_id),
        Post: Post.objects.filter(pk=placing.agreed.post.pk),
    }
    for rule in all_rules():
        if rule.scope.model in among and rule.id not in LATER:
            found = against(rule, judged_on, among[rule.scope.model])
            yield from ((rule, finding) for finding in found)


def _verdict(
    learners: Sequence[LearnerIdentity],
    codes: dict[int, str],
    refused: dict[int, str],
    found: Sequence[tuple[Rule, Finding]],
    judged_on: date,
) -> PlacingVerdict:
    whose = {code: learner for learner, code in codes.items()}
    whose |= {f"{row.school.code}:{row.student_number}": row.pk for row in learners}
    of_learners: dict[int, list[Reason]] = {}
    of_host: list[Reason] = []
    for rule, finding in found:
        reason = reason_of(rule, finding, judged_on)
        learner = whose.get(finding.subject)
        if learner is None:
            of_host.append(reason)
        else:
            of_learners.setdefault(learner, []).append(reason)
    kept = {learner: tuple(reasons) for learner, reasons in of_learners.items()}
    return PlacingVerdict(refused, kept, tuple(of_host))
