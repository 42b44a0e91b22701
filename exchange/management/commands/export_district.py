"""Writes the whole district to a folder that loads as all unchanged; the export is on record."""

from __future__ import annotations

import getpass
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console

from exchange.export.district import ExportRefused, export_district
from exchange.format import TABLES
from exchange.loading.progress import rows_read


class Command(BaseCommand):
    help = "把全部数据导出为 CSV 文件夹（含证件号码和电话的原文，导出会记录在案）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="新的或空的文件夹")
        parser.add_argument("--reason", required=True, help="导出的理由，写入操作记录")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(stderr=True)
        try:
            with rows_read(console) as progress, leaving_on_request():
                report = export_district(
                    options["path"],
                    reason=options["reason"],
                    at=timezone.now(),
                    by=getpass.getuser(),
                    progress=progress,
                )
        except ExportRefused as refusal:
            raise CommandError(str(refusal.reason)) from refusal
        except OSError as error:
            raise CommandError(f"不能写入 {options['path']}：{error.strerror}") from error
        for stem, rows in report.rows.items():
            self.stdout.write(f"{TABLES[stem].file_name} {rows}")
        self.stdout.write(f"操作记录 {report.operation_id}")


@contextmanager
def leaving_on_request() -> Iterator[None]:
    """Leave by an exception when asked to stop, so that half-written files go on the way out."""
    asked = {
        number: signal.signal(number, lambda number, frame: sys.exit(128 + number))
        for number in (signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in asked.items():
            signal.signal(number, handler)
