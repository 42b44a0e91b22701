"""How the law counts: the day an age is reached, ages on a day, the end of a first school year."""

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


def first_school_year_ends_on(enrolled_on: date, *, on: date) -> date:
    """The last day of the first school year: the first 31 August six months after enrolment.

    Six months on is the same day of the month, or that month's last.
    """
    earliest = months_later(enrolled_on, whole_on("first_year_months", on))
    month, day = map(int, word_on("first_year_end", on).split("-"))
    this_year = date(earliest.year, month, day)
    return this_year if this_year >= earliest else date(earliest.year + 1, month, day)


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` on, or that month's last day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _birthday(born_on: date, year: int) -> date:
    if (born_on.month, born_on.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return born_on.replace(year=year)
