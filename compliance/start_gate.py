"""The start gate: a placement judged as it will stand, every reason at once, and let through.

The placement is set as it will be, the rules are asked among it as any sweep asks them, and all of
that is rolled back: the answer is what the sweep would say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apprenticeship.models import ApprenticeIdentity
from compliance.cases.alerts import Alert
from compliance.cases.words import WAIVABLE_RULES, AlertState
from compliance.explain.texts import spoken, texts_in
from compliance.explain.wording import numbers_said, said
from compliance.findings import Finding, Severity
from compliance.registry import Rule, all_rules
from compliance.scopes import Rows
from internships.hosts.freezing import freeze_at_start, sentence_of
from internships.life.amending import agree, apply_changes, lock_amendment
from internships.life.content import content_of, digest_of
from internships.life.running import activate, resume, settle
from internships.life.verdicts import GateWaiver, Reason, Verdict
from internships.models import Amendment, Gate, Party, Placement, PlacementState, Post
from law.legal_values import whole_on
from people.actors import Actor
from people.models import Enterprise, LearnerIdentity

# Asked beside every rule of severity `block`: what the start itself must not lack.
DEMANDED = ("AGR-01", "PAY-01", "PAY-02")
COVER = "INS-01"
# No rule of the contract: a decision of the commission on the host.
FROZEN = "HOST-FROZEN"
UNPAID = ("PAY-04", "PAY-09")


@contextmanager
def taken_back() -> Iterator[None]:
    """A savepoint that is rolled back at its end: what is set within it is for rules to read."""
    with transaction.atomic():
        savepoint = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(savepoint)


@dataclass(frozen=True, slots=True)
class _Subjects:
    """The placement on a day, and who is judged by it, as rows for each model of a rule's scope."""

    placement: Placement
    day: date

    def among(self, model: type[Any]) -> Rows:
        """The rows of a rule's model that this placement makes judged."""
        at = self.placement.terms.filter(period__contains=self.day)
        rows: dict[type[Any], Rows] = {
            Placement: Placement.objects.filter(pk=self.placement.pk),
            LearnerIdentity: LearnerIdentity.objects.filter(pk=self.placement.learner_id),
            Enterprise: Enterprise.objects.filter(pk__in=at.values("enterprise")),
            Post: Post.objects.filter(pk__in=at.values("post")),
            ApprenticeIdentity: ApprenticeIdentity.objects.filter(
                learner=self.placement.learner_id
            ),
        }
        return rows[model]


def verdict(placement: Placement, *, on: date, at: datetime) -> Verdict:
    """What stands against the placement being 实习中, on the later of `on` and its first day.

    Every rule of severity `block`, AGR-01, PAY-01, PAY-02 (where it is critical: an assisting
    student's pay has no floor), cover on every day from the first to the last (for one that is
    suspended, from `on`), and HOST-07 to HOST-10 with itself counted; before all of them, that the
    commission keeps the host from taking students. Changes nothing.
    """
    with taken_back():
        held = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
        digest = digest_of(content_of(held))
        shut = _frozen(held, on)
        going_on = held.state == PlacementState.SUSPENDED
        _set_at_work(held)
        judged_on = max(on, held.starts_on)
        reasons = tuple(
            reason_of(rule, finding, judged_on)
            for rule, finding in _found(held, judged_on, cover_from=on if going_on else None)
        )
    return Verdict(
        placement_id=placement.pk,
        digest=digest,
        on=on,
        at=at,
        judged_on=judged_on,
        reasons=(*shut, *reasons),
        last_waiver_on=on + timedelta(days=whole_on("alert_longest_waiver_days", on)),
    )


