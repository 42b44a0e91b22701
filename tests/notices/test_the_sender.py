"""The worker's one sender, the command that looks after it, and addresses kept for it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from redis import RedisError

from compliance import tasks
from compliance.channels.sending import Sent
from compliance.models import Delivery
from people.models import User
from tests.notices.conftest import SetUp


@pytest.fixture
def sendings(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moments at which the task began to send."""
    began: list[datetime] = []

    def send(*, clock: Any) -> Sent:
        began.append(datetime.now(UTC))
        return Sent()

    monkeypatch.setattr(tasks, "send_due", send)
    cache.delete(tasks.ONE_SENDER)
    return began


def test_a_second_sender_leaves_the_work_to_the_first(sendings: list[datetime]) -> None:
    cache.add(tasks.ONE_SENDER, 1, timeout=5)

    tasks.send_deliveries()
    while_another_sends = len(sendings)
    cache.delete(tasks.ONE_SENDER)
    tasks.send_deliveries()
    tasks.send_deliveries()

    assert while_another_sends == 0
    assert len(sendings) == 2


def test_without_the_broker_it_is_sent_all_the_same(
    sendings: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **options: Any) -> None:
        raise RedisError

    monkeypatch.setattr(tasks.cache, "add", gone)
    monkeypatch.setattr(tasks.cache, "delete", gone)

    tasks.send_deliveries()

    assert len(sendings) == 1


def test_beat_asks_for_what_is_due_every_few_seconds() -> None:
    asked = settings.CELERY_BEAT_SCHEDULE["send-deliveries"]

    assert asked["task"] == tasks.send_deliveries.name
    assert asked["schedule"] <= 5


def test_the_command_says_which_channels_are_on_and_what_was_given_up(
    db: None, set_up: SetUp
) -> None:
    set_up(mail={"host": "mail.example", "sender": "told@shuangyuan.example"})
    now = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    user = User.objects.create(username="qu", display_name="qu")
    Delivery.objects.create(
        channel="mail",
        recipient=user,
        notices=[1],
        state="parked",
        attempts=10,
        created_at=now,
        available_at=now,
        reason="Refused: mail 550",
    )

    before, after = StringIO(), StringIO()
    call_command("deliveries", stdout=before)
    call_command("deliveries", retry="mail", stdout=after)

    assert "邮件：启用，警告及以上；待发送 0，已搁置 1" in before.getvalue()
    assert "Refused: mail 550" in before.getvalue()
    assert "短信：未启用" in before.getvalue()
    assert "已重新安排 1 条" in after.getvalue()
    assert Delivery.objects.get().state == "queued"


def opened_account(**options: str) -> User:
    call_command("create_account", "qu", name="区", role="commission", stdout=StringIO(), **options)
    return User.objects.get(username="qu")


@pytest.fixture
def typed_password(monkeypatch: pytest.MonkeyPatch) -> None:
    from people.management.commands import create_account

    monkeypatch.setattr(create_account, "ask_password", lambda *, from_stdin: "a-good-passphrase")


def test_addresses_of_an_account_are_kept_sealed_and_shown_masked(
    db: None, typed_password: None
) -> None:
    user = opened_account(phone="138 0013 8000", email=" Li@School.Example ")

    assert (str(user.phone), str(user.email)) == ("138****8000", "L***@school.example")
    assert None not in (user.phone_sealed, user.email_sealed)
    assert b"8000" not in bytes(user.phone_sealed or b"")
    assert b"school" not in bytes(user.email_sealed or b"")


@pytest.mark.parametrize("options", [{"phone": "023-42712345"}, {"email": "li at school"}])
def test_an_address_that_is_none_opens_no_account(
    db: None, typed_password: None, options: dict[str, str]
) -> None:
    with pytest.raises(CommandError):
        opened_account(**options)

    assert not User.objects.exists()
