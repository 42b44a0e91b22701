"""The verbs of a change of terms: one side proposes, the other agrees; and what held when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.ranges import days
from internships.life import flow
from internships.life.agreed import check_terms
from internships.life.content import OF_TERMS
from internships.life.policies import require_party
from internships.life.refusals import NotPermitted, TermsRefused, TransitionNotAllowed
from internships.life.running import ONE_A_DAY, check_now, elsewhere, require_alone
from internships.life.steps import lock, put_on_record, record, require_state, words, words_needed
from internships.life.verdicts import GateWaiver, Verdict, require_open
from internships.models import Placement, Post, Terms
from internships.models.amendments import Amendment, AmendmentState
from internships.models.moves import Party
from people.actors import Actor
from people.models import Mentor, Teacher

AMENDABLE = frozenset((*OF_TERMS, "ends_on"))
ROWS: dict[str, type[Any]] = {"post": Post, "teacher": Teacher, "mentor": Mentor}
ONE_DAY = timedelta(days=1)


@transaction.atomic
def propose(
    placement: Placement,
    *,
    changes: Mapping[str, Any],
    from_day: date | None = None,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
    message: str = "",
) -> Amendment:
    """Propose other terms from a day to come, or another end; the other side agrees or does not.

    `changes` are of pay, hours, post at the same host, stage, mentor, teacher, `ends_on`;
    `from_day` is needed for all but the end. Raises TermsRefused for what cannot be agreed.
    """
    held = lock(placement)
    side = require_party(actor, flow.PROPOSE, held, party)
    require_state(flow.PROPOSE, held)
    if held.amendments.filter(state=AmendmentState.PROPOSED).exists():
        raise TransitionNotAllowed(_("已有一份变更待对方同意，请先处理"))
    if set(changes) - AMENDABLE:
        raise TermsRefused(_("这些内容不能变更；换单位请另行安排实习"))
    amendment = Amendment(
        placement=held,
        from_day=from_day,
        changes={name: _written(changes[name]) for name in sorted(changes)},
        message=words(message),
        proposed_for=side,
        proposed_by_id=actor.user_id,
        proposed_on=actor.on,
        proposed_at=at,
    )
    _check(held, amendment, on=actor.on)
    amendment.save()
    detail = {"amendment": amendment.pk, "changes": amendment.changes}
    step = record(
        held,
        flow.PROPOSE,
        to=held.state,
        actor=actor,
        at=at,
        party=side,
        message=amendment.message,
        detail=detail,
    )
    put_on_record(held, step)
    return amendment


@transaction.atomic
def agree(
    amendment: Amendment,
    *,
    gate: Verdict,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
    waivers: tuple[GateWaiver, ...] = (),
) -> Amendment:
    """The other side agrees: from the day on the terms are others, the days before keep theirs.

    `gate` judges the placement as amended. Raises TransitionNotAllowed when it is decided already,
    TermsRefused when its first day has come meanwhile.
    """
    held, asked = lock_amendment(amendment)
    side = require_party(actor, flow.AGREE, held, party)
    require_state(flow.AGREE, held)
    if side == asked.proposed_for:
        raise NotPermitted(_("变更要由另一方同意"))
    _check(held, asked, on=actor.on)
    waived = require_open(gate, held, waivers=waivers, actor=actor, at=at, amendment=asked.pk)
    try:
        with transaction.atomic():
            apply_changes(held, asked)
            require_alone(held)
            check_now(ONE_A_DAY)
    except IntegrityError as error:
        raise elsewhere() from error
    _decide(asked, AmendmentState.AGREED, side, actor, at)
    step = record(
        held,
        flow.AGREE,
        to=held.state,
        actor=actor,
        at=at,
        party=side,
        detail={"amendment": asked.pk, "was": asked.was, "waived": waived},
    )
    put_on_record(held, step)
    return asked


@transaction.atomic
def turn_down(
    amendment: Amendment,
    *,
    message: str,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
) -> Amendment:
    """The other side does not agree, or the proposing one takes it back; the terms stay."""
    held, asked = lock_amendment(amendment)
    side = require_party(actor, flow.TURN_DOWN, held, party)
    _decide(asked, AmendmentState.TURNED_DOWN, side, actor, at)
    step = record(
        held,
        flow.TURN_DOWN,
        to=held.state,
        actor=actor,
        at=at,
        party=side,
        message=words_needed(message),
        detail={"amendment": asked.pk},
    )
    put_on_record(held, step)
    return asked


def lock_amendment(amendment: Amendment) -> tuple[Placement, Amendment]:
    """Its placement and it, held; TransitionNotAllowed when it is decided already."""
    held = lock(Placement(pk=amendment.placement_id))
    asked = Amendment.objects.get(pk=amendment.pk)
    if asked.state != AmendmentState.PROPOSED:
        raise TransitionNotAllowed(_("这份变更已经处理过了"))
    return held, asked


def apply_changes(placement: Placement, amendment: Amendment) -> None:
    """Write the new episode of terms and the new end, and note in the amendment what they were.

    The last episode ends the day before; none that was is touched otherwise.
    """
    wanted = _read(amendment.changes)
    last = placement.terms.get(period__endswith=None)
    changed = {name: value for name, value in wanted.items() if name in OF_TERMS}
    if changed and amendment.from_day is not None:
        amendment.was |= {name: _written(getattr(last, name)) for name in changed}
        copied = {name: getattr(last, name) for name in OF_TERMS} | changed
        last.period = days(last.period.lower, amendment.from_day - ONE_DAY)
        last.save(update_fields=["period"])
        amendment.terms = Terms.objects.create(
            placement=placement,
            school_id=placement.school_id,
            enterprise_id=copied["post"].enterprise_id,
            period=days(amendment.from_day, None),
            **copied,
        )
    if "ends_on" in wanted:
        amendment.was |= {"ends_on": placement.ends_on.isoformat()}
        placement.ends_on = wanted["ends_on"]
        placement.save(update_fields=["ends_on"])
        placement.refresh_from_db(fields=["last_on"])


def terms_on(placement: Placement, day: date, known_at: datetime | None = None) -> Terms:
    """The terms of the day: as known now, or as they were known at that moment.

    Terms that a file brought are known from the beginning; amended ones since they were agreed.
    """
    episodes = placement.terms.order_by("period")
    if known_at is None:
        return episodes.get(period__contains=day)
    unknown = placement.amendments.filter(decided_at__gt=known_at, terms__isnull=False)
    known = episodes.exclude(pk__in=unknown.values("terms"))
    return [it for it in known if it.period.lower is None or it.period.lower <= day][-1]


def ends_on_as_known(placement: Placement, known_at: datetime) -> date:
    """The agreed last day as it was known at that moment."""
    later = placement.amendments.filter(decided_at__gt=known_at, was__has_key="ends_on")
    was = later.order_by("decided_at", "pk").values_list("was", flat=True).first()
    return placement.ends_on if was is None else date.fromisoformat(was["ends_on"])


def _check(placement: Placement, amendment: Amendment, *, on: date) -> None:
    """Raise TermsRefused for what changes nothing, changes the past, or contradicts itself."""
    wanted = _read(amendment.changes)
    last = placement.terms.get(period__endswith=None)
    terms = {name: value for name, value in wanted.items() if name in OF_TERMS}
    if terms:
        _check_day(placement, last, amendment.from_day, on=on)
        whole = {name: getattr(last, name) for name in OF_TERMS} | terms
        if whole["post"].enterprise_id != last.enterprise_id:
            raise TermsRefused(_("换单位请另行安排实习，作为这次实习的后续"))
        check_terms(whole, school_id=placement.school_id)
    same = all(getattr(last, name) == value for name, value in terms.items())
    if same and wanted.get("ends_on", placement.ends_on) == placement.ends_on:
        raise TermsRefused(_("没有任何变化"))
    if "ends_on" in wanted and wanted["ends_on"] < max(on, placement.starts_on):
        raise TermsRefused(_("新的结束日期不能早于今天，也不能早于开始日期"))


def _check_day(placement: Placement, last: Terms, from_day: date | None, *, on: date) -> None:
    """Raise TermsRefused unless the day is to come, of the placement, and after earlier changes."""
    if from_day is None or from_day <= max(on, placement.starts_on):
        raise TermsRefused(_("变更只能从今天之后、实习开始之后的日期起"))
    if from_day > placement.last_on:
        raise TermsRefused(_("变更的日期晚于实习的最后一天"))
    if last.period.lower is not None and from_day <= last.period.lower:
        raise TermsRefused(
            _("已约定从 %(day)s 起变更，新的变更要晚于这一天") % {"day": last.period.lower}
        )


def _decide(
    amendment: Amendment, state: AmendmentState, side: Party, actor: Actor, at: datetime
) -> None:
    amendment.state = state
    amendment.decided_for = side
    amendment.decided_by_id = actor.user_id
    amendment.decided_on = actor.on
    amendment.decided_at = at
    amendment.save()


def _written(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return value.pk if isinstance(value, Post | Teacher | Mentor) else value


def _read(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The values again; TermsRefused for a person or post that is not there any more."""
    return {name: _value(name, kept) for name, kept in changes.items()}


def _value(name: str, kept: Any) -> Any:
    if kept is None:
        return None
    if name in ROWS:
        row = ROWS[name]._default_manager.filter(pk=kept).first()
        if row is None:
            raise TermsRefused(_("所指的岗位或人员已不存在"))
        return row
    if name in {"agreed_pay", "daily_hours"}:
        return Decimal(kept)
    return date.fromisoformat(kept) if name == "ends_on" else kept
