"""Migrates, refuses an old PostgreSQL, fills the calendar and grants the app role its rights."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from common.app_role import grant_app_role
from common.law_rows import sync_law

LEAST_POSTGRESQL = 180000


class Command(Migrate):
    # The version is judged before Django's own checks, whose word for it says less.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        connection.ensure_connection()
        version = connection.pg_version  # type: ignore[attr-defined]
        if version < LEAST_POSTGRESQL:
            raise CommandError(
                f"需要 PostgreSQL 18 或更高版本，连接到的是 {version // 10000}："
                "请把 DATABASE_URL（和 DATABASE_OWNER_URL）指向 18 以上的服务器"
            )
        super().handle(*args, **options)
        if options["app_label"] is None and not options["plan"] and not options["check_unapplied"]:
            sync_law()
            app_role = getattr(settings, "DATABASE_APP_ROLE", "")
            if app_role:
                grant_app_role(connection, app_role)
