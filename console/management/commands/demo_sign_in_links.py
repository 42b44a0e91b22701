"""Prints a sign-in link for each demo role; development settings only."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from console.accounts.demo import DemoRefused, demo_users
from people.accounts.links import LIFETIME, make_link


class Command(BaseCommand):
    help = "打印示范学区每种角色的登录链接：一小时内有效，用过即失效；只用于开发环境"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--base-url", default="http://127.0.0.1:8000", help="网站地址，默认 %(default)s"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--accounts-only", action="store_true", help="只建立演示账号，不打印链接"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            users = demo_users(on=timezone.localdate(now))
        except DemoRefused as refused:
            raise CommandError(str(refused)) from None
        if options["accounts_only"]:
            return
        base = options["base_url"].rstrip("/")
        links = {
            role: base + reverse("demo-sign-in", args=[make_link(user=user, at=now)])
            for role, user in users.items()
        }
        if options["format"] == "json":
            self.stdout.write(json.dumps(links, ensure_ascii=False, indent=2))
            return
        minutes = int(LIFETIME.total_seconds() // 60)
        self.stdout.write(f"示范学区登录链接（{minutes} 分钟内有效，各用一次）：")
        for role, link in links.items():
            width = 20 - 2 * len(str(role.label))
            self.stdout.write(f"  {role.label}{' ' * width}{link}")
