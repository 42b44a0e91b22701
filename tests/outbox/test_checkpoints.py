"""Seams are named in one list, do what they are told, and nothing in production."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from common.checkpoints import SEAMS, CheckpointReached, CheckpointUnknown, checkpoint

HOUSE = Path(__file__).resolve().parent.parent.parent
PACKAGES = (
    "audit common people internships insurance compensation apprenticeship compliance".split()
)
SEAM_IN_CODE = re.compile(r'\bcheckpoint\("([a-z-]+)"\)')


def test_a_seam_does_nothing_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUANGYUAN_CHECKPOINT", "before-commit:raise")

    for seam in SEAMS:
        if seam != "before-commit":
            checkpoint(seam)

    with pytest.raises(CheckpointReached):
        checkpoint("before-commit")


def test_a_seam_waits_as_long_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUANGYUAN_CHECKPOINT", "mid-sweep:wait:0.2,after-claim:raise")
    began = time.monotonic()

    checkpoint("mid-sweep")

    assert 0.2 <= time.monotonic() - began < 2


def test_a_seam_kills_its_process_by_signal_nine() -> None:
    code = "from common.checkpoints import checkpoint; checkpoint('after-commit')"
    environment = {"SHUANGYUAN_CHECKPOINT": "after-commit:kill", "PYTHONPATH": str(HOUSE)}

    killed = subprocess.run([sys.executable, "-c", code], env=environment, check=False)

    assert killed.returncode == -9


def test_a_seam_does_nothing_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUANGYUAN_CHECKPOINT", "after-commit:raise")
    monkeypatch.setenv("SHUANGYUAN_ENV", "production")

    checkpoint("after-commit")


def test_a_seam_nobody_listed_and_an_order_nobody_knows_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(CheckpointUnknown):
        checkpoint("somewhere")

    monkeypatch.setenv("SHUANGYUAN_CHECKPOINT", "after-commit:dance")
    with pytest.raises(CheckpointUnknown):
        checkpoint("after-commit")


def test_the_seams_in_the_code_are_all_in_the_list() -> None:
    in_code = {
        name
        for package in PACKAGES
        for file in (HOUSE / package).rglob("*.py")
        for name in SEAM_IN_CODE.findall(file.read_text(encoding="utf-8"))
    }

    assert in_code - set(SEAMS) == set()
    assert in_code >= {"after-publish", "after-claim", "before-commit", "after-commit"}
