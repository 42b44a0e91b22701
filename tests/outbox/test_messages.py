"""A message is written with its change, claimed once, done once, and parked when it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from audit.models import Outbox
from audit.outbox import Message, PayloadRefused, publish, publish_many
from audit.outbox.draining import NO_ANSWER, NOBODY, claim, drain, release, rest
from tests.outbox.conftest import clock

Taken = Callable[..., list[Message]]


def wake_all() -> None:
    """Let every waiting message be available now, as if its rest were over."""
    Outbox.objects.waiting().update(available_at=Now())


def test_a_message_of_a_change_that_is_rolled_back_was_never_there(
    transactional_db: None, taken: Taken
) -> None:
    noted = taken("told")

    with transaction.atomic():
        publish("told", {"steps": [1]})
        transaction.set_rollback(True)
    drain(clock=clock)

    assert not Outbox.objects.exists()
    assert noted == []


def test_a_message_is_taken_once_however_often_the_outbox_is_drained(
    transactional_db: None, taken: Taken
) -> None:
    noted = taken("told")
    publish("told", {"steps": [1, 2]})

    first, second = drain(clock=clock), drain(clock=clock)

    assert (first.done, second.done) == (1, 0)
    assert [dict(message.payload) for message in noted] == [{"steps": [1, 2]}]


def test_messages_of_one_topic_are_taken_together_up_to_their_number(
    transactional_db: None, taken: Taken
) -> None:
    sizes: list[int] = []
    taken("told", lambda messages, at: sizes.append(len(messages)), together=4)
    publish_many("told", [{"steps": [number]} for number in range(10)])

    drained = drain(clock=clock)

    assert drained.done == 10
    assert sizes == [4, 4, 2]


def test_one_bad_message_of_a_batch_answers_for_itself_alone(
    transactional_db: None, taken: Taken
) -> None:
    def refuse_seven(messages: Sequence[Message], *, at: datetime) -> None:
        if any(message.payload["step"] == 7 for message in messages):
            raise ValueError("a name that nobody may read in a log")

    noted = taken("told", refuse_seven, together=10)
    publish_many("told", [{"step": number} for number in range(10)])

    drained = drain(clock=clock)

    assert (drained.done, drained.failed) == (9, 1)
    assert sorted(message.payload["step"] for message in noted) == [0, 1, 2, 3, 4, 5, 6, 8, 9]
    left = Outbox.objects.waiting().get()
    assert left.payload == {"step": 7}
    assert left.reason.startswith("ValueError at tests/outbox/test_messages.py:")


def test_what_a_failed_handler_wrote_does_not_remain(transactional_db: None, taken: Taken) -> None:
    def write_then_fail(messages: Sequence[Message], *, at: datetime) -> None:
        Outbox.objects.create(topic="half", payload={})
        raise ValueError

    taken("told", write_then_fail)
    publish("told", {"steps": [1]})

    drain(clock=clock)

    assert not Outbox.objects.filter(topic="half").exists()


def test_a_failed_message_rests_longer_each_time_and_is_then_parked_with_its_reason(
    transactional_db: None, taken: Taken
) -> None:
    def fail(messages: Sequence[Message], *, at: datetime) -> None:
        raise LookupError("whatever")

    taken("told", fail, most_attempts=3)
    publish("told", {"steps": [1]})

    rests = []
    for _ in range(3):
        wake_all()
        drain(clock=clock)
        row = Outbox.objects.get()
        rests.append(row.available_at - datetime.now(UTC))
    wake_all()
    after = drain(clock=clock)

    assert [round(one.total_seconds()) for one in rests] == [5, 10, 20]
    assert (after.done, after.failed) == (0, 0)
    row = Outbox.objects.parked().get()
    assert row.attempts == 3
    assert row.reason.startswith("LookupError at ")
    assert "whatever" not in row.reason


def test_rests_double_up_to_an_hour() -> None:
    assert [rest(1), rest(2), rest(3)] == [timedelta(seconds=n) for n in (5, 10, 20)]
    assert rest(500) == timedelta(hours=1)


def test_a_message_whose_process_is_killed_each_time_is_parked_all_the_same(
    transactional_db: None, taken: Taken
) -> None:
    noted = taken("told", most_attempts=2)
    publish("told", {"steps": [1]})

    for _ in range(2):  # claimed, and never heard of again
        assert claim() is not None
        wake_all()
    drain(clock=clock)

    assert noted == []
    assert Outbox.objects.parked().get().reason == NO_ANSWER


def test_a_topic_nobody_takes_is_parked_and_released_once_somebody_does(
    transactional_db: None, taken: Taken
) -> None:
    publish("unheard-of", {"steps": [1]})

    drain(clock=clock)
    parked = Outbox.objects.parked().get()
    before = release()
    noted = taken("unheard-of")
    after = release()
    drain(clock=clock)

    assert parked.reason == NOBODY
    assert (before, after) == (0, 1)
    assert len(noted) == 1


def test_a_claimed_message_rests_and_another_claim_does_not_find_it(
    transactional_db: None, taken: Taken
) -> None:
    taken("told")
    publish("told", {"steps": [1]})

    first, second = claim(), claim()

    assert first is not None
    assert second is None


def test_of_two_that_claimed_the_same_message_only_the_later_runs_it(
    transactional_db: None, taken: Taken
) -> None:
    from audit.outbox.draining import _take

    noted = taken("told")
    publish("told", {"steps": [1]})
    slow = claim()
    wake_all()
    quick = claim()
    assert slow is not None
    assert quick is not None

    done_by_slow = _take(slow, at=clock())
    done_by_quick = _take(quick, at=clock())

    assert (done_by_slow, done_by_quick) == (0, 1)
    assert len(noted) == 1


def test_four_drains_at_once_take_each_of_two_hundred_messages_once(
    transactional_db: None, taken: Taken
) -> None:
    noted = taken("told", together=3)
    publish_many("told", [{"step": number} for number in range(200)])
    start = Barrier(4)

    def drain_too() -> None:
        start.wait()
        drain(clock=clock)
        connection.close()

    threads = [Thread(target=drain_too) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(message.payload["step"] for message in noted) == list(range(200))
    assert not Outbox.objects.waiting().exists()


@pytest.mark.parametrize(
    "payload",
    [
        {"name": "张三"},
        {"phone": "13800138000"},
        {"learners": [1, {"id": "50011720090504123X"}]},
        {"note": "a sentence"},
        {"hours": 1.5},
    ],
)
def test_a_payload_that_could_be_somebodys_data_is_refused(
    db: None, payload: dict[str, object]
) -> None:
    with pytest.raises(PayloadRefused):
        publish("told", payload)

    assert not Outbox.objects.exists()


def test_a_payload_of_ids_days_and_words_is_accepted(db: None) -> None:
    payload = {
        "placements": [1, 2],
        "alert": "01936a00-0000-7000-8000-000000000001",
        "on": "2026-11-24",
        "month": "2026-11",
        "channel": "in-app",
        "school": None,
    }

    publish("told", payload)

    assert Outbox.objects.get().payload == payload
