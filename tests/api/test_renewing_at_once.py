"""Fifty phones with one token at once: one new generation, one answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from people.accounts.tokens import begin_device, renew
from people.models import Device, User

NOW = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
AT_ONCE = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_renewals_at_once_make_one_generation_and_one_answer() -> None:
    user = User.objects.create(username="ta1", display_name="示例导师")
    first = begin_device(user=user, name="手机", at=NOW)
    start = Barrier(AT_ONCE)

    def try_one(number: int) -> tuple[str, str]:
        start.wait()
        try:
            tokens = renew(first.refresh, at=NOW + timedelta(milliseconds=number))
            return tokens.access, tokens.refresh
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(try_one, range(AT_ONCE)))

    assert len(answers) == 1
    assert Device.objects.get().generation == 2
