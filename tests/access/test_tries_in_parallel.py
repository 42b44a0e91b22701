"""A burst of tries from many connections passes the limit by not one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection

from people.accounts.limits import TRIES, claim_try

BURST = 200


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_tries_at_once_exactly_the_limit_go_on() -> None:
    at = datetime.fromisoformat("2026-11-24T08:00:00+08:00")

    def one_try(_: int) -> int:
        try:
            return claim_try(username="wang", place="203.0.113.9", at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=16) as pool:
        waits = list(pool.map(one_try, range(BURST)))

    assert waits.count(0) == TRIES
    assert len(waits) == BURST
