"""A school gathers placements into a batch and files it; the rules read what was filed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import uuid6
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from audit.chain import record
from common.ranges import days
from internships.life.refusals import NotPermitted, TermsRefused, TransitionNotAllowed
from internships.models import (
    OFFERED_STATES,
    Filing,
    FilingBatch,
    FilingBatchEntry,
    FilingMatter,
    Placement,
    PlacementKind,
    Terms,
)
from internships.models.batches import LONGEST_NUMBER
from people.actors import Actor
from people.models import School
from people.roles import Role

MOST_IN_A_BATCH = 2_000


@transaction.atomic
def open_batch(
    school: School,
    *,
    matters: Sequence[str],
    placements: Sequence[Placement],
    actor: Actor,
    at: datetime,
    once: UUID | None = None,
) -> FilingBatch:
    """Begin a batch of the school with these placements, asking leave for these matters, if any.

    Sent twice as `once`, one batch; NotPermitted for one that somebody else began as that.
    """
    if not actor.has(Role.SCHOOL_COORDINATOR, school.pk) or actor.user_id is None:
        raise NotPermitted(_("只有本校的实习管理员可以备案"))
    unknown = sorted(set(matters) - set(FilingMatter.values))
    if unknown:
        raise TermsRefused(_("没有这种备案事项"))
    batch, is_new = FilingBatch.objects.get_or_create(
        public_id=once or uuid6.uuid7(),
        defaults={
            "school": school,
            "matters": [word for word in FilingMatter.values if word in matters],
            "made_by_id": actor.user_id,
            "made_on": actor.on,
            "made_at": at,
        },
    )
    if not is_new:
        if (batch.school_id, batch.made_by_id) != (school.pk, actor.user_id):
            raise NotPermitted(_("这份表格已由别人提交，请重新打开页面"))
        return batch
    _put_in(batch, placements)
    _tell("filing_batch.open", batch, actor, at, placements=len(placements))
    return batch


@transaction.atomic
def add_to_batch(
    batch: FilingBatch, *, placements: Sequence[Placement], actor: Actor, at: datetime
) -> FilingBatch:
    """Put more placements of the school into a batch that is not filed; those in it stay."""
    held = _gathering(batch, actor)
    _put_in(held, placements)
    _tell("filing_batch.add", held, actor, at, placements=len(placements))
    return held


@transaction.atomic
def take_out(
    batch: FilingBatch, *, placements: Sequence[Placement], actor: Actor, at: datetime
) -> FilingBatch:
    """Take placements out of a batch that is not filed."""
    held = _gathering(batch, actor)
    FilingBatchEntry.objects.filter(batch=held, placement__in=placements).delete()
    _tell("filing_batch.take_out", held, actor, at, placements=len(placements))
    return held


@transaction.atomic
def file_batch(
    batch: FilingBatch, *, number: str, filed_on: date, actor: Actor, at: datetime
) -> FilingBatch:
    """File the batch under `number` as of `filed_on`, today or before.

    With matters, each post in it has a filing of the school for the days of its placements, which
    allows them from the day after `filed_on`. Raises TransitionNotAllowed for an empty batch, a day
    to come, or a number that is taken.
    """
    held = _gathering(batch, actor)
    said = number.strip()
    if not said or len(said) > LONGEST_NUMBER:
        raise TermsRefused(_("请写明备案编号，最多 %(most)s 个字") % {"most": LONGEST_NUMBER})
    if filed_on > actor.on:
        raise TermsRefused(_("备案日期不能晚于今天"))
    entries = list(held.entries.select_related("placement"))
    if not entries:
        raise TransitionNotAllowed(_("批次里还没有实习安排"))
    held.number, held.filed_on, held.filed_by_id = said, filed_on, actor.user_id
    try:
        with transaction.atomic():
            held.save(update_fields=["number", "filed_on", "filed_by"])
            if held.matters:
                _allow(held, entries, filed_on)
    except IntegrityError as error:
        raise TransitionNotAllowed(_("这个备案编号已经用过")) from error
    _tell("filing_batch.file", held, actor, at, placements=len(entries))
    return held


def _allow(batch: FilingBatch, entries: list[FilingBatchEntry], filed_on: date) -> None:
    """One filing a post: of the batch's matters, for the days of its placements there."""
    by_post: dict[int, list[FilingBatchEntry]] = defaultdict(list)
    terms = Terms.objects.filter(placement__in=[entry.placement_id for entry in entries])
    posts: dict[int, set[int]] = defaultdict(set)
    for placement, post in terms.values_list("placement", "post"):
        posts[placement].add(post)
    for entry in entries:
        for post in sorted(posts[entry.placement_id]):
            by_post[post].append(entry)
    for place, (post, there) in enumerate(sorted(by_post.items()), start=1):
        filing = Filing.objects.create(
            code=f"{batch.number}-{place}",
            post_id=post,
            matters=batch.matters,
            filed_on=filed_on,
            period=days(
                min(entry.placement.starts_on for entry in there),
                max(entry.placement.last_on for entry in there),
            ),
            school_id=batch.school_id,
        )
        FilingBatchEntry.objects.filter(pk__in=[entry.pk for entry in there]).update(filing=filing)


def _gathering(batch: FilingBatch, actor: Actor) -> FilingBatch:
    """The batch, held; refused to who is not of the school, and when it is filed."""
    held = FilingBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not may_file(held, actor):
        raise NotPermitted(_("只有本校的实习管理员可以备案"))
    if held.is_filed:
        raise TransitionNotAllowed(_("这个批次已经备案，不能再改"))
    return held


def may_file(batch: FilingBatch, actor: Actor) -> bool:
    """Whether the actor gathers and files for the batch's school."""
    return actor.has(Role.SCHOOL_COORDINATOR, batch.school_id)


def _put_in(batch: FilingBatch, placements: Sequence[Placement]) -> None:
    if any(placement.school_id != batch.school_id for placement in placements):
        raise TermsRefused(_("批次里只能有本校的实习安排"))
    if batch.entries.count() + len(placements) > MOST_IN_A_BATCH:
        raise TermsRefused(_("一个批次最多 %(most)s 个实习安排") % {"most": MOST_IN_A_BATCH})
    rows = [FilingBatchEntry(batch=batch, placement=placement) for placement in placements]
    FilingBatchEntry.objects.bulk_create(rows, ignore_conflicts=True)


def _tell(what: str, batch: FilingBatch, actor: Actor, at: datetime, *, placements: int) -> None:
    record(
        what,
        subject=f"filing_batch:{batch.public_id}",
        by=actor.user_id,
        at=at,
        school=batch.school_id,
        facts={"placements": placements, "matters": list(batch.matters)},
    )


def in_no_batch(actor: Actor) -> Any:
    """岗位实习 that the actor sees, not over, which are in no batch at all."""
    entries = FilingBatchEntry.objects.filter(placement=OuterRef("pk"))
    return Placement.objects.visible_to(actor).filter(
        ~Exists(entries),
        kind=PlacementKind.PRODUCTION,
        state__in=OFFERED_STATES,
        last_on__gte=actor.on,
    )
