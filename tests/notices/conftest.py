"""Pages at one moment, providers on this machine, and channels set up as a test wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from compliance.channels import sending
from internships.models import Placement
from people.accounts.services import keep_addresses
from people.models import User
from people.roles import Role
from tests.access.district import District, join
from tests.console.conftest import at_nine, district, made_district
from tests.notices.providers import PostOffice, Provider, post_office, web_provider
from tests.notices.telling import PHONE, Taker

__all__ = ("at_nine", "district", "made_district")

SITE = "https://shuangyuan.example"
SetUp = Callable[..., None]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with web_provider() as opened:
        yield opened


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def set_up(settings: Any, tmp_path: Path) -> SetUp:
    """`set_up(mail={...})`: these channels and no other, with a site address for their links."""
    settings.SITE_URL = SITE
    settings.CHANNELS_DIRECTORY = tmp_path / "told"
    off = {"console": {"lowest": "off"}, "file": {"lowest": "off"}}

    def only(**channels: dict[str, str]) -> None:
        settings.CHANNELS = off | channels

    return only


@pytest.fixture
def coordinator() -> User:
    """A coordinator of school A with a phone, in a district of their own."""
    user = join("ca", Role.SCHOOL_COORDINATOR, District().schools["A"])
    keep_addresses(user=user, phone=PHONE, email="ca@school.example")
    return user


@pytest.fixture
def place(coordinator: User) -> Callable[[str], Any]:
    return lambda name: Placement.objects.order_by("pk")[int(name)]


@pytest.fixture
def taker(monkeypatch: pytest.MonkeyPatch, set_up: SetUp) -> Taker:
    """Every channel that is on hands its letters here."""
    one = Taker()
    monkeypatch.setattr(sending, "adapter_of", lambda channel: one)
    set_up(file={})
    return one
