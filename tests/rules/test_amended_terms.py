"""Terms that change from a day: each rule judges by those in force on its own day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from internships.models import FilingMatter, PayBasis, Placement, PlacementState
from tests.rules.builders import (
    amend,
    attend,
    attend_all,
    facts_of,
    file_matter,
    fires,
    make_enterprise,
    make_placement,
    make_post,
    pay,
    workdays,
)
from tests.rules.shown_months import judged, shown

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 1)
RIPE = date(2026, 11, 11)


@pytest.fixture(autouse=True)
def pages_say_what_the_rules_find(db: None) -> Iterator[None]:
    """Whatever a test amended: the pages of its placements speak of pay as the rules do."""
    yield
    for on in (date(2026, 11, 10), RIPE, date(2026, 11, 21)):
        assert (on, shown(on)) == (on, judged(on))


def attended_october(**terms: Any) -> Placement:
    """A placement from 2026-10-01 (18 workdays) with every workday of October attended."""
    placement = make_placement(starts_on=OCTOBER, **terms)
    attend_all(placement, workdays(date(2026, 10, 1), date(2026, 10, 31)))
    return placement


def test_amount_due_is_the_sum_over_the_terms_of_each_day() -> None:
    placement = attended_october(agreed_pay=Decimal("3000.00"))
    amend(placement, date(2026, 10, 19), agreed_pay=Decimal("3600.00"))
    pay(placement, OCTOBER, "3333.32")

    # 8 workdays to the 18th, 10 from the 19th: 3000 × 8/18 + 3600 × 10/18 = 3333.33…
    assert facts_of("PAY-04", RIPE) == [{"due": "3333.33", "paid": "3333.32"}]


def test_sum_over_terms_is_rounded_once_and_not_by_part() -> None:
    placement = attended_october(agreed_pay=Decimal("1000.00"))
    amend(placement, date(2026, 10, 13), agreed_pay=Decimal("1000.00"))
    amend(placement, date(2026, 10, 20), agreed_pay=Decimal("1000.00"))
    pay(placement, OCTOBER, "999.99")

    assert facts_of("PAY-04", RIPE) == [{"due": "1000.00", "paid": "999.99"}]


def test_half_a_fen_that_only_the_sum_makes_is_rounded_up() -> None:
    placement = make_placement(starts_on=OCTOBER, agreed_pay=Decimal("0.01"))
    attend_all(placement, workdays(date(2026, 10, 8), date(2026, 10, 14)))
    amend(placement, date(2026, 10, 15), agreed_pay=Decimal("0.03"))
    attend_all(placement, [date(2026, 10, 15), date(2026, 10, 16)])
    pay(placement, OCTOBER, "0.00", deductions={"个税": "0.00"})

    # 0.01 × 6/18 + 0.03 × 2/18 = 0.00666…: 0.01, while each part alone rounds to 0.00
    pay(placement, OCTOBER, "0.01")
    assert not fires("PAY-04", RIPE)

    amend(placement, date(2026, 10, 17), agreed_pay=Decimal("0.15"))
    attend(placement, date(2026, 10, 19))

    # … + 0.15 × 1/18 = 0.015 exactly, of parts of which none ends: 0.02
    assert facts_of("PAY-04", RIPE) == [{"due": "0.02", "paid": "0.01"}]


def test_each_monthly_part_is_capped_at_its_own_pay() -> None:
    placement = make_placement(starts_on=OCTOBER, agreed_pay=Decimal("1800.00"))
    attend_all(placement, [date(2026, 10, day) for day in range(1, 21)])
    amend(placement, date(2026, 10, 21), agreed_pay=Decimal("3600.00"))
    attend(placement, date(2026, 10, 21))
    pay(placement, OCTOBER, "1999.99")

    # 20 units of 18 workdays: 1800 at most; one day of 3600 ÷ 18 = 200
    assert facts_of("PAY-04", RIPE) == [{"due": "2000.00", "paid": "1999.99"}]


def test_terms_of_different_bases_add_up() -> None:
    placement = make_placement(starts_on=OCTOBER, agreed_pay=Decimal("1800.00"))
    attend(placement, date(2026, 10, 8))
    amend(placement, date(2026, 10, 12), pay_basis=PayBasis.DAILY, agreed_pay=Decimal("150.00"))
    attend(placement, date(2026, 10, 12))
    amend(placement, date(2026, 10, 19), pay_basis=PayBasis.HOURLY, agreed_pay=Decimal("20.00"))
    attend(placement, date(2026, 10, 19), hours=Decimal("7.50"))
    pay(placement, OCTOBER, "399.99")

    assert facts_of("PAY-04", RIPE) == [{"due": "400.00", "paid": "399.99"}]


def test_full_pay_under_the_last_terms_does_not_hide_what_earlier_ones_owed() -> None:
    placement = attended_october(agreed_pay=Decimal("9000.00"))
    amend(placement, date(2026, 10, 30), agreed_pay=Decimal("1000.00"))
    pay(placement, OCTOBER, "1000.00")

    assert facts_of("PAY-04", RIPE) == [{"due": "8555.56", "paid": "1000.00"}]


def test_pay_day_is_that_of_the_terms_in_force_at_the_end_of_the_month() -> None:
    placement = make_placement(starts_on=OCTOBER, pay_day=10)
    amend(placement, date(2026, 10, 31), pay_day=20)

    assert not fires("PAY-09", date(2026, 11, 20))
    assert facts_of("PAY-09", date(2026, 11, 21))[0]["due_on"] == "2026-11-20"


def test_month_in_which_pay_was_agreed_for_a_part_is_a_pay_month() -> None:
    placement = make_placement(starts_on=OCTOBER, agreed_pay=Decimal("3000.00"))
    amend(placement, date(2026, 10, 15), agreed_pay=None)

    assert facts_of("PAY-09", RIPE) == [{"due_on": "2026-11-10", "days_overdue": 1}]


def test_placement_is_judged_by_the_terms_of_the_day_asked() -> None:
    placement = make_placement(agreed_pay=Decimal("3600.00"))
    amend(placement, date(2026, 10, 1), agreed_pay=Decimal("3000.00"))

    assert not fires("PAY-02", date(2026, 9, 30))
    assert fires("PAY-02", date(2026, 10, 1))


def test_terms_of_the_nearest_day_speak_before_the_start_and_after_the_end() -> None:
    placement = make_placement(
        starts_on=date(2026, 9, 10), ends_on=date(2026, 9, 20), agreed_pay=None
    )
    amend(placement, date(2026, 9, 11), agreed_pay=Decimal("3600.00"))
    amend(placement, date(2026, 9, 21), agreed_pay=None)

    answers = [fires("PAY-01", date(2026, month, 5)) for month in (9, 10)]

    assert answers == [True, False]


def test_intern_counts_where_the_terms_of_the_day_have_the_student() -> None:
    before, after = make_post(headcount=4), make_post(make_enterprise(staff_count=5), headcount=4)
    placement = make_placement(post=before)
    amend(placement, date(2026, 10, 1), post=after)

    assert [fires("HOST-08", date(2026, month, 5)) for month in (9, 10)] == [False, True]
    assert [facts_of("HOST-09", date(2026, month, 5)) for month in (9, 10)] == [
        [{"interns": 1, "staff": 4}],
        [{"interns": 1, "staff": 4}],
    ]


def test_filing_is_looked_up_at_the_post_of_the_row_s_day() -> None:
    filed, other = make_post(), make_post()
    file_matter(filed, FilingMatter.OVERTIME)
    placement = make_placement(post=filed, state=PlacementState.ACTIVE)
    amend(placement, date(2026, 10, 13), post=other)
    for day in (date(2026, 10, 12), date(2026, 10, 13)):
        attend(placement, day, hours=Decimal(9))

    assert facts_of("TIME-01", date(2026, 10, 31)) == [{"days": ["2026-10-13"]}]
