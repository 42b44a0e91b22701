"""Guidance and safety: two named mentors, and training passed before the first day."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from compliance.findings import Severity
from compliance.found_rows import NamesWhere, any_of, found, required
from compliance.registry import rule
from compliance.scopes import Rows, begun_production
from internships.placement_queries import PlacementQuerySet


@rule(
    "SUP-01",
    title=_("缺少指导教师"),
    severity=Severity.BLOCK,
    scope=begun_production,
    numbers=("required_mentors",),
)
def mentor_missing(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements without an instructor of the school or a mentor of the enterprise."""
    nobody = {
        "school": Q(judged__teacher__isnull=True),
        "enterprise": Q(judged__mentor__isnull=True),
    }
    missing = required(nobody, by="required_mentors", day=Value(on))
    return found(
        placements.with_judged_terms(on).filter(any_of(missing)),
        subject="code",
        since="starts_on",
        missing=NamesWhere(missing),
    )


@rule(
    "SUP-03",
    title=_("上岗前未经安全培训合格"),
    severity=Severity.BLOCK,
    scope=begun_production,
)
def without_safety_training(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements begun before the student had passed the safety training."""
    untrained = Q(safety_trained_on__isnull=True) | Q(safety_trained_on__gt=F("starts_on"))
    return found(placements.filter(untrained), subject="code", since="starts_on")
