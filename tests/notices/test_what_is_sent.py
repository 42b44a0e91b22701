"""What a letter says and to whom, what is not sent any more, and what is kept of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from audit.models import Operation
from common.ranges import days
from compliance.cases.moves import acknowledge
from compliance.channels.sending import send_due
from compliance.channels.standing import forget_closed
from compliance.models import Alert, Delivery, Notice
from compliance.notices.reading import mark_read
from people.models import User
from people.roles import Role
from tests.access.district import join
from tests.cases.rows import as_actor
from tests.console.sites import NOW, ON, crowded, uninsured
from tests.notices.conftest import SetUp
from tests.notices.telling import PHONE, Taker, clock, coordinator_school, tell, wake
from tests.rules.builders import make_school

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "why", ["read", "cured", "closed account", "left", "moved", "no phone", "channel off"]
)
def test_a_letter_about_nothing_any_more_or_to_nobody_is_dropped(
    coordinator: User, place: Any, taker: Taker, set_up: SetUp, why: str
) -> None:
    sms = {"key_id": "1", "key_secret": "2", "sign_name": "3", "template": "4"}
    set_up(sms=sms)
    alert = uninsured(place("0"))
    tell(alert)
    if why == "read":
        mark_read(actor=as_actor(coordinator, ON), at=NOW)
    elif why == "cured":
        Alert.objects.update(state="cured", closed_at=NOW)
    elif why == "closed account":
        User.objects.update(is_active=False)
    elif why == "left":
        coordinator.memberships.update(period=days(date(2026, 9, 1), date(2026, 11, 23)))
    elif why == "moved":
        coordinator.memberships.update(school=make_school("5001170009"))
    elif why == "no phone":
        User.objects.update(phone_sealed=None, phone_index=None)
    else:
        set_up(file={})

    wake()
    send_due(clock=clock)

    assert taker.letters == []
    assert Delivery.objects.get().state == "dropped"


def test_an_acknowledged_case_that_was_not_read_is_told_all_the_same(
    coordinator: User, place: Any, taker: Taker
) -> None:
    alert = uninsured(place("0"))
    tell(alert)
    acknowledge(alert, actor=as_actor(coordinator, ON), at=NOW)

    wake()
    send_due(clock=clock)

    assert len(taker.letters) == 1


def test_each_channel_carries_what_is_as_bad_as_its_setting_says(
    coordinator: User, place: Any, taker: Taker, set_up: SetUp
) -> None:
    sms = {"key_id": "1", "key_secret": "2", "sign_name": "3", "template": "4"}
    set_up(file={}, sms=sms, mail={"host": "h", "sender": "a@b.example", "lowest": "info"})
    warning = crowded(place("0").terms.get().post.enterprise)
    tell(warning)
    by_warning = set(Delivery.objects.values_list("channel", flat=True))
    Delivery.objects.all().delete()

    tell(uninsured(place("0")))

    assert by_warning == {"file", "mail"}
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"file", "mail", "sms"}


def test_nobody_without_an_address_is_queued_for(
    coordinator: User, place: Any, taker: Taker, set_up: SetUp
) -> None:
    set_up(sms={"key_id": "1", "key_secret": "2", "sign_name": "3", "template": "4"})
    join("ca2", Role.SCHOOL_COORDINATOR, coordinator_school(coordinator))

    tell(uninsured(place("0")))

    assert Notice.objects.count() == 2
    assert Delivery.objects.get().recipient == coordinator


def test_reading_an_address_to_send_there_is_recorded(
    coordinator: User, place: Any, taker: Taker, set_up: SetUp
) -> None:
    set_up(sms={"key_id": "1", "key_secret": "2", "sign_name": "3", "template": "4"})
    tell(uninsured(place("0")))
    wake()

    send_due(clock=clock)

    (letter,) = taker.letters
    record = Operation.objects.get(kind="reveal")
    assert letter.address == "+8613800138000"
    assert (record.made_by, record.counts) == ("system:deliveries", {"values": 1})
    assert PHONE not in repr(letter)


def test_what_is_sent_names_nobody(coordinator: User, place: Any, taker: Taker) -> None:
    tell(uninsured(place("0")))
    wake()

    send_due(clock=clock)

    (letter,) = taker.letters
    said = f"{letter.text} {letter.lines} {letter.link}"
    names = ("示例", coordinator.username, PHONE, place("0").code)
    assert [word for word in names if word in said] == []


def test_sent_ones_are_forgotten_after_ninety_days_and_parked_ones_are_not(
    coordinator: User, place: Any, taker: Taker
) -> None:
    tell(uninsured(place("0")))
    Delivery.objects.update(state="sent", sent_at=NOW)

    kept = forget_closed(at=NOW + timedelta(days=90))
    forgotten = forget_closed(at=NOW + timedelta(days=91))

    assert (kept, forgotten) == (0, 1)
