"""A cast whose guardian has a phone, and the codes that went to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from people.models import Guardian
from tests.life.cast import Cast
from tests.signing.letters import PHONE


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Cast:
    made = Cast()
    guardian = made.guardian
    guardian.phone_sealed = Guardian.PHONE.seal(PHONE, row=guardian.public_id)
    guardian.phone_index = Guardian.PHONE.index(PHONE)
    guardian.save()
    monkeypatch.setattr(timezone, "now", lambda: made.at)
    settings.DEBUG = True
    settings.CHANNELS_DIRECTORY = tmp_path
    return made


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """The codes that went out so far."""
    return lambda: [
        json.loads(line)["text"]
        for path in sorted(tmp_path.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
