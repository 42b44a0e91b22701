"""Pages at one moment, providers on this machine, and channels set up as a test wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.console.conftest import at_nine, district
from tests.notices.providers import PostOffice, Provider, post_office, web_provider

__all__ = ("at_nine", "district")

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
