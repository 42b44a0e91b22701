"""What a judgement from above says of a placement: its reasons against, and which are waived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from internships.life.content import content_of, digest_of
from internships.life.refusals import GateClosed, WordsRefused
from internships.life.steps import words_needed
from internships.models import Placement
from people.actors import Actor


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason against: the rule, its article, what is wrong and what would cure it.

    `waived_until` is the last day of a waiver that stands in the case of the rule already.
    """

    rule: str
    subject: str
    period: str
    severity: str
    article: str
    sentence: str
    cure: str
    facts: dict[str, Any] = field(default_factory=dict)
    waivable: bool = False
    waived_until: date | None = None


@dataclass(frozen=True, slots=True)
class GateWaiver:
    """A waivable reason let stand: the rule, why, and the last day up to which."""

    rule: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one placement as it would stand on `judged_on`, asked on `on`, `at`.

    `digest` is of what the placement said then: a verdict is of that and of nothing else.
    `last_waiver_on` is the latest day up to which a reason may be waived; `amendment_id` names the
    change with which it was judged, if it was with one.
    """

    placement_id: int
    digest: str
    on: date
    at: datetime
    judged_on: date
    reasons: tuple[Reason, ...] = ()
    last_waiver_on: date | None = None
    amendment_id: int | None = None

    def against(self, waivers: Sequence[GateWaiver] = ()) -> tuple[Reason, ...]:
        """The reasons that stand: waived neither before nor by one of these."""
        waived = {waiver.rule for waiver in waivers}
        return tuple(
            reason
            for reason in self.reasons
            if not reason.waivable or (reason.waived_until is None and reason.rule not in waived)
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing stands against it without another waiver."""
        return not self.against()


def require_open(
    verdict: Verdict,
    placement: Placement,
    *,
    waivers: Sequence[GateWaiver],
    actor: Actor,
    at: datetime,
    amendment: int | None = None,
) -> list[dict[str, str]]:
    """Raise GateClosed unless the verdict is of this placement now and open; the waivers used.

    Raises WordsRefused for a waiver without a reason, GateClosed for one past its longest.
    """
    now = digest_of(content_of(placement))
    asked = (verdict.placement_id, verdict.amendment_id, verdict.digest, verdict.on, verdict.at)
    if asked != (placement.pk, amendment, now, actor.on, at):
        raise GateClosed(_("判断针对的不是现在的安排，请重新检查"))
    standing = verdict.against(waivers)
    if standing:
        raise GateClosed(
            _("还不能开始，共有 %(count)s 个原因") % {"count": len(standing)}, standing
        )
    return [_used(waiver, verdict, actor) for waiver in waivers if _is_needed(waiver, verdict)]


def _is_needed(waiver: GateWaiver, verdict: Verdict) -> bool:
    return any(
        reason.rule == waiver.rule and reason.waivable and reason.waived_until is None
        for reason in verdict.reasons
    )


def _used(waiver: GateWaiver, verdict: Verdict, actor: Actor) -> dict[str, str]:
    last = verdict.last_waiver_on
    if last is None or not verdict.judged_on <= waiver.until <= last:
        raise GateClosed(
            _("豁免期限应在 %(first)s 至 %(last)s 之间")
            % {"first": verdict.judged_on, "last": last or verdict.judged_on},
            verdict.reasons,
        )
    try:
        reason = words_needed(waiver.reason)
    except WordsRefused as refused:
        raise WordsRefused(f"{waiver.rule}：{refused}") from refused
    return {"rule": waiver.rule, "reason": reason, "until": waiver.until.isoformat()}
