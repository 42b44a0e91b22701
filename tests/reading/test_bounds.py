"""Hostile files are refused in two seconds and 64 MiB, in a child that could not take more."""

import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.malformed.case import Malformed, good_parts
from tests.malformed.workbooks import BOMBS, SHEET

SECONDS = 2.0
MOST_MIB = 64
CHILD = """
import resource, sys, time
from django.conf import settings
settings.configure(USE_I18N=False)
from exchange.reading import open_district
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
before, started = peak(), time.process_time()
errors = open_district(sys.argv[1]).read_through()
spent = time.process_time() - started
sys.stdout.write(f"{errors.total} {errors.problems[0].code} {spent} {(peak() - before) / 1024}")
"""


def refuse(path: Path) -> tuple[str, float, float]:
    """The code with which a child refuses the file, its seconds of CPU and MiB of growth."""
    answer = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True
    )
    total, code, seconds, mib = answer.stdout.split()
    assert total == "1"
    return code, float(seconds), float(mib)


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name.replace(" ", "-"))
def test_bomb_is_refused_within_its_bounds(bomb: Malformed, tmp_path: Path) -> None:
    path = bomb.make(tmp_path)

    code, seconds, mib = refuse(path)

    assert code == bomb.code
    assert seconds <= SECONDS
    assert mib <= MOST_MIB


def _cells() -> Iterator[bytes]:
    dice = random.Random(1)
    for row in range(4, 170_000):
        values = [(letter, row, dice.getrandbits(30)) for letter in b"ABCDEFG"]
        yield (
            b"<row>" + b"".join(b'<c r="%c%d"><v>%d</v></c>' % cell for cell in values) + b"</row>"
        )


def _texts() -> Iterator[bytes]:
    dice = random.Random(1)
    for _ in range(2_050_000):
        yield b"<si><t>%d</t></si>" % dice.getrandbits(30)


@pytest.mark.deep
@pytest.mark.parametrize(
    ("part", "closing", "pieces"),
    [(SHEET, b"</sheetData>", _cells()), ("xl/sharedStrings.xml", b"</sst>", _texts())],
    ids=["cells", "texts"],
)
def test_bomb_that_compresses_badly_is_refused_within_its_bounds(
    part: str, closing: bytes, pieces: Iterator[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "district.xlsx"
    parts = good_parts()
    head, tail = parts.pop(part, b"<sst></sst>").split(closing)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(part, "w") as file:
            file.write(head)
            file.writelines(pieces)
            file.write(closing + tail)

    code, seconds, mib = refuse(path)

    assert code == "workbook_too_large"
    assert seconds <= SECONDS
    assert mib <= MOST_MIB


def test_csv_without_a_line_end_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    folder = tmp_path / "district"
    folder.mkdir()
    (folder / "schools.csv").write_bytes("学校标识码,".encode() + b"x" * (200 << 20))

    code, seconds, mib = refuse(folder)

    assert code == "huge_cell"
    assert seconds <= SECONDS
    assert mib <= MOST_MIB
