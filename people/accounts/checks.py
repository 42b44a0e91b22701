"""What `manage.py check` finds wrong with accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from people.models import User


@register(Tags.database)
def refuse_demo_accounts_in_production(
    databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """A production database holds no demo account: anybody may know how to make a link for one."""
    if not settings.PRODUCTION or not databases:
        return []
    found = [
        alias
        for alias in databases
        if User._meta.db_table in connections[alias].introspection.table_names()
        and User.objects.using(alias).filter(demo=True).exists()
    ]
    return [
        Error(
            f"生产数据库（{alias}）里有演示账号",
            hint="删除 people_user 中 demo 为真的账号；演示学区只用于开发环境",
            id="people.E001",
        )
        for alias in found
    ]
