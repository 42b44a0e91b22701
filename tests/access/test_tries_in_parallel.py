"""What many connections do at once counts once: tries of a password, uses of a link."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection

from people.accounts.limits import TRIES, claim_try
from people.accounts.links import make_link, use_link
from people.accounts.services import open_account

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


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_a_link_at_once_one_signs_in() -> None:
    at = datetime.fromisoformat("2026-11-24T08:00:00+08:00")
    user = open_account(username="wang", display_name="王")
    token = make_link(user=user, at=at)

    def one_use(_: int) -> bool:
        try:
            return use_link(token, at=at) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=16) as pool:
        entered = list(pool.map(one_use, range(32)))

    assert entered.count(True) == 1
