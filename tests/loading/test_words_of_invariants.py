"""A load that only the database refuses says in words which invariant it would have broken."""

from __future__ import annotations

from typing import Any

import pytest

from exchange.loading import district as loading
from exchange.loading.findings import Findings
from exchange.loading.invariants import INVARIANTS
from tests.invariants.names import names_on, tables_of
from tests.loading.checksums import rows
from tests.loading.conftest import Load
from tests.loading.samples import sample

pytestmark = pytest.mark.django_db

LOADED = ("people", "internships", "insurance", "compensation", "apprenticeship")


def test_every_invariant_of_a_loaded_table_has_words_and_no_words_are_left_over(load: Load) -> None:
    assert load(sample()).problems == []  # it has a row for every table that a load writes

    loaded = {table for table, count in rows(*tables_of(LOADED)).items() if count}
    months = {table for table in tables_of(LOADED) if table.startswith("internships_attendanceday")}
    named = names_on([*(loaded | months)])

    assert named - set(INVARIANTS) == set()
    assert set(INVARIANTS) - named == {"internships_attendanceday_pkey"}


@pytest.mark.parametrize(
    ("stem", "changes", "words"),
    [
        ("placements", {"安排编号": "A9"}, "一个学生同一天只有一个岗位实习"),
        ("attendance", {"工时": "7"}, "一个安排每天只有一行考勤"),
    ],
)
def test_what_no_check_foresaw_is_refused_by_the_words_of_its_invariant(
    load: Load, monkeypatch: pytest.MonkeyPatch, stem: str, changes: dict[str, str], words: str
) -> None:
    def nothing(*args: Any, **options: Any) -> Findings:
        return Findings()

    monkeypatch.setattr(loading, "check", nothing)
    district = sample()
    district[stem].append({**district[stem][0], **changes})

    report = load(district)

    (problem,) = report.problems
    assert problem.code == "invariant"
    assert words in problem.reason
    assert "?" not in problem.reason
