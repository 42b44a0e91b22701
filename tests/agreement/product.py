"""The product as the tests see it: load a folder, sweep a day, undo it all."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from exchange.loading.district import load_district
from tests.districts.making import Generated
from tests.districts.spelling import write
from tests.oracle.sweeping import Alert, identity

LOADED_AT = datetime(2026, 10, 5, 2, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Printed:
    """What the sweep wrote to its two outputs, and its exit status."""

    stdout: str
    stderr: str
    status: int


@contextmanager
def loaded(generated: Generated, folder: Path) -> Iterator[None]:
    """A district written to a folder and loaded, gone again afterwards."""
    write(generated, folder)
    with in_the_database(folder):
        yield


@contextmanager
def in_the_database(path: Path) -> Iterator[None]:
    """The district at a path in the database, gone again afterwards."""
    with transaction.atomic():
        report = load_district(path, at=LOADED_AT, by="agreement")
        assert not report.is_refused, [str(problem) for problem in report.problems[:5]]
        yield
        transaction.set_rollback(True)


def swept(on: date, **options: object) -> Printed:
    """What `sweep --as-of … --format json` prints."""
    stdout, stderr = io.StringIO(), io.StringIO()
    arguments = (f"--as-of={on.isoformat()}", "--format=json")
    status = 0
    try:
        call_command("sweep", *arguments, stdout=stdout, stderr=stderr, **options)
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    return Printed(stdout.getvalue(), stderr.getvalue(), status)


def differences(ours: str, theirs: list[Alert]) -> list[str]:
    """The alerts on one side only, a line each: `+` the product's, `-` the reader's."""
    of_product = {identity(alert): alert for alert in json.loads(ours)}
    of_reader = {identity(alert): alert for alert in theirs}
    return [
        f"{sign} {json.dumps(one[key], ensure_ascii=False)}"
        for key in sorted(of_product.keys() | of_reader.keys())
        for sign, one, other in (("+", of_product, of_reader), ("-", of_reader, of_product))
        if key in one and one[key] != other.get(key)
    ]
