"""What is queued leaves at least once under one key, whatever the provider or the process does."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from compliance.channels import sending
from compliance.channels.letters import Refused, Unavailable
from compliance.channels.sending import MOST_ATTEMPTS, claim, release, rest, send_due
from compliance.channels.standing import waiting_to_leave
from compliance.models import Delivery
from compliance.notices.writing import write_notices
from people.models import User
from people.roles import Role
from tests.access.district import join
from tests.console.sites import uninsured
from tests.notices.conftest import SITE, SetUp
from tests.notices.providers import Provider
from tests.notices.telling import Taker, clock, coordinator_school, opened, tell, wake

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a-secret-of-the-webhook-with-enough-letters"


def test_a_sweeps_notices_to_one_person_leave_as_one_letter(
    coordinator: User, place: Any, taker: Taker
) -> None:
    tell(uninsured(place("0")), uninsured(place("1")))
    tell(uninsured(place("2")))

    wake()
    done = send_due(clock=clock)

    (letter,) = taker.letters
    assert done.sent == 1
    assert (letter.cases, letter.urgent) == (3, 3)
    assert letter.text == f"双元：您有 3 条新的红色预警，请登录查看 {SITE}/notices"
    assert letter.recipient == str(coordinator.public_id)
    assert Delivery.objects.get().state == "sent"


def test_what_comes_after_the_first_try_is_a_letter_of_its_own(
    coordinator: User, place: Any, taker: Taker
) -> None:
    def fail() -> None:
        raise Unavailable("down")

    tell(uninsured(place("0")))
    wake()
    taker.first = fail
    send_due(clock=clock)
    tell(uninsured(place("1")))
    taker.first = lambda: None

    wake()
    send_due(clock=clock)

    assert sorted(letter.cases for letter in taker.letters) == [1, 1, 1]
    assert len({letter.key for letter in taker.letters}) == 2


def test_a_letter_waits_for_what_comes_in_the_same_minute(
    coordinator: User, place: Any, taker: Taker
) -> None:
    with transaction.atomic():
        write_notices([opened(uninsured(place("0")))], at=clock())

    done = send_due(clock=clock)

    assert (done.sent, taker.letters) == (0, [])
    assert Delivery.objects.get().available_at > clock() + timedelta(seconds=50)


def test_a_provider_that_is_down_costs_one_try_at_a_time_and_gets_the_same_key_when_it_is_back(
    coordinator: User, place: Any, provider: Provider, set_up: SetUp
) -> None:
    set_up(webhook={"url": provider.url, "secret": SECRET})
    tell(uninsured(place("0")))
    wake()
    provider.reply = lambda asked: (500, {})

    first = send_due(clock=clock)
    delivery = Delivery.objects.get()
    provider.reply = lambda asked: (200, {})
    wake()
    second = send_due(clock=clock)

    assert (first.sent, first.failed, second.sent) == (0, 1, 1)
    assert (delivery.state, delivery.attempts) == ("queued", 1)
    assert delivery.reason == "Unavailable: webhook 500"
    keys = {asked.headers["x-shuangyuan-key"] for asked in provider.asked}
    assert keys == {str(delivery.public_id)}
    assert len({asked.body for asked in provider.asked}) == 1


def test_a_channel_that_is_down_is_tried_once_a_turn_however_much_waits_for_it(
    place: Any, coordinator: User, taker: Taker
) -> None:
    def fail() -> None:
        raise Unavailable("down")

    for number in range(5):
        join(f"c{number}", Role.SCHOOL_COORDINATOR, coordinator_school(coordinator))
    tell(uninsured(place("0")))
    wake()
    taker.first = fail

    done = send_due(clock=clock)

    assert Delivery.objects.count() == 6
    assert (done.failed, len(taker.letters)) == (1, 1)
    assert done.resting == {"file"}


def test_a_process_that_dies_after_sending_and_before_marking_sends_again_under_the_same_key(
    coordinator: User, place: Any, taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        """Nobody catches it: the process is gone."""

    def die() -> None:
        raise Died

    tell(uninsured(place("0")))
    wake()
    taker.first = die
    with pytest.raises(Died):
        send_due(clock=clock)
    taker.first = lambda: None

    at_once = send_due(clock=clock)
    wake()
    later = send_due(clock=clock)

    assert (at_once.sent, later.sent) == (0, 1)
    assert len(taker.letters) == 2
    assert len({letter.key for letter in taker.letters}) == 1


def test_no_transaction_and_no_lock_is_held_while_a_provider_is_called(
    coordinator: User, place: Any, taker: Taker
) -> None:
    seen: list[bool] = []

    def look() -> None:
        seen.append(connection.in_atomic_block or connection.connection is not None)

    tell(uninsured(place("0")))
    wake()
    taker.first = look

    send_due(clock=clock)

    assert seen == [False]


def test_a_letter_refused_for_good_is_parked_at_once_and_may_be_released(
    coordinator: User, place: Any, taker: Taker
) -> None:
    def refuse() -> None:
        raise Refused("sms isv.MOBILE_NUMBER_ILLEGAL")

    tell(uninsured(place("0")))
    wake()
    taker.first = refuse
    send_due(clock=clock)
    parked = Delivery.objects.get()
    taker.first = lambda: None

    wake()
    nothing = send_due(clock=clock)
    released = release(channel="file")
    again = send_due(clock=clock)

    assert (parked.state, parked.reason) == ("parked", "Refused: sms isv.MOBILE_NUMBER_ILLEGAL")
    assert (nothing.sent, released, again.sent) == (0, 1, 1)
    assert (waiting_to_leave().waiting, waiting_to_leave().parked) == (0, 0)


def test_a_letter_is_parked_after_its_last_try_with_the_reason_of_it(
    coordinator: User, place: Any, taker: Taker
) -> None:
    def fail() -> None:
        raise Unavailable("webhook 503")

    tell(uninsured(place("0")))
    taker.first = fail

    for _ in range(MOST_ATTEMPTS + 3):
        wake()
        send_due(clock=clock)

    row = Delivery.objects.get()
    assert (row.state, row.attempts, len(taker.letters)) == ("parked", MOST_ATTEMPTS, MOST_ATTEMPTS)
    assert row.reason == "Unavailable: webhook 503"


def test_a_fault_of_ours_in_one_letter_keeps_no_other_and_quotes_nothing(
    coordinator: User, place: Any, taker: Taker
) -> None:
    def stumble() -> None:
        if len(taker.letters) == 1:
            raise LookupError("13800138000")

    join("ca2", Role.SCHOOL_COORDINATOR, coordinator_school(coordinator))
    tell(uninsured(place("0")))
    wake()
    taker.first = stumble

    done = send_due(clock=clock)

    assert (done.sent, done.failed) == (1, 1)
    assert Delivery.objects.get(state="queued").reason == "LookupError"


def test_rests_double_up_to_six_hours() -> None:
    assert [rest(n).total_seconds() for n in (1, 2, 3)] == [30, 60, 120]
    assert rest(400) == timedelta(hours=6)


def test_four_senders_at_once_send_each_letter_once(
    coordinator: User, place: Any, taker: Taker
) -> None:
    for number in range(30):
        join(f"c{number}", Role.SCHOOL_COORDINATOR, coordinator_school(coordinator))
    tell(uninsured(place("0")))
    wake()
    start = Barrier(4)

    def send_too() -> None:
        start.wait()
        send_due(clock=clock)
        connection.close()

    threads = [Thread(target=send_too) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    keys = [letter.key for letter in taker.letters]
    assert len(keys) == len(set(keys)) == 31


def test_a_late_mark_of_an_older_try_changes_nothing(
    coordinator: User, place: Any, taker: Taker
) -> None:
    tell(uninsured(place("0")))
    wake()
    slow = claim(set(), at=clock())
    wake()
    quick = claim(set(), at=clock())
    assert slow is not None
    assert quick is not None

    changed = sending._ours(slow).update(state="sent", sent_at=clock())

    assert (slow.attempt, quick.attempt, changed) == (1, 2, 0)
    assert slow.letter.key == quick.letter.key
