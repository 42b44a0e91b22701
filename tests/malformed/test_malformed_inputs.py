"""Every malformed input is refused, once, at the right place and without a personal number."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.reading import open_district
from tests.malformed.case import Malformed
from tests.malformed.catalogue import CASES
from tests.malformed.district import CHEN, LUO, PHONES

READING = [case for case in CASES if case.stage == "reading"]


def label(case: Malformed) -> str:
    """An id in plain letters: the number in the table, the form, the table and the code."""
    words = [word for word in case.name.split()[:2] if word.isascii()]
    return "-".join([f"{CASES.index(case):03d}", *words, case.code])


@pytest.mark.parametrize("case", READING, ids=label)
def test_malformed_input_is_refused_with_its_place_named(case: Malformed, tmp_path: Path) -> None:
    path = case.make(tmp_path)

    errors = open_district(path, keys_only=case.keys_only).read_through()

    found = [(p.code, p.place, p.row, p.column) for p in errors]
    assert found == [(case.code, case.place, case.row, case.column)]
    problem = errors.problems[0]
    assert problem.reason
    assert problem.remedy
    for number in (CHEN, LUO, CHEN[:17], *PHONES):
        assert number not in str(problem)


def test_corpus_is_as_large_as_promised(record_property: Callable[[str, object], None]) -> None:
    names = [case.name for case in CASES]

    record_property("malformed inputs", len(CASES))
    assert len(set(names)) == len(names)
    assert len(CASES) >= 200
