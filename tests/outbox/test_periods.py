"""Each due day of a daily job is claimed once, however often and by however many looked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from audit.models import Outbox, PeriodFate, PeriodRun
from audit.outbox import publish
from audit.outbox.standing import forget_done, standing
from audit.periods import DailyJob, claim_due_days, newest_due


def ask() -> None:
    publish("told", {"because": "night"})


JOB = DailyJob("sweep", time(2, 30), ask)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def days_claimed() -> list[tuple[date, str]]:
    return list(PeriodRun.objects.order_by("period").values_list("period", "fate"))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-24T02:29:59.999999", date(2026, 11, 23)),
        ("2026-11-24T02:30:00", date(2026, 11, 24)),
        ("2026-11-24T23:59:59", date(2026, 11, 24)),
        ("2026-12-01T00:00:00", date(2026, 11, 30)),
    ],
)
def test_a_day_is_due_from_its_hour_in_shanghai(moment: str, day: date) -> None:
    assert newest_due(JOB, at=shanghai(moment)) == day
    assert newest_due(JOB, at=shanghai(moment).astimezone(UTC)) == day


def test_a_day_is_claimed_once_and_asks_once(transactional_db: None) -> None:
    for minute in range(30, 60, 2):
        claim_due_days(JOB, at=shanghai(f"2026-11-24T02:{minute}:00"))

    assert days_claimed() == [(date(2026, 11, 24), PeriodFate.ASKED)]
    assert Outbox.objects.count() == 1


def test_a_job_that_is_new_does_not_reach_back(transactional_db: None) -> None:
    claim_due_days(JOB, at=shanghai("2026-11-24T01:00:00"))

    assert days_claimed() == [(date(2026, 11, 23), PeriodFate.ASKED)]


def test_no_beat_for_three_days_leaves_each_day_once_and_one_sweep_of_today(
    transactional_db: None,
) -> None:
    claim_due_days(JOB, at=shanghai("2026-11-20T02:31:00"))
    Outbox.objects.all().delete()

    for _ in range(3):
        claim_due_days(JOB, at=shanghai("2026-11-24T09:00:00"))

    assert days_claimed() == [
        (date(2026, 11, 20), PeriodFate.ASKED),
        (date(2026, 11, 21), PeriodFate.SUPERSEDED),
        (date(2026, 11, 22), PeriodFate.SUPERSEDED),
        (date(2026, 11, 23), PeriodFate.SUPERSEDED),
        (date(2026, 11, 24), PeriodFate.ASKED),
    ]
    assert Outbox.objects.count() == 1


def test_two_beats_for_ten_days_claim_each_day_once(transactional_db: None) -> None:
    start = Barrier(2)

    def beat() -> None:
        for day in range(10, 20):
            start.wait()
            claim_due_days(JOB, at=shanghai(f"2026-11-{day}T02:30:01"))
        connection.close()

    threads = [Thread(target=beat) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert days_claimed() == [(date(2026, 11, day), PeriodFate.ASKED) for day in range(10, 20)]
    assert Outbox.objects.count() == 10


def test_a_claim_whose_asking_fails_is_not_there(transactional_db: None) -> None:
    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        claim_due_days(DailyJob("sweep", time(2, 30), fail), at=shanghai("2026-11-24T03:00:00"))
    claim_due_days(JOB, at=shanghai("2026-11-24T03:02:00"))

    assert days_claimed() == [(date(2026, 11, 24), PeriodFate.ASKED)]
    assert Outbox.objects.count() == 1


def test_done_messages_are_forgotten_after_a_week_and_parked_ones_stay(db: None) -> None:
    now = shanghai("2026-11-24T03:00:00")
    for age in (6, 8):
        Outbox.objects.create(topic="told", payload={}, done_at=now - timedelta(days=age))
    Outbox.objects.create(topic="told", payload={}, parked_at=now - timedelta(days=80))
    waiting = Outbox.objects.create(topic="told", payload={})

    removed = forget_done(at=now)

    assert removed == 1
    assert (standing().waiting, standing().parked) == (1, 1)
    waiting.refresh_from_db()
    assert standing().oldest_at == waiting.created_at
