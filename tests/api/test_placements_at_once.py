"""Sixteen at once: one placement is drafted, one acceptance is given, whoever loses is told why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from internships.models import Approval, Placement
from people.roles import Role
from tests.api.clients import Browser, signed_in
from tests.console.sites import NOW
from tests.life.cast import ENDS_ON, STARTS_ON, Cast
from tests.rules.builders import make_learner

AT_ONCE = 16

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]


def all_at_once(browsers: list[Browser], send: Callable[[Browser], Any]) -> list[Any]:
    """The answers to the same request of each browser, sent at the same moment."""
    begin = Barrier(len(browsers))

    def one(browser: Browser) -> Any:
        begin.wait()
        try:
            return send(browser)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(one, browsers))


def test_one_request_sent_sixteen_times_drafts_one_placement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cast = Cast()
    browsers = [signed_in(cast.users[Role.SCHOOL_COORDINATOR]) for _ in range(AT_ONCE)]
    draft = {
        "learner": f"{cast.learner.public_id}",
        "kind": "production",
        "starts_on": f"{STARTS_ON}",
        "ends_on": f"{ENDS_ON}",
        "post": cast.post.pk,
    }

    answers = all_at_once(
        browsers, lambda browser: browser.post("/placements", draft, idempotency_key="k")
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Placement.objects.count() == 1


def test_of_sixteen_who_decide_on_the_same_sight_one_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cast = Cast()
    placement = cast.submitted()
    browsers = [signed_in(cast.users[Role.ENTERPRISE_HR]) for _ in range(AT_ONCE)]
    mark = browsers[0].mark(f"/placements/{placement.pk}")

    answers = all_at_once(
        browsers,
        lambda browser: browser.post(f"/placements/{placement.pk}/accept", if_match=mark),
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: AT_ONCE - 1}
    assert Approval.objects.count() == 1


def test_many_moved_at_once_and_each_by_itself_wait_for_each_other_and_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    first = Cast()
    others = [
        Cast(learner=make_learner(school=first.school), post=first.post) for _ in range(AT_ONCE - 1)
    ]
    placements = [cast.submitted() for cast in (first, *others)]
    everyone = {"items": [{"id": placement.pk, "etag": "*"} for placement in placements]}
    hr = first.users[Role.ENTERPRISE_HR]
    requests = [("/placements/accept", everyone)] * 4 + [
        (f"/placements/{placement.pk}/accept", None) for placement in reversed(placements)
    ]
    marks = {
        address: signed_in(hr).mark(address.removesuffix("/accept"))
        for address, body in requests[4:]
    }
    browsers = [signed_in(hr) for _ in requests]
    waiting = iter(requests)

    def send(browser: Browser) -> Any:
        address, body = next(waiting)
        if body is None:
            return browser.post(address, if_match=marks[address])
        return browser.post(address, body)

    answers = all_at_once(browsers, send)

    assert {answer.status_code for answer in answers} <= {200, 412}
    assert Approval.objects.count() == len(placements)
