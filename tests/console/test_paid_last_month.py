"""Who counts as paid last month, on the days where it turns."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.models import Alert
from console.district.figures import Share, paid_last_month
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.console.sites import NOW, ON
from tests.rules.builders import amend, make_placement

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
