"""Reads the chains of events again and names the first of each that is not as it was written."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from audit.chain.heads import keep_heads
from audit.chain.verifying import HeadsUnreadable, Verified, heads_in, verify
from audit.models import AuditEvent

BROKEN = 1


class Command(BaseCommand):
    help = "核对审计链：指出每条链上第一条被改动、缺失或接不上的记录；有问题时退出码为 1"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="同时与留存在库外的链尾文件比对，可重复；能发现截尾和整链重写",
        )
        parser.add_argument(
            "--keep", action="store_true", help="核对无误后，把现在的链尾写入今天的留存文件"
        )
        parser.add_argument("--format", choices=("json", "text"), default="text", dest="shape")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            kept = [head for path in options["heads"] for head in heads_in(path)]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不了链尾文件：{error}") from None
        except HeadsUnreadable as error:
            raise CommandError(f"{error}；请使用每天留存的链尾文件") from None
        with Progress(
            TextColumn("核对审计链"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        ) as bar:
            task = bar.add_task("", total=AuditEvent.objects.count())
            result = verify(kept=kept, progress=lambda read: bar.advance(task, read))
        self._tell(result, options["shape"])
        if result.bad:
            sys.exit(BROKEN)
        if options["keep"]:
            self.stderr.write(f"链尾已写入 {self._kept()}")

    def _kept(self) -> Path:
        try:
            return keep_heads(at=timezone.now())
        except OSError as error:
            raise CommandError(
                f"写不了链尾文件：{error}；请让运行程序的用户能写入这个目录"
            ) from None

    def _tell(self, result: Verified, shape: str) -> None:
        if shape == "json":
            told = {
                "events": result.events,
                "chains": len(result.heads),
                "bad": [asdict(bad) for bad in result.bad],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{len(result.heads)} 条链，{result.events} 条记录")
        for bad in result.bad:
            name = f"学校 {bad.chain}" if bad.chain else "全区"
            self.stdout.write(f"  {name} 链第 {bad.seq} 条：{bad.fault.label}")
        if not result.bad:
            self.stdout.write("没有发现改动")
