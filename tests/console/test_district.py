"""The commission's figures on the days where they turn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from compliance.models import Alert
from console.alerts.filters import Filters
from console.alerts.listing import cases
from console.district import matrix
from console.district.figures import Share, ages, paid_last_month
from people.roles import Role
from tests.access.district import District
from tests.cases.rows import as_actor, make_user
from tests.console.sites import NOW, ON, crowded, signed_in
from tests.rules.builders import amend, make_enterprise, make_placement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("on", "waiting", "share"),
    [
        (date(2026, 11, 15), 2, Share(0, 0)),
        (date(2026, 11, 16), 1, Share(0, 1)),
        (date(2026, 11, 20), 1, Share(0, 1)),
        (date(2026, 11, 21), 0, Share(1, 2)),
    ],
)
def test_who_has_a_pay_day_still_to_come_or_was_promised_none_is_neither_paid_nor_unpaid(
    on: date, waiting: int, share: Share
) -> None:
    make_placement(agreed_pay=None)
    make_placement(agreed_pay=0)
    unpaid = make_placement(pay_day=15)
    later = make_placement(ends_on=date(2026, 10, 20))
    amend(later, date(2026, 10, 5), pay_day=20)
    Alert.objects.create(
        rule="PAY-09",
        subject=unpaid.code,
        period="2026-10",
        severity="critical",
        rule_version="1",
        facts={},
        deadlines_from=ON,
        opened_at=NOW,
        placement=unpaid,
        school=unpaid.school,
    )

    paid = paid_last_month(as_actor(make_user(Role.COMMISSION), on), None)

    assert (paid.placed, paid.waiting, paid.unpromised) == (4, waiting, 2)
    assert paid.share == share


def test_a_red_case_is_of_one_age_and_of_none_before_its_first_day(district: District) -> None:
    actor = as_actor(make_user(Role.COMMISSION), ON)
    days = (None, -30, -1, 0, 3, 4, 7, 8, 30, 31, 400)
    for place, old in enumerate(days):
        alert = crowded(make_enterprise())
        alert.severity = "critical"
        alert.period = f"2026-{place + 1:02}"
        alert.since = None if old is None else ON - timedelta(days=old)
        alert.save()

    told = {age.word: age.cases for age in ages(actor, None)}

    assert told == {"ahead": 3, "0-3": 2, "4-7": 2, "8-30": 2, "31-": 2}
    asked = {word: cases(Filters(age=word), actor).count() for word in told}
    assert asked == told


def test_hosts_that_the_table_has_no_room_for_are_counted(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "HOSTS_SHOWN", 2)
    for _ in range(5):
        crowded(make_enterprise())
    browser = signed_in(make_user(Role.COMMISSION))

    page = browser.get("/district").content.decode()

    assert "另有 3 家企业" in page
