"""A load of a malformed district writes nothing at all, and names the same place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from exchange.loading.district import load_district
from tests.loading.checksums import checksums
from tests.malformed.case import Form, Malformed, written
from tests.malformed.catalogue import CASES
from tests.malformed.district import CHEN, LUO, PHONES, good_district
from tests.malformed.test_malformed_inputs import label

AT = datetime(2026, 10, 6, 1, 0, tzinfo=UTC)
MERGES = [case for case in CASES if case.stage == "merge"]
READING = [case for case in CASES if case.stage == "reading"]
EVERY, EVERY_MERGE = 20, 5

pytestmark = pytest.mark.django_db


def _refuse(case: Malformed, tmp_path: Path) -> None:
    path = case.make(tmp_path)
    before = checksums()

    report = load_district(path, at=AT, by="operator", retract=case.keys_only)

    found = [(p.code, p.place, p.row, p.column) for p in report.problems]
    if case.keys_only:  # in an empty database, rows to retract are unknown as well
        found = [place for place in found if place[0] != "unknown_row"]
    assert found == [(case.code, case.place, case.row, case.column)]
    told = "".join(map(str, report.problems))
    assert not [number for number in (CHEN, LUO, *PHONES) if number in told]
    assert checksums() == before


@pytest.mark.parametrize("case", [*MERGES[::EVERY_MERGE], *READING[::EVERY]], ids=label)
def test_refused_load_writes_nothing(case: Malformed, tmp_path: Path) -> None:
    _refuse(case, tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize("case", CASES, ids=label)
def test_every_refused_load_writes_nothing(case: Malformed, tmp_path: Path) -> None:
    _refuse(case, tmp_path)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_good_district_is_loaded_and_changes_the_checksums(form: Form, tmp_path: Path) -> None:
    before = checksums()

    report = load_district(written(good_district(), tmp_path, form), at=AT, by="operator")

    assert list(report.problems) == []
    assert checksums() != before
