"""The Chinese words of the files and the codes the database keeps for them."""

from __future__ import annotations

from functools import cache

from django.db.models import TextChoices
from django.utils import translation

from apprenticeship.models import ApprenticeshipForm
from compensation.models import Payee, Payer, PaymentMethod
from insurance.models import CoverKind, PolicyStatus, PremiumPayer
from internships.models import (
    Arrangement,
    AttendanceStatus,
    FilingMatter,
    Hazard,
    LabourGrade,
    PayBasis,
    PlacementKind,
    PlacementStatus,
    Stage,
)
from people.models import EnrolmentStatus, EnterpriseNature, SchoolLevel, VenueKind

CHOICES: dict[tuple[str, str], type[TextChoices]] = {
    ("schools", "level"): SchoolLevel,
    ("enterprises", "venue"): VenueKind,
    ("enterprises", "nature"): EnterpriseNature,
    ("students", "status"): EnrolmentStatus,
    ("posts", "labour_grade"): LabourGrade,
    ("posts", "hazards"): Hazard,
    ("placements", "kind"): PlacementKind,
    ("placements", "arrangement"): Arrangement,
    ("placements", "stage"): Stage,
    ("placements", "status"): PlacementStatus,
    ("placements", "pay_basis"): PayBasis,
    ("policies", "kind"): CoverKind,
    ("policies", "premium_payer"): PremiumPayer,
    ("policies", "status"): PolicyStatus,
    ("attendance", "status"): AttendanceStatus,
    ("payments", "method"): PaymentMethod,
    ("payments", "payer"): Payer,
    ("payments", "payee"): Payee,
    ("filings", "matters"): FilingMatter,
    ("apprentices", "form"): ApprenticeshipForm,
}
"""Which enumeration stands behind a column of closed words, by table and field."""


@cache
def code_of_word(stem: str, field: str) -> dict[str, str]:
    """Codes by the word of the file, whatever language the reader has chosen."""
    with translation.override(None):
        return {str(choice.label): choice.value for choice in CHOICES[stem, field]}


@cache
def word_of_code(stem: str, field: str) -> dict[str, str]:
    """Words of the file by code."""
    return {code: word for word, code in code_of_word(stem, field).items()}
