"""The school's verb that writes down what the papers say beyond the terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from audit import chain as audit
from internships.documents.wording import said_by, said_from, wording_of
from internships.life import flow
from internships.life.approvals import cleared, named, touched_by, void
from internships.life.content import WORDING
from internships.life.drafting import state_without
from internships.life.policies import require_party
from internships.life.steps import lock, record, require_state
from internships.models import Placement, Wording
from internships.models.moves import Party
from people.actors import Actor


@transaction.atomic
def write_wording(
    placement: Placement, *, changes: Mapping[str, Any], actor: Actor, at: datetime
) -> tuple[Wording | None, list[str]]:
    """A new version with these contents changed; returns it and the approvals it voided.

    Until the placement is approved, by the school; what consents and signatures were given to has
    changed then, and they are void. Nothing changed, nothing is written. Raises NotPermitted,
    TransitionNotAllowed, or TermsRefused for what can be no such content.
    """
    held = lock(placement)
    require_party(actor, flow.EDIT, held, Party.SCHOOL)
    require_state(flow.EDIT, held)
    last = wording_of(held)
    before = said_by(last)
    said = said_from(asdict(before) | dict(changes))
    if last is not None and said == before:
        return last, []
    written = Wording.objects.create(
        placement=held,
        version=1 if last is None else last.version + 1,
        said=asdict(said),
        digest=said.digest(),
        written_by_id=actor.user_id,
        written_on=actor.on,
        written_at=at,
    )
    touched = touched_by(held, [WORDING])
    step = record(
        held,
        flow.EDIT,
        to=state_without(held, touched),
        actor=actor,
        at=at,
        party=Party.SCHOOL,
        detail={"changed": [WORDING], "voided": named(touched)},
        values=cleared(touched),
    )
    void(held, touched, step=step)
    audit.record(
        "placement.wording",
        subject=f"placement:{held.pk}",
        by=actor.user_id,
        at=at,
        school=held.school_id,
        facts={"version": written.version, "digest": written.digest, "voided": named(touched)},
    )
    return written, named(touched)
