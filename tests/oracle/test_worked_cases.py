"""The worked cases of the contract and the vectors of the law, against the brute-force reader."""

import pytest

from tests.districts.door import refusals
from tests.oracle.cases import CASES, Case
from tests.oracle.reading import district_from
from tests.oracle.sweeping import Alert, alerts, identity


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reader_raises_what_the_contract_works_out(case: Case) -> None:
    district = district_from(case.tables)

    raised: list[Alert] = [one for one in alerts(district, case.on) if one["rule"] in case.rules]

    assert refusals(district) == []
    assert raised == sorted(case.expected, key=identity)
