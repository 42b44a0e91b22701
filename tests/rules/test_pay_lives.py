"""Whatever was agreed, attended and paid: the pages say of pay what the rules find, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from common.law_rows import sync_law
from tests.rules.pay_lives import PAY_DAYS, draw_life, plant
from tests.rules.shown_months import judged, shown

pytestmark = pytest.mark.django_db

# The pay days of the months that follow those of the lives, the day after each, and later ones
TELLING = [
    date(2026, month, day) + timedelta(days=aside)
    for month in (9, 10, 11, 12)
    for day in PAY_DAYS
    for aside in (0, 1)
] + [date(2027, 1, 11), date(2027, 2, 11), date(2027, 8, 1)]


def agree(seed: int, *, lives: int, days: int) -> set[str]:
    """Hold pages, rules and plain reckoning of some lives together, on some of the telling days;
    the rules that found something.
    """
    sync_law()
    chance = Random(seed)
    drawn = {plant(life).code: life for life in (draw_life(chance) for _ in range(lives))}
    rules = set()

    for on in sorted(chance.sample(TELLING, days)):
        owed = {
            key: fact for code, life in drawn.items() for key, fact in life.owed(code, on).items()
        }
        rules |= {rule for rule, _ in owed.values()}

        assert (on, judged(on)) == (on, owed)
        assert (on, shown(on)) == (on, owed)

    return rules


@pytest.mark.parametrize("seed", range(3))
def test_pages_and_rules_say_what_is_owed_whatever_was_amended(seed: int) -> None:
    rules = agree(seed, lives=5, days=10)

    assert rules == {"PAY-04", "PAY-09"}


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(3, 20))
def test_pages_and_rules_agree_on_many_more_lives(seed: int) -> None:
    agree(seed, lives=10, days=20)
