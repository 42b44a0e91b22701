"""One digest a person and day, of what stands with them; none where nothing stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import periods
from audit.models import Outbox
from audit.outbox.draining import drain
from compliance.channels.wording import letter_of
from compliance.models import Delivery, Digest
from compliance.notices.digests import write_digests
from people.models import User
from people.roles import Role
from tests.cases.rows import make_user
from tests.cases.test_judging import judged
from tests.notices.conftest import SITE, SetUp
from tests.rules.builders import make_placement
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db


def at(day: date, hour: str = "07:30") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}:00+08:00")


def later(days: int) -> date:
    return ON + timedelta(days=days)


def numbers(user: User, on: date) -> dict[str, int]:
    """What the user's digest of the day says of INS-01."""
    counts: dict[str, int] = Digest.objects.get(recipient=user, on=on).counts["INS-01"]
    return counts


def test_the_digest_says_what_stands_with_whom_on_the_day() -> None:
    placement = make_placement()
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()

    for day in (0, 2):
        write_digests(later(day), at=at(later(day)))

    assert numbers(teacher, ON) == {"standing": 1, "new": 1, "overdue": 0}
    assert numbers(coordinator, later(2)) == {"standing": 1, "new": 0, "overdue": 1}
    assert not Digest.objects.filter(recipient=coordinator, on=ON).exists()
    # A mild case stays with the teacher when the uninsured one has climbed
    assert "INS-01" not in Digest.objects.get(recipient=teacher, on=later(2)).counts


def test_nobody_with_whom_nothing_stands_gets_a_digest() -> None:
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=make_placement().school)

    written = write_digests(ON, at=at(ON))

    assert written == []
    assert not Digest.objects.filter(recipient=coordinator).exists()


def test_a_day_has_one_digest_whatever_beat_and_broker_do() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    Outbox.objects.all().delete()

    for hour in ("07:29", "07:30", "07:31", "12:00"):
        periods.look(at=at(later(1), hour))
    for payload in Outbox.objects.filter(topic="digest").values_list("payload", flat=True):
        Outbox.objects.create(topic="digest", payload=payload)  # as if it had come twice
    Outbox.objects.exclude(topic="digest").delete()
    drain(clock=lambda: at(later(1), "12:00"))

    days = Digest.objects.filter(recipient=coordinator).values_list("on", flat=True)
    assert list(days) == [later(1)]
    assert not Outbox.objects.waiting().exists()


def test_a_digest_missed_for_three_days_is_written_for_the_newest_alone() -> None:
    placement = make_placement()
    make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    Outbox.objects.all().delete()
    periods.look(at=at(ON))

    periods.look(at=at(later(3)))
    Outbox.objects.exclude(topic="digest").delete()
    drain(clock=lambda: at(later(3)))

    assert set(Digest.objects.values_list("on", flat=True)) == {later(3)}


def test_a_digest_leaves_once_by_every_channel_that_carries_digests(set_up: SetUp) -> None:
    set_up(file={}, webhook={"url": "https://x.example", "secret": "x" * 32, "digest": "0"})
    placement = make_placement()
    make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()

    write_digests(ON, at=at(ON))
    write_digests(ON, at=at(ON))

    assert list(Delivery.objects.values_list("channel", flat=True)) == ["file"]


def test_what_a_digest_says_is_numbers_names_of_rules_and_links(set_up: SetUp) -> None:
    set_up(file={})
    placement = make_placement()
    make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    write_digests(ON, at=at(ON))

    letter = letter_of(Delivery.objects.get(), at=at(ON))

    total = Digest.objects.get().total("standing")
    said = f"双元：今日待处理预警 {total} 条（新增 {total}，逾期 0），请登录查看 {SITE}/today"
    insured = [line for line in letter.lines if "INS-01" in line]
    assert letter.text == said
    assert insured == [
        f"未投保实习责任保险：1 条（新增 1，逾期 0） {SITE}/alerts?rule=INS-01&hand=mine"
    ]
    assert "示例" not in letter.text + "".join(letter.lines)


def test_digests_ask_as_little_for_many_cases_as_for_few() -> None:
    make_user(Role.COMMISSION)
    break_every_rule()
    judged()
    with CaptureQueriesContext(connection) as for_few:
        write_digests(ON, at=at(ON))
    for _ in range(3):
        break_every_rule()
    judged()

    with CaptureQueriesContext(connection) as for_many:
        write_digests(later(1), at=at(later(1)))

    assert len(for_many) == len(for_few)
