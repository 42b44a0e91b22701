"""Copies the law's calendar into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from common.law_rows import sync_law


class Command(BaseCommand):
    help = "把 law/ 中的日历写入数据库（没有变化时什么也不做）"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("日历已更新" if sync_law() else "日历无变化")
