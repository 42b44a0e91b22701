"""Requests come in at one moment, whatever the clock says, into a district with busy people."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.utils import timezone

from people.roles import Role
from tests.access.conftest import light_hashing, made_district
from tests.api.clients import Browser, signed_in
from tests.console.sites import NOW, District, join

__all__ = ("light_hashing", "made_district")


@pytest.fixture
def at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def district(made_district: District, db: None, at_nine: None) -> District:
    """The district of the file, as it was made."""
    return deepcopy(made_district)


@pytest.fixture
def coordinator(district: District) -> Browser:
    """The coordinator of school A."""
    return signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))
