"""Pages are asked at one moment, whatever the clock says."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.utils import timezone

from tests.access.conftest import made_district
from tests.console.sites import NOW, District

__all__ = ("made_district",)


@pytest.fixture
def at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def district(made_district: District, db: None, at_nine: None) -> District:
    """The district of the file, as it was made."""
    return deepcopy(made_district)
