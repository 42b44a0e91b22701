"""A change of host: one placement ends, and the one that follows it elsewhere is drafted."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from internships.life.agreed import Agreed
from internships.life.drafting import draft_placement
from internships.life.refusals import NotPermitted, TermsRefused
from internships.life.running import end
from internships.life.steps import lock
from internships.models import Placement
from internships.models.moves import Party
from people.actors import Actor
from people.roles import Role


def may_succeed(placement: Placement, actor: Actor) -> bool:
    """Whether the actor may change the host: the coordinator of the student's school."""
    return actor.has(Role.SCHOOL_COORDINATOR, placement.school_id)


@transaction.atomic
def succeed(
    placement: Placement,
    *,
    last_day: date,
    message: str,
    starts_on: date,
    ends_on: date,
    agreed: Agreed,
    actor: Actor,
    at: datetime,
) -> Placement:
    """End a running placement with `last_day` and draft the one that follows it, at another host.

    Kind and arrangement stay. Both are done or neither. Raises TermsRefused for the same host,
    where an amendment is the way, and for days that overlap.
    """
    held = lock(placement)
    if not may_succeed(held, actor):
        raise NotPermitted(_("换单位由学校办理"))
    terms = held.terms.get(period__contains=min(last_day, held.last_on))
    if agreed.post.enterprise_id == terms.enterprise_id:
        raise TermsRefused(_("同一单位内的调整请提出变更"))
    if starts_on <= last_day:
        raise TermsRefused(_("新的实习要在这一次结束之后开始"))
    end(held, last_day=last_day, message=message, party=Party.SCHOOL, actor=actor, at=at)
    return draft_placement(
        learner=held.learner,
        kind=held.kind,
        arrangement=held.arrangement,
        starts_on=starts_on,
        ends_on=ends_on,
        agreed=agreed,
        follows=held,
        actor=actor,
        at=at,
    )
