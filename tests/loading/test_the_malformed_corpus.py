"""Every malformed input of the corpus, loaded over a district, is refused and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from exchange.loading.district import load_district
from people.models import School
from tests.loading.checksums import checksums
from tests.loading.conftest import AT, BY
from tests.malformed.case import Malformed
from tests.malformed.catalogue import CASES
from tests.malformed.district import good_district, write_folder

pytestmark = pytest.mark.django_db

EVERY = 60
"""One in so many is tried in every run, all in the deep one."""


def _refuse_all(cases: list[Malformed], folder: Path) -> None:
    good = write_folder(good_district(), folder / "good")
    assert load_district(good, at=AT, by=BY).problems == []
    before = checksums()

    for number, case in enumerate(cases):
        place = folder / str(number)
        place.mkdir()
        report = load_district(case.make(place), at=AT, by=BY, retract=case.keys_only)

        found = [(p.code, p.place, p.row, p.column) for p in report.problems]
        assert found == [(case.code, case.place, case.row, case.column)], case.name
        assert report.operation_id is None
        assert checksums() == before, case.name


def test_a_sample_of_the_corpus_writes_nothing(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    cases = CASES[::EVERY]
    record_property("malformed inputs loaded", len(cases))

    _refuse_all(cases, tmp_path)


@pytest.mark.deep
def test_the_whole_corpus_writes_nothing(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("malformed inputs loaded", len(CASES))
    assert len(CASES) >= 200

    _refuse_all(CASES, tmp_path)


def test_checksums_see_one_changed_word_and_one_step_of_a_sequence(tmp_path: Path) -> None:
    load_district(write_folder(good_district(), tmp_path / "good"), at=AT, by=BY)
    before = checksums()

    School.objects.filter(code="5001170101").update(name="别名")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('people_student_id_seq')")

    after = checksums()
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"people_school", "people_student_id_seq"}
