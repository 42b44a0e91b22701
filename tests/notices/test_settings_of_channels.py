"""A channel is off without settings, on with all of them, and an error by half."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks

from backend import telling
from backend.environment import BASE_DIR
from compliance.channels.adapters import ADAPTERS
from compliance.channels.wanted import OFF, WANTED, ChannelName, channels_on, setting
from tests.notices.conftest import SITE, SetUp

WHOLE: dict[str, dict[str, str]] = {
    "mail": {"host": "mail.example", "sender": "told@shuangyuan.example"},
    "sms": {"key_id": "1", "key_secret": "2", "sign_name": "双元", "template": "SMS_1"},
    "wecom": {"corp_id": "1", "secret": "2", "agent_id": "7"},
    "webhook": {"url": "https://portal.example/told", "secret": "x" * 32},
}


def faults() -> list[str]:
    """The settings that the system check names."""
    found = [fault for fault in run_checks() if fault.id == "compliance.E001"]
    return [str(fault.msg).partition("：")[0] for fault in found]


def test_without_any_setting_only_log_and_file_are_on(settings: Any) -> None:
    settings.CHANNELS, settings.SITE_URL = telling.channels(), ""

    assert channels_on() == ["console", "file"]
    assert faults() == []


@pytest.mark.parametrize("channel", WHOLE)
def test_a_channel_with_all_its_settings_is_on(set_up: SetUp, channel: str) -> None:
    set_up(**{channel: WHOLE[channel]})

    assert channels_on() == [channel]
    assert faults() == []


@pytest.mark.parametrize(
    ("channel", "missing"), [(channel, key) for channel in WHOLE for key in WHOLE[channel]]
)
def test_a_channel_without_one_of_its_settings_is_an_error_that_names_it(
    set_up: SetUp, channel: str, missing: str
) -> None:
    set_up(**{channel: {key: text for key, text in WHOLE[channel].items() if key != missing}})

    assert faults() == [f"SHUANGYUAN_{channel}_{missing}".upper()]
    assert channels_on() == []


def test_links_need_to_know_where_the_site_is(set_up: SetUp, settings: Any) -> None:
    set_up(mail=WHOLE["mail"])
    settings.SITE_URL = ""

    assert faults() == ["SHUANGYUAN_SITE_URL"]


@pytest.mark.parametrize(
    ("channel", "key", "text"),
    [
        ("mail", "lowest", "red"),
        ("mail", "digest", "yes"),
        ("mail", "port", "ssl"),
        ("mail", "security", "plain"),
        ("mail", "sender", "双元"),
        ("sms", "endpoint", "http://sms.example"),
        ("wecom", "agent_id", "seven"),
        ("wecom", "endpoint", "ftp://127.0.0.1"),
        ("webhook", "url", "http://portal.example/told"),
        ("webhook", "url", "https://user:password@portal.example/told"),
        ("webhook", "secret", "short"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_an_error_that_names_it(
    set_up: SetUp, channel: str, key: str, text: str
) -> None:
    set_up(**{channel: {**WHOLE[channel], key: text}})

    assert faults() == [setting(channel, key)]
    assert channels_on() == []


def test_a_channel_may_be_turned_off_whatever_else_is_set(set_up: SetUp) -> None:
    set_up(mail={"host": "mail.example", "lowest": OFF})

    assert faults() == []
    assert channels_on() == []


def test_the_environment_names_every_setting_and_the_example_file_shows_it() -> None:
    known = {channel: {*wanted.required, *wanted.optional} for channel, wanted in WANTED.items()}
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")

    assert {channel: set(keys) for channel, keys in telling.SETTINGS.items()} == known
    assert set(ADAPTERS) == set(known) == set(ChannelName.values)
    shown = [setting(channel, key) for channel, keys in known.items() for key in keys]
    assert [name for name in (*shown, "SHUANGYUAN_SITE_URL") if f"#{name}=" not in example] == []


def test_what_the_environment_says_reaches_the_channel(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("SHUANGYUAN_MAIL_HOST", "mail.example")
    monkeypatch.setenv("SHUANGYUAN_MAIL_SENDER", "told@shuangyuan.example")
    monkeypatch.setenv("SHUANGYUAN_MAIL_LOWEST", "block")

    settings.CHANNELS, settings.SITE_URL = telling.channels(), SITE

    assert "mail" in channels_on()
    assert settings.CHANNELS["mail"]["lowest"] == "block"
