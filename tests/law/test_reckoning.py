"""Ages and school years are counted as the contract counts them, with the day on each side."""

from datetime import date

import pytest

from law.reckoning import (
    age_on,
    age_reached_on,
    is_minor_on,
)

ON = date(2026, 9, 15)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2010, 9, 2), date(2026, 9, 1), 15),
        (date(2010, 9, 2), date(2026, 9, 2), 15),
        (date(2010, 9, 2), date(2026, 9, 3), 16),
        (date(2010, 12, 31), date(2026, 12, 31), 15),
        (date(2010, 12, 31), date(2027, 1, 1), 16),
        (date(2012, 2, 29), date(2028, 2, 29), 15),
        (date(2012, 2, 29), date(2028, 3, 1), 16),
        (date(2012, 2, 29), date(2029, 3, 1), 16),
        (date(2012, 2, 29), date(2029, 3, 2), 17),
        (date(2026, 9, 2), date(2026, 9, 2), -1),
        (date(2026, 9, 2), date(2026, 9, 3), 0),
    ],
)
def test_age_is_reached_on_the_day_after_the_birthday(born_on: date, day: date, age: int) -> None:
    found = age_on(born_on, day)

    assert found == age


def test_day_an_age_is_reached_is_the_first_day_of_that_age() -> None:
    born_on = date(2012, 2, 29)

    reached = age_reached_on(born_on, 17, on=ON)

    assert reached == date(2029, 3, 2)
    assert age_on(born_on, reached) == 17
    assert age_on(born_on, date(2029, 3, 1)) == 16


def test_nobody_is_a_minor_from_the_day_after_the_eighteenth_birthday() -> None:
    born_on = date(2008, 9, 15)

    days = [date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 16)]

    assert [is_minor_on(born_on, day) for day in days] == [True, True, False]
