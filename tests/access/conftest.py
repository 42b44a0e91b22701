"""Light hashing, still argon2, for tests that sign in often; and a district made once a file."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from tests.access.district import District


@pytest.fixture(autouse=True)
def light_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 8)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)


@pytest.fixture(scope="module")
def made_district(kept_rows: None) -> District:
    """The district of the file; a file with tests that commit makes one for each test instead."""
    return District()


@pytest.fixture
def district(made_district: District, db: None) -> District:
    """The district of the file, as it was made."""
    return deepcopy(made_district)
