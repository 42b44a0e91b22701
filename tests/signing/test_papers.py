"""Agreements and consents: whole and lawful or not issued, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from exchange.documents.contents import covers_of
from exchange.documents.issuing import PaperRefused, issue, prepare
from exchange.documents.layouts import layout_on
from exchange.documents.rendering import as_pdf
from insurance.models import PremiumPayer
from internships.documents.checks import faults_of
from internships.documents.issuing import stands
from internships.documents.wording import said_by, said_from, wording_of
from internships.documents.writing import write_wording
from internships.life.agreeing import consent, sign
from internships.life.content import TOUCHES, content_of, digest_of, first_terms
from internships.life.drafting import edit
from internships.life.refusals import NotPermitted, TermsRefused, TransitionNotAllowed
from internships.models import (
    ApprovalKind,
    Document,
    DocumentKind,
    FilingMatter,
    Party,
    Placement,
    PlacementState,
)
from people.roles import Role
from tests.life.cast import ENDS_ON, ON, Cast, kept
from tests.rules.builders import file_matter, insure
from tests.signing.papers import SAID, issued, worded

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[2]
AGAIN = """
import hashlib, json, sys
from exchange.documents.layouts import layouts
from exchange.documents.rendering import as_pdf
from internships.models import DocumentKind
told = json.load(sys.stdin)
print(hashlib.sha256(as_pdf(layouts(DocumentKind.AGREEMENT)[-1], told)).hexdigest())
"""


def test_a_paper_is_issued_of_what_was_agreed_and_kept_with_its_hash() -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted())

    document = issued(cast, placement)

    assert document.sha256 == hashlib.sha256(document.pdf).hexdigest()
    pdf = bytes(document.pdf)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<" in pdf
    assert document.content == digest_of(content_of(placement), TOUCHES[ApprovalKind.SIGNATURE])
    assert stands(document)


def test_issued_again_it_is_the_same_document() -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted())
    first = issued(cast, placement)
    cast.later(3)

    again = issued(cast, placement)

    assert again.pk == first.pk
    assert Document.objects.count() == 1


def test_another_process_at_another_place_makes_the_same_bytes() -> None:
    cast = Cast()
    document = issued(cast, worded(cast, cast.accepted()))
    elsewhere = os.environ | {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C"}

    ran = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + AGAIN],
        input=json.dumps(document.said),
        env=elsewhere | {"DJANGO_SETTINGS_MODULE": "backend.settings"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == document.sha256


def test_numbers_of_people_are_masked_in_a_paper() -> None:
    cast = Cast()
    document = issued(cast, worded(cast, cast.accepted()), DocumentKind.CONSENT)

    told = json.dumps(document.said, ensure_ascii=False)

    number = cast.learner.student.id_number
    assert number is not None
    assert str(number) in told
    assert number.open_unlogged() not in told


def test_everything_that_is_missing_is_said_at_once() -> None:
    cast = Cast()
    placement = cast.accepted(daily_hours=None)

    with pytest.raises(PaperRefused) as refused:
        issued(cast, placement)

    found = {(fault.check, fault.content) for fault in refused.value.faults}
    assert found == {("AGR-02", content) for content in range(1, 10)}
    fields = {fault.field for fault in refused.value.faults}
    assert {"school_contact", "tasks", "daily_hours", "meals", "cover", "breach"} <= fields


def fields_at_fault(placement: Placement, said: dict[str, Any]) -> list[tuple[str, str]]:
    """What would keep a paper with that wording from being issued."""
    covers = covers_of(placement)
    found = faults_of(placement, first_terms(placement), said_from(SAID | said), covers)
    return [(fault.check, fault.field) for fault in found]


def test_one_content_missing_is_enough() -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted())

    found = {missing: fields_at_fault(placement, {missing: ""}) for missing in SAID}

    assert fields_at_fault(placement, {}) == []
    assert found == {missing: [("AGR-02", missing)] for missing in SAID}
    assert fields_at_fault(placement, {"lodging": "host"}) == [("AGR-02", "lodging_place")]


def test_an_unlawful_wording_is_refused_and_one_up_to_the_limit_is_not() -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted())

    found = {
        hours: fields_at_fault(placement, {"begins": hours[0], "ends": hours[1]})
        for hours in (
            *(("14:00", "22:01"), ("05:59", "14:00"), ("20:00", "04:00")),
            *(("06:00", "14:00"), ("14:00", "22:00")),
        )
    }

    night = [("AGR-03", "begins")]
    assert list(found.values()) == [night, night, night, [], []]
    assert fields_at_fault(placement, {"weekly_hours": "40.01"}) == [("AGR-03", "weekly_hours")]


@pytest.mark.parametrize(
    ("terms", "field"),
    [({"daily_hours": Decimal("8.01")}, "daily_hours"), ({"agreed_pay": Decimal(0)}, "agreed_pay")],
)
def test_unlawful_terms_are_refused(terms: dict[str, Any], field: str) -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted(**terms))

    with pytest.raises(PaperRefused) as refused:
        issued(cast, placement)

    assert [(fault.check, fault.field) for fault in refused.value.faults] == [("AGR-03", field)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_premium_that_the_student_bears_is_refused_in_every_language(language: str) -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted())
    insure(cast.learner, ON, ENDS_ON, payer=PremiumPayer.STUDENT)

    with override(language), pytest.raises(PaperRefused) as refused:
        issued(cast, placement)

    assert [(fault.check, fault.field) for fault in refused.value.faults] == [("AGR-03", "cover")]


def test_a_filing_made_before_lets_an_adult_work_at_night() -> None:
    cast = Cast(born_on=ON.replace(year=2005))
    placement = worded(cast, cast.accepted(), begins="20:00", ends="04:00")

    file_matter(cast.post, FilingMatter.NIGHT, filed_on=ON)

    assert issued(cast, placement).pk


def test_an_edit_makes_the_old_paper_void_and_voids_what_was_given_to_it() -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted())
    consent(placement, **cast.by(Role.STUDENT))
    old = issued(cast, placement)

    _wording, voided = write_wording(
        placement, changes={"place": "重庆市北碚区"}, **cast.by(Role.SCHOOL_COORDINATOR)
    )

    assert voided == ["consent student"]
    assert kept(placement).student_consented_on is None
    assert not stands(old)
    new = issued(cast, placement)
    assert stands(new)
    assert (new.pk, new.sha256) != (old.pk, old.sha256)


def test_another_teacher_makes_the_agreement_void_and_leaves_the_consent() -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted())
    agreement, letter = issued(cast, placement), issued(cast, placement, DocumentKind.CONSENT)

    edit(placement, changes={"teacher": None}, **cast.by(Role.SCHOOL_COORDINATOR))

    assert not stands(agreement)
    assert stands(letter)


def test_what_is_signed_is_what_the_paper_is_of() -> None:
    cast = Cast()
    placement = worded(cast, cast.consented())
    consent(placement, **cast.by(Role.STUDENT))
    consent(placement, party=Party.GUARDIAN, **cast.by(Role.SCHOOL_COORDINATOR))
    document = issued(cast, placement)

    sign(placement, **cast.by(Role.STUDENT))

    approval = placement.approvals.get(kind=ApprovalKind.SIGNATURE, voided_by__isnull=True)
    assert approval.digest == document.content
    assert placement.agreements.get().template_version == document.template


def test_what_was_approved_before_there_was_a_wording_still_stands() -> None:
    cast = Cast()
    placement = cast.accepted()

    parts = content_of(placement)

    assert digest_of(parts) == digest_of({**parts, "wording": None})
    assert digest_of(parts) != digest_of({**parts, "wording": "0" * 64})


def test_the_wording_is_the_schools_to_write_until_the_placement_is_approved() -> None:
    cast = Cast()
    placement = cast.submitted()

    for role in (Role.ENTERPRISE_HR, Role.STUDENT, Role.GUARDIAN, Role.COMMISSION):
        with pytest.raises(NotPermitted):
            write_wording(placement, changes=SAID, **cast.by(role))
        with pytest.raises(NotPermitted):
            issue(placement, kind=DocumentKind.AGREEMENT, **cast.by(role))
    written, _voided = write_wording(
        placement, changes={"place": "x"}, **cast.by(Role.SCHOOL_COORDINATOR)
    )

    assert written is not None
    assert written.version == 1
    assert said_by(wording_of(placement)).place == "x"


def test_the_same_wording_again_is_no_new_version() -> None:
    cast = Cast()
    placement = cast.submitted()
    write_wording(placement, changes=SAID, **cast.by(Role.SCHOOL_COORDINATOR))

    write_wording(placement, changes=SAID, **cast.by(Role.SCHOOL_COORDINATOR))

    assert placement.wordings.count() == 1
    assert placement.steps.filter(move="edit", detail__changed=["wording"]).count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"deposit": "500"},
        {"meals": "sometimes"},
        {"pay_method": "voucher"},
        {"begins": "8:30"},
        {"weekly_hours": "NaN"},
        {"weekly_hours": "168.01"},
        {"notice_days": -1},
        {"other": "长" * 1001},
        {"other": "\x00"},
    ],
)
def test_what_can_be_no_content_is_refused(changes: dict[str, Any]) -> None:
    cast = Cast()

    with pytest.raises(TermsRefused):
        write_wording(cast.submitted(), changes=changes, **cast.by(Role.SCHOOL_COORDINATOR))


def test_a_draft_has_no_papers_yet() -> None:
    cast = Cast()
    placement = worded(cast, cast.drafted())

    with pytest.raises(TransitionNotAllowed):
        issued(cast, placement)

    assert kept(placement).state == PlacementState.DRAFT


def test_words_of_typst_in_a_content_are_only_words() -> None:
    cast = Cast()
    placement = worded(cast, cast.accepted(), tasks='#read("/etc/passwd") *粗体* $x$ \\')
    layout, _content, told = prepare(placement, DocumentKind.AGREEMENT, on=ON)

    pdf = as_pdf(layout, told)

    assert pdf.startswith(b"%PDF")
    assert told["tasks"].startswith("#read(")
    assert asdict(said_by(wording_of(placement)))["tasks"] == told["tasks"]


def test_a_paper_uses_the_layout_of_its_day() -> None:
    assert layout_on(DocumentKind.AGREEMENT, ON).version == "2026-11"
