"""The whole benchmark, at a size at which its figures mean nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from backend.environment import BASE_DIR
from bench.district import District
from bench.report import results_of

ON = date(2026, 11, 24)
BUILT_AND_MEASURED = """
import sys
from datetime import date
from pathlib import Path
from bench.__main__ import measure, read_arguments
from bench.district import District
district = District(120, on=date(2026, 11, 24), root=Path(sys.argv[1]))
try:
    district.start()
    measure(district, read_arguments(["--rounds", "1"]))
finally:
    district.stop()
"""


@pytest.mark.deep
def test_benchmark_runs_whole_and_keeps_a_line_for_each_goal(tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SHUANGYUAN_", "DATABASE_", "REDIS_"))
    }

    ran = subprocess.run(
        [sys.executable, "-c", BUILT_AND_MEASURED, str(tmp_path)],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr[-3000:]
    kept = results_of(District(120, on=ON, root=tmp_path))
    assert {line["goal"] for line in kept["lines"]} == {"G1", "G2", "G3", "G9", "G10", "G11", "G12"}
    assert len(kept["rules"]) == 36
    assert json.dumps(kept)
