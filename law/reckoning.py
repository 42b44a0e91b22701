"""How the law counts ages: the day one is reached, the age on a day, who is a minor."""

from calendar import monthrange
from datetime import date, timedelta

from law.legal_values import whole_on, word_on


def age_reached_on(born_on: date, years: int, *, on: date) -> date:
    """The day from which a person counts as `years` old, by the law in force on `on`.

    Born on 29 February, the birthday of a common year is 1 March (民法典 第二百零一条).
    """
    birthday = _birthday(born_on, born_on.year + years)
    after = word_on("age_reached_on", on) == "day_after"
    return birthday + timedelta(days=1) if after else birthday


def age_on(born_on: date, day: date) -> int:
    """Full years of age on `day`; negative before the birth, so that nothing hides."""
    years = day.year - born_on.year
    return years if age_reached_on(born_on, years, on=day) <= day else years - 1


def is_minor_on(born_on: date, day: date) -> bool:
    """Whether the person is still below the age of majority on `day`."""
    return age_on(born_on, day) < whole_on("majority_age", day)


def _birthday(born_on: date, year: int) -> date:
    if (born_on.month, born_on.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return born_on.replace(year=year)
