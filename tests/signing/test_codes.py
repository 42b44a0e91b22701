"""The code that goes to a signer: whose it is, for how long, and how often."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.life.cast import Cast, kept, moment
from tests.signing.letters import form, letter_of, link_of, with_code

pytestmark = pytest.mark.django_db


def test_another_name_or_a_wrong_code_does_nothing(cast: Cast, told: Any) -> None:
    document = letter_of(cast)
    _link, token = link_of(cast, document)
    browser, code = with_code(token, told)
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    named = browser.post(f"/sign/{token}", form(code, name="示例家长二"))
    guessed = [browser.post(f"/sign/{token}", form(wrong)).status_code for _ in range(5)]
    late = browser.post(f"/sign/{token}", form(code))

    assert named.status_code == 422
    assert guessed == [422] * 5
    assert late.status_code == 422
    assert "重新获取" in late.content.decode()
    assert kept(document.placement).guardian_consented_on is None


def test_a_code_is_good_for_ten_minutes_and_a_new_one_ends_it(
    cast: Cast, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _link, token = link_of(cast, letter_of(cast))
    browser, first = with_code(token, told)
    _browser, second = with_code(token, told)
    monkeypatch.setattr(timezone, "now", lambda: moment(cast.on).replace(minute=10))

    old = browser.post(f"/sign/{token}", form(first))
    late = browser.post(f"/sign/{token}", form(second))

    assert (old.status_code, late.status_code) == (422, 422)


def test_a_phone_gets_five_codes_in_a_quarter_of_an_hour(cast: Cast, told: Any) -> None:
    _link, token = link_of(cast, letter_of(cast))

    statuses = [Client().post(f"/sign/{token}/code").status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]
    assert len(told()) == 5


def test_without_a_channel_nobody_is_promised_a_code(cast: Cast, settings: Any) -> None:
    _link, token = link_of(cast, letter_of(cast))
    settings.DEBUG = False

    answer = Client().post(f"/sign/{token}/code")

    assert answer.status_code == 410
    assert "短信" in answer.content.decode()
