"""Pages are asked at one moment, whatever the clock says."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.console.sites import NOW, District


@pytest.fixture
def at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def district(db: None, at_nine: None) -> District:
    return District()
