"""One fault in the last row of the last file writes nothing, into a district that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.loading.district import load_district
from tests.loading.conftest import AT, BY, Load
from tests.loading.faults import REFUSALS, refused_whole
from tests.loading.samples import sample, write_folder

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def district_that_is_there(kept_rows: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_folder(sample(), tmp_path_factory.mktemp("district"))
    assert load_district(folder, at=AT, by=BY).problems == []
    return folder


@pytest.mark.usefixtures("district_that_is_there")
@pytest.mark.parametrize("name", REFUSALS)
def test_one_fault_writes_nothing_into_a_district_that_is_there(load: Load, name: str) -> None:
    refused_whole(load, REFUSALS[name])