@transaction.atomic
def start(
    placement: Placement,
    *,
    actor: Actor,
    at: datetime,
    waivers: Sequence[GateWaiver] = (),
) -> Placement:
    """Judge the placement and let it begin, or resume, in one transaction; GateClosed with reasons.

    The host is held meanwhile, so that two that start there at once are both counted.
    """
    hold_host(placement)
    gate = verdict(placement, on=actor.on, at=at)
    held = Placement.objects.get(pk=placement.pk)
    verb = resume if held.state == PlacementState.SUSPENDED else activate
    return verb(held, gate=gate, actor=actor, at=at, waivers=waivers)


def amended_verdict(amendment: Amendment, *, on: date, at: datetime) -> Verdict:
    """What the change would bring that does not stand against the placement without it.

    Judged on the change's first day, or on `on` where only the end changes. Changes nothing.
    """
    judged_on = amendment.from_day or on
    with taken_back():
        held, asked = lock_amendment(amendment)
        digest = digest_of(content_of(held))
        _set_at_work(held)
        before = {_key(finding) for _, finding in _found(held, judged_on, cover_from=on)}
        apply_changes(held, asked)
        reasons = tuple(
            reason_of(rule, finding, judged_on)
            for rule, finding in _found(held, judged_on, cover_from=on)
            if _key(finding) not in before
        )
    return Verdict(
        placement_id=amendment.placement_id,
        digest=digest,
        on=on,
        at=at,
        judged_on=judged_on,
        reasons=reasons,
        last_waiver_on=on + timedelta(days=whole_on("alert_longest_waiver_days", on)),
        amendment_id=amendment.pk,
    )


@transaction.atomic
def agree_amendment(
    amendment: Amendment,
    *,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
    waivers: Sequence[GateWaiver] = (),
) -> Amendment:
    """Judge the placement as amended and agree, in one transaction; GateClosed with reasons."""
    hold_host(amendment.placement)
    gate = amended_verdict(amendment, on=actor.on, at=at)
    return agree(amendment, gate=gate, actor=actor, at=at, party=party, waivers=tuple(waivers))


def _key(finding: Finding) -> tuple[str, str, str]:
    """A finding by what it is of and what it says: the same one is no news."""
    return finding.rule, finding.subject, json.dumps(finding.facts, sort_keys=True)


def settlement(placement: Placement, *, on: date, at: datetime) -> Verdict:
    """What the student is owed still: every month unpaid or underpaid, and those not due yet.

    All months are judged as of the day after the last one falls due, if that lies ahead, so a month
    paid early is in order and one that is not due yet stands against it. Payments made when the
    placement stands no more, a year after its last day, are not seen.
    """
    behind = timedelta(days=whole_on("standing_behind_days", on))
    judged_on = min(max(on, _after_the_last_pay_day(placement)), placement.last_on + behind)
    subjects = _Subjects(placement, placement.last_on)
    reasons = [
        reason_of(rule, finding, judged_on)
        for rule in all_rules()
        if rule.id in UNPAID
        for finding in rule.alerts(judged_on, among=subjects.among(rule.scope.model))
    ]
    return Verdict(
        placement_id=placement.pk,
        digest=digest_of(content_of(placement)),
        on=on,
        at=at,
        judged_on=judged_on,
        reasons=tuple(reasons),
    )


@transaction.atomic
def settle_placement(placement: Placement, *, actor: Actor, at: datetime) -> Placement:
    """Judge what is owed and settle, in one transaction; GateClosed with every month that is."""
    held = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    return settle(held, settlement=settlement(held, on=actor.on, at=at), actor=actor, at=at)


def _frozen(placement: Placement, on: date) -> tuple[Reason, ...]:
    """The reason that the host is frozen today, or on the first day; no waiver lets it stand."""
    terms = placement.terms.get(period__contains=placement.starts_on)
    found = freeze_at_start(terms.enterprise_id, on=on, starts_on=placement.starts_on)
    if found is None:
        return ()
    return (
        Reason(
            rule=FROZEN,
            subject=found.enterprise.credit_code,
            period="",
            severity=Severity.BLOCK,
            article=_("区教委暂停接收决定"),
            sentence=sentence_of(found),
            cure=_("另选实习单位，或等区教委恢复这家企业接收实习生"),
            facts={"from_day": found.from_day.isoformat()},
        ),
    )


