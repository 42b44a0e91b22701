"""`seed_demo`: write the invented demo district as an interchange folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from common.command_days import a_day
from exchange.demo.writing import DemoRefused, Order, Written, write_district


class Command(BaseCommand):
    """Writes rosters, attendance and pay with a documented number of faults; never an alert."""

    help = "生成虚构的示范区数据文件夹（docs/demo-district.md 列出其中埋设的问题）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Size, seed and day decide every byte."""
        parser.add_argument("--size", type=int, default=1200, help="学生人数，默认 1200")
        parser.add_argument("--seed", type=int, default=1, help="随机种子，默认 1")
        parser.add_argument("--on", type=a_day, default=None, help="基准日期，默认今天")
        parser.add_argument("--write", type=Path, required=True, metavar="DIR", help="写入的文件夹")
        parser.add_argument(
            "--attendance-days",
            type=int,
            default=None,
            help="只写最近若干天的考勤（埋设问题的学生除外），默认全部",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the folder and say what is in it."""
        on = options["on"] or timezone.localdate()
        try:
            order = Order(options["size"], options["seed"], on, options["attendance_days"])
            written = self._write(options["write"], order)
        except (DemoRefused, OSError) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        if options["format"] == "json":
            self.stdout.write(json.dumps(_summary(options["write"], order, written)))
            return
        rows = "，".join(f"{stem} {count}" for stem, count in written.rows.items())
        alerts = "，".join(f"{rule} {count}" for rule, count in written.expected.items())
        self.stdout.write(f"示范区（虚构）已写入 {options['write']}，基准日期 {on}")
        self.stdout.write(f"行数：{rows}")
        self.stdout.write(f"埋设的预警：{alerts}")

    def _write(self, folder: Path, order: Order) -> Written:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("生成示范区", total=order.size)
            return write_district(folder, order, lambda count: progress.advance(task, count))


def _summary(folder: Path, order: Order, written: Written) -> dict[str, object]:
    return {
        "path": str(folder),
        "size": order.size,
        "seed": order.seed,
        "on": order.on.isoformat(),
        "invented": True,
        "rows": written.rows,
        "expected": written.expected,
    }
