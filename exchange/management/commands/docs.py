"""Writes the documents that are generated from the code, or checks that they are fresh."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.rules_document import rules_document
from exchange.format.document import format_document

DOCUMENTS = {"rules.md": rules_document, "district-format.md": format_document}


class Command(BaseCommand):
    help = "从代码和 law/ 生成 docs/ 中的规则与数据格式说明；--check 只检查是否最新"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="不写入；文件过时则退出码为 1")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        for name, document in DOCUMENTS.items():
            file, text = folder / name, document()
            if not options["check"]:
                file.write_text(text, encoding="utf-8")
                self.stdout.write(f"已写入 {name}")
            elif not file.exists() or file.read_text(encoding="utf-8") != text:
                raise CommandError(f"{name} 已过时：请运行 python manage.py docs")
