"""Rows are taken back by their keys alone: all of them, or none with the place named."""

from __future__ import annotations

import pytest

from audit.models import Operation
from common.identifiers import make_credit_code
from compensation.models import PaymentEntry
from exchange.format import TABLES
from tests.loading.checksums import checksums, rows
from tests.loading.conftest import Load
from tests.loading.samples import keys_of, sample

pytestmark = pytest.mark.django_db

SIZES = {stem: len(found) for stem, found in sample().items()}

TABLES_OF_A_DISTRICT = (
    "people_school",
    "people_enterprise",
    "people_student",
    "people_learneridentity",
    "people_guardian",
    "people_teacher",
    "people_mentor",
    "internships_post",
    "internships_placement",
    "internships_terms",
    "internships_agreement",
    "internships_filing",
    "internships_attendanceday",
    "insurance_policy",
    "insurance_insuredperiod",
    "apprenticeship_apprenticeidentity",
)

REFERRING = {
    "schools": "students.csv",
    "enterprises": "posts.csv",
    "students": "placements.csv",
    "posts": "placements.csv",
    "placements": "agreements.csv",
    "policies": "insured.csv",
}


def test_a_retracted_district_leaves_only_reversed_payments(load: Load) -> None:
    load(sample())

    report = load(keys_of(sample()), retract=True)

    assert report.problems == []
    assert {stem: counts.retracted for stem, counts in report.tables.items()} == SIZES
    assert set(rows(*TABLES_OF_A_DISTRICT).values()) == {0}
    assert PaymentEntry.objects.standing().count() == 0
    assert PaymentEntry.objects.count() == 2 * SIZES["payments"]
    assert report.operation_id is not None
    operation = Operation.objects.get(pk=report.operation_id)
    assert operation.kind == "retract"
    assert operation.counts["payments"]["retracted"] == SIZES["payments"]


def test_a_retracted_district_may_be_loaded_again(load: Load) -> None:
    load(sample())
    load(keys_of(sample()), retract=True)

    report = load(sample())

    assert {stem: counts.new for stem, counts in report.tables.items()} == SIZES
    again = load(sample())
    assert {stem: counts.unchanged for stem, counts in again.tables.items()} == SIZES


def test_a_retracted_payment_entered_again_is_the_next_revision(load: Load) -> None:
    load(sample())
    payments = {"payments": sample()["payments"][:1]}
    load(keys_of(payments), retract=True)

    load(payments)

    told = [
        (entry.revision, entry.reverses_id is None)
        for entry in PaymentEntry.objects.filter(bank_reference="B1").order_by("pk")
    ]
    assert told == [(0, True), (0, False), (1, True)]


def test_a_bank_reference_alone_names_its_payment(load: Load) -> None:
    load(sample())

    report = load({"payments": [{"安排编号": "A1", "银行流水号": "B1"}]}, retract=True)

    assert report.problems == []
    assert PaymentEntry.objects.standing().count() == SIZES["payments"] - 1


def test_a_dry_retraction_writes_nothing(load: Load) -> None:
    load(sample())
    before = checksums()

    report = load(keys_of(sample()), retract=True, dry_run=True)

    assert {stem: counts.retracted for stem, counts in report.tables.items()} == SIZES
    assert checksums() == before


@pytest.mark.parametrize("stem", TABLES)
def test_a_row_that_is_not_known_is_refused_with_its_place(load: Load, stem: str) -> None:
    load(sample())
    before = checksums()
    keys = keys_of({stem: sample()[stem][-1:]})
    title = TABLES[stem].by_field[TABLES[stem].key[-1]].title
    keys[stem][0][title] = "2026-06-06" if "日期" in title else "5001170009"
    if title == "统一社会信用代码":
        keys[stem][0][title] = make_credit_code("91500117", "MA5U0009")

    report = load(keys, retract=True)

    found = [(p.code, p.place, p.row) for p in report.problems]
    assert found == [("unknown_row", f"{stem}.csv", 2)]
    assert checksums() == before


@pytest.mark.parametrize("stem", REFERRING)
def test_a_row_that_others_refer_to_is_refused_with_what_refers(load: Load, stem: str) -> None:
    load(sample())
    before = checksums()

    report = load(keys_of({stem: sample()[stem][:1]}), retract=True)

    assert {(p.code, p.place, p.row) for p in report.problems} == {
        ("still_referred_to", f"{stem}.csv", 2)
    }
    assert any(REFERRING[stem] in problem.remedy for problem in report.problems)
    assert checksums() == before


def test_a_key_twice_in_a_retraction_is_refused(load: Load) -> None:
    load(sample())
    keys = keys_of({"agreements": sample()["agreements"][:1] * 2})

    report = load(keys, retract=True)

    assert [(p.code, p.row) for p in report.problems] == [("duplicate_key", 3)]


def test_one_of_two_identities_taken_back_leaves_the_person(load: Load) -> None:
    district = sample()
    del district["placements"][3], district["insured"][2]
    load(district)

    load(keys_of({"students": district["students"][3:]}), retract=True)

    assert rows("people_student", "people_learneridentity") == {
        "people_student": 3,
        "people_learneridentity": 3,
    }


def test_a_row_that_cannot_be_read_is_the_only_one_that_is_called_wrong(load: Load) -> None:
    load(sample())
    keys = keys_of(sample())
    keys["attendance"][0]["日期"] = "2026-09-31"
    keys["payments"][1]["金额"] = "many"

    report = load(keys, retract=True)

    assert [(p.code, p.place, p.row) for p in report.problems] == [
        ("no_such_date", "attendance.csv", 2),
        ("bad_number", "payments.csv", 3),
    ]