def hold_host(placement: Placement) -> None:
    """Wait for whoever starts at the same host or is judged with it."""
    hosts = Enterprise.objects.filter(pk__in=placement.terms.values("enterprise"))
    list(hosts.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _set_at_work(placement: Placement) -> None:
    """The row as it will stand, for rules to read within the savepoint."""
    rows = Placement.objects.filter(pk=placement.pk)
    rows.update(state=PlacementState.ACTIVE, gate=placement.gate or Gate.PASSED)


def _found(
    placement: Placement, judged_on: date, *, cover_from: date | None
) -> Iterator[tuple[Rule, Finding]]:
    """What the rules of the gate find, in the order of their ids."""
    subjects = _Subjects(placement, judged_on)
    for rule in all_rules():
        among = subjects.among(rule.scope.model)
        if rule.id == COVER:
            findings = rule.alerts(max(judged_on, placement.last_on), among=among)
            found = (_from_day(finding, cover_from) for finding in findings)
            yield from ((rule, finding) for finding in found if finding is not None)
        else:
            yield from ((rule, finding) for finding in against(rule, judged_on, among))


def against(rule: Rule, judged_on: date, among: Rows) -> Iterator[Finding]:
    """What the rule finds that keeps somebody from starting; that of cover asks for other days."""
    if rule.severity == Severity.BLOCK or rule.id in WAIVABLE_RULES:
        yield from rule.alerts(judged_on, among=among)
    elif rule.id in DEMANDED:
        found = rule.alerts(judged_on, among=among)
        yield from (finding for finding in found if finding.severity == Severity.CRITICAL)


def _from_day(finding: Finding, first: date | None) -> Finding | None:
    """The finding without the gaps that ended before `first`; None when none is left."""
    if first is None:
        return finding
    left = [
        (max(date.fromisoformat(begins), first), date.fromisoformat(ends))
        for begins, ends in finding.facts["gaps"]
        if date.fromisoformat(ends) >= first
    ]
    if not left:
        return None
    facts = {
        **finding.facts,
        "gaps": [[begins.isoformat(), ends.isoformat()] for begins, ends in left],
        "days": sum((ends - begins).days + 1 for begins, ends in left),
    }
    return Finding(
        finding.rule, finding.subject, finding.period, finding.severity, facts, left[0][0]
    )


def reason_of(rule: Rule, finding: Finding, judged_on: date) -> Reason:
    """The finding as told to who asks, in the reader's language."""
    language = spoken()
    texts = texts_in(language)
    words = {"period": finding.period, "subject": finding.subject}
    words |= numbers_said(rule, judged_on) | said(finding.facts, texts, language)
    waivable = rule.id in WAIVABLE_RULES
    return Reason(
        rule=rule.id,
        subject=finding.subject,
        period=finding.period,
        severity=finding.severity,
        article=rule.article.source,
        sentence=texts.rules[rule.id].wrong.format_map(words),
        cure=texts.rules[rule.id].cure.format_map(words),
        facts=finding.facts,
        waivable=waivable,
        waived_until=_waived_until(finding, judged_on) if waivable else None,
    )


def _waived_until(finding: Finding, judged_on: date) -> date | None:
    """The last day of a waiver of the very case that still holds on the day."""
    case = Alert.objects.filter(
        rule=finding.rule,
        subject=finding.subject,
        period=finding.period,
        state=AlertState.WAIVED,
        waived_until__gte=judged_on,
    )
    return case.values_list("waived_until", flat=True).first()


def _after_the_last_pay_day(placement: Placement) -> date:
    """The first day on which the last month's pay is judged: the day after it falls due."""
    terms = placement.terms.get(period__contains=placement.last_on)
    next_month = placement.last_on.replace(day=1) + timedelta(days=32)
    return next_month.replace(day=terms.pay_day) + timedelta(days=1)
