"""A process of the product, and not only a test that imports the handler, takes what is told."""

from __future__ import annotations

import subprocess
import sys

from backend.environment import BASE_DIR

ASK = (
    "import django; django.setup(); from audit.outbox.topics import known_topics as k; print(*k())"
)


def test_a_fresh_process_knows_who_takes_what_cases_tell() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=BASE_DIR, capture_output=True, text=True, check=True
    )

    assert {"case-told", "climb", "recheck", "sweep"} <= set(done.stdout.split())
