"""Demo accounts: one a role around one placement, entered by a link that works once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from console.accounts.demo import DemoRefused, demo_users
from internships.models import Placement
from people.accounts.checks import refuse_demo_accounts_in_production
from people.accounts.links import make_link, use_link
from people.accounts.services import open_account
from people.actors import actor_for
from people.models import Membership, SignInLink, User
from people.roles import Role
from tests.access.district import TODAY, District

NOW = datetime.fromisoformat("2026-11-24T08:00:00+08:00")


@pytest.fixture
def district(db: None) -> District:
    return District()


def test_each_role_gets_an_account_that_sees_the_same_minors_placement(
    district: District,
) -> None:
    users = demo_users(on=TODAY)

    assert set(users) == set(Role)
    for user in users.values():
        seen = Placement.objects.visible_to(actor_for(user, on=TODAY))
        assert "A1" in {placement.code for placement in seen}
    assert all(user.demo and not user.has_usable_password() for user in users.values())


def test_asking_twice_makes_no_second_account(district: District) -> None:
    first, second = demo_users(on=TODAY), demo_users(on=TODAY + timedelta(days=1))

    assert first == second
    assert User.objects.count() == Membership.objects.count() == len(Role)


def test_people_with_accounts_of_their_own_are_left_alone(district: District) -> None:
    from tests.access.district import join

    join("real", Role.SCHOOL_TEACHER, district.teachers["TA1"])

    users = demo_users(on=TODAY)

    teacher = Membership.objects.get(user=users[Role.SCHOOL_TEACHER])
    assert teacher.teacher == district.teachers["TA2"]


def test_without_a_district_there_are_no_demo_accounts(db: None) -> None:
    with pytest.raises(DemoRefused):
        demo_users(on=TODAY)

    assert not User.objects.exists()


def test_a_link_signs_in_once_and_opening_it_uses_nothing_up(
    client: Client, district: District
) -> None:
    user = demo_users(on=TODAY)[Role.COMMISSION]
    link = f"/sign-in/demo/{make_link(user=user, at=timezone.now())}"

    looks = [client.get(link).status_code for _ in range(2)]
    entered = client.post(link)
    again = Client().post(link)

    assert looks == [200, 200]
    assert entered.status_code == 302
    assert client.get("/password").status_code == 200
    assert again.status_code == 410
    assert "已经用过或已过期" in again.content.decode()


def test_a_link_works_until_its_hour_is_over(district: District) -> None:
    user = demo_users(on=TODAY)[Role.STUDENT]
    in_time, late = make_link(user=user, at=NOW), make_link(user=user, at=NOW)

    used = use_link(in_time, at=NOW + timedelta(minutes=59, seconds=59))
    refused = use_link(late, at=NOW + timedelta(hours=1))

    assert used == user
    assert refused is None
    assert use_link("made-up", at=NOW) is None


def test_the_database_keeps_no_token(district: District) -> None:
    user = demo_users(on=TODAY)[Role.STUDENT]
    token = make_link(user=user, at=NOW)

    kept = SignInLink.objects.get()

    assert token.encode() not in bytes(kept.token_digest)
    assert len(bytes(kept.token_digest)) == 32


def test_the_command_prints_a_link_for_every_role(district: District) -> None:
    Placement.objects.update(ended_on=None, ends_on=timezone.localdate() + timedelta(days=90))
    out, table = StringIO(), StringIO()

    call_command("demo_sign_in_links", "--format", "json", base_url="http://h:1/", stdout=out)
    call_command("demo_sign_in_links", stdout=table)

    links = json.loads(out.getvalue())
    assert set(links) == {role.value for role in Role}
    assert all(link.startswith("http://h:1/sign-in/demo/") for link in links.values())
    assert "区教委" in table.getvalue()


def test_production_has_no_demo_accounts_links_or_sign_in(
    client: Client, district: District, settings: Any
) -> None:
    user = demo_users(on=TODAY)[Role.COMMISSION]
    signed_in = Client()
    signed_in.post(f"/sign-in/demo/{make_link(user=user, at=timezone.now())}")
    link = f"/sign-in/demo/{make_link(user=user, at=timezone.now())}"
    before = signed_in.get("/password").status_code

    settings.PRODUCTION = True

    assert before == 200
    assert signed_in.get("/password").status_code == 302
    assert client.get(link).status_code == client.post(link).status_code == 404
    assert use_link(link.rpartition("/")[2], at=timezone.now()) is None
    with pytest.raises(DemoRefused):
        demo_users(on=TODAY)
    with pytest.raises(CommandError):
        call_command("demo_sign_in_links")


def test_production_refuses_a_demo_account_even_with_its_right_password(
    client: Client, db: None, settings: Any
) -> None:
    open_account(username="show", display_name="演示", password="horse-battery-2026", demo=True)
    form = {"username": "show", "password": "horse-battery-2026"}

    settings.PRODUCTION = True
    refused = client.post("/sign-in", form)
    settings.PRODUCTION = False
    accepted = client.post("/sign-in", form)

    assert refused.status_code == 422
    assert accepted.status_code == 302


def test_a_check_finds_demo_accounts_in_a_production_database(db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    clean = refuse_demo_accounts_in_production(databases=["default"])
    open_account(username="show", display_name="演示", demo=True)

    found = refuse_demo_accounts_in_production(databases=["default"])

    assert clean == []
    assert [error.id for error in found] == ["people.E001"]
    assert refuse_demo_accounts_in_production(databases=None) == []
