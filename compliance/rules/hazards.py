"""Work that is barred or needs a filing: high risk, hazards to minors, heavy labour."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from common.age_sql import AgeOn
from common.law_sql import IsOneOf, LegalValue, codes_of
from compliance.findings import Severity
from compliance.found_rows import found, words_of
from compliance.registry import rule
from compliance.scopes import Rows, standing_production
from internships.models import LIMITS_OF_FILINGS, Filing, FilingMatter, Hazard
from internships.placement_queries import PlacementQuerySet

HAZARDS = "judged__post__hazards"


@rule(
    "HAZ-01",
    title=_("高风险岗位未备案"),
    severity=Severity.BLOCK,
    scope=standing_production,
    numbers=("high_risk_hazards", *LIMITS_OF_FILINGS),
)
def high_risk_without_filing(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements at a post of high risk that no filing made beforehand allows on the first day."""
    high_risk = LegalValue("high_risk_hazards", day=F("starts_on"), read=codes_of(Hazard))
    filings = Filing.objects.allowing(
        FilingMatter.HIGH_RISK,
        post=OuterRef("judged__post"),
        school=OuterRef("school"),
        major_code=OuterRef("learner__major_code"),
        born_on=OuterRef("learner__student__born_on"),
        day=OuterRef("starts_on"),
    )
    return found(
        placements.with_judged_terms(on)
        .filter(**{f"{HAZARDS}__overlap": high_risk})
        .exclude(Exists(filings)),
        subject="code",
        since="starts_on",
        hazards=words_of(F(HAZARDS), Hazard, among=high_risk),
    )


@rule(
    "HAZ-02",
    title=_("未成年人从事有危险因素的岗位"),
    severity=Severity.BLOCK,
    scope=standing_production,
    numbers=("majority_age", "age_reached_on", "minors_barred_hazards"),
)
def minor_at_hazard(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements of a student who is a minor on the first day at a post with a hazard."""
    barred = LegalValue("minors_barred_hazards", day=F("starts_on"), read=codes_of(Hazard))
    return found(
        placements.with_judged_terms(on)
        .annotate(age=AgeOn(F("learner__student__born_on"), F("starts_on")))
        .filter(
            age__lt=LegalValue("majority_age", day=F("starts_on")),
            **{f"{HAZARDS}__overlap": barred},
        ),
        subject="code",
        since="starts_on",
        hazards=words_of(F(HAZARDS), Hazard),
    )


@rule(
    "HAZ-04",
    title=_("重体力劳动"),
    severity=Severity.BLOCK,
    scope=standing_production,
    numbers=("heavy_labour_grades",),
)
def heavy_labour(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements at a post of heavy physical labour."""
    heavy = LegalValue("heavy_labour_grades", day=F("starts_on"))
    return found(
        placements.with_judged_terms(on).filter(IsOneOf(F("judged__post__labour_grade"), heavy)),
        subject="code",
        since="starts_on",
        grade="judged__post__labour_grade",
    )
