"""Takes a district's files in, whole or not at all, or with --retract takes their rows back."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from common.law_rows import sync_law
from exchange.format import TABLES
from exchange.loading.district import load_district
from exchange.loading.progress import rows_read
from exchange.loading.report import LoadReport
from exchange.reading import Problem

LOADED, REFUSED = 0, 1


class Command(BaseCommand):
    help = "导入一个区县的数据（CSV 文件夹或 XLSX 工作簿）；有任何错误则什么也不写入"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="CSV 文件夹或 .xlsx 工作簿")
        parser.add_argument("--dry-run", action="store_true", help="只检查和计数，不写入")
        parser.add_argument(
            "--retract", action="store_true", help="文件只含键列，撤回这些行（报酬以冲销撤回）"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(stderr=True)
        sync_law()
        try:
            with rows_read(console) as progress:
                report = load_district(
                    options["path"],
                    at=timezone.now(),
                    by=getpass.getuser(),
                    dry_run=options["dry_run"],
                    retract=options["retract"],
                    progress=progress,
                )
        except OperationalError as error:
            raise CommandError(
                "数据库中断了这次导入：请查看数据库是否在运行，再导入同一批文件；已写入的行不会重复"
            ) from error
        if options["format"] == "json":
            self._write_json(report)
        elif report.is_refused:
            _show_problems(console, report)
        else:
            self._show_counts(report)
        sys.exit(REFUSED if report.is_refused else LOADED)

    def _write_json(self, report: LoadReport) -> None:
        answer = {
            "refused": report.is_refused,
            "dry_run": report.is_dry_run,
            "operation": str(report.operation_id) if report.operation_id else None,
            "tables": {stem: counts.as_dict() for stem, counts in report.tables.items()},
            "errors": [_error(problem) for problem in report.problems],
            "further_errors": report.further_problems,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _show_counts(self, report: LoadReport) -> None:
        title = "试导入（没有写入）" if report.is_dry_run else None
        table = Table("表", "文件", title=title)
        for heading in ("新增", "变更", "未变", "撤回"):
            table.add_column(heading, justify="right")
        for stem, counts in report.tables.items():
            numbers = (counts.new, counts.changed, counts.unchanged, counts.retracted)
            table.add_row(
                TABLES[stem].sheet, TABLES[stem].file_name, *(f"{number:,}" for number in numbers)
            )
        out = Console(file=self.stdout)  # type: ignore[arg-type]
        out.print(table)
        if report.operation_id:
            out.print(f"操作记录 {report.operation_id}")
        elif not report.is_dry_run:
            out.print("没有变化，没有写入")


def _error(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.place,
        "row": problem.row,
        "column": problem.column,
        "letter": problem.letter,
        "value": problem.value,
        "reason": problem.reason,
        "remedy": problem.remedy,
        "code": problem.code,
    }


def _show_problems(console: Console, report: LoadReport) -> None:
    table = Table(title="没有写入任何内容：请改正下列错误后重新导入", show_lines=True)
    for heading in ("文件/表", "行", "列", "值", "原因", "改法", "代码"):
        table.add_column(heading, overflow="fold")
    for problem in report.problems:
        column = " ".join(filter(None, (problem.letter, problem.column)))
        row = "" if problem.row is None else str(problem.row)
        table.add_row(
            problem.place,
            row,
            column,
            problem.value or "",
            problem.reason,
            problem.remedy,
            problem.code,
        )
    console.print(table, markup=False)
    if report.further_problems:
        console.print(f"另有 {report.further_problems:,} 个错误没有列出")
