"""The code that goes to a signer: whose it is, for how long, and how often."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from compliance.channels import codes
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


@pytest.mark.parametrize(("late", "status"), [((9, 59), 200), ((10, 0), 422)])
def test_a_code_is_good_for_ten_minutes_and_a_new_one_ends_it(
    cast: Cast, told: Any, monkeypatch: pytest.MonkeyPatch, late: tuple[int, int], status: int
) -> None:
    _link, token = link_of(cast, letter_of(cast))
    browser, first = with_code(token, told)
    _browser, second = with_code(token, told)
    minute, second_of_it = late
    then = moment(cast.on).replace(minute=minute, second=second_of_it)
    monkeypatch.setattr(timezone, "now", lambda: then)

    old = browser.post(f"/sign/{token}", form(first))
    new = browser.post(f"/sign/{token}", form(second))

    assert (old.status_code, new.status_code) == (422, status)


@pytest.mark.parametrize(("wrong", "status"), [(4, 200), (5, 422)])
def test_a_code_bears_four_wrong_tries(cast: Cast, told: Any, wrong: int, status: int) -> None:
    _link, token = link_of(cast, letter_of(cast))
    browser, code = with_code(token, told)
    other = f"{(int(code) + 1) % 10**6:06d}"

    for _ in range(wrong):
        browser.post(f"/sign/{token}", form(other))

    assert browser.post(f"/sign/{token}", form(code)).status_code == status


def test_a_phone_gets_five_codes_in_a_quarter_of_an_hour(cast: Cast, told: Any) -> None:
    _link, token = link_of(cast, letter_of(cast))

    statuses = [Client().post(f"/sign/{token}/code").status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]
    assert len(told()) == 5


def test_a_place_gets_so_many_codes_whatever_the_phones(
    cast: Cast, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "A_PLACE", 2)
    _link, token = link_of(cast, letter_of(cast))

    statuses = [Client().post(f"/sign/{token}/code").status_code for _ in range(3)]
    elsewhere = Client(REMOTE_ADDR="10.9.9.9").post(f"/sign/{token}/code").status_code

    assert statuses == [200, 200, 429]
    assert elsewhere == 200


def test_without_a_channel_nobody_is_promised_a_code(cast: Cast, settings: Any) -> None:
    _link, token = link_of(cast, letter_of(cast))
    settings.DEBUG = False

    answer = Client().post(f"/sign/{token}/code")

    assert answer.status_code == 410
    assert "短信" in answer.content.decode()
