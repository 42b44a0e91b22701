"""Workdays, rest days and holidays of 2024 to 2027, and the weeks outside them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from law import workdays
from law.toml_files import LAW, digest_of
from law.workdays import (
    KNOWN_YEARS,
    DayKind,
    calendar_rows,
    is_statutory_holiday,
    is_workday,
    kind_of,
    notice_known,
    read_calendars,
    workdays_in_month,
)

WORK, REST, HOLIDAY = DayKind.WORKDAY, DayKind.REST_DAY, DayKind.STATUTORY_HOLIDAY
STATUTORY = {
    2024: ["01-01", "02-10", "02-11", "02-12", "04-04", "05-01", "06-10", "09-17"],
    2025: ["01-01", "01-28", "01-29", "01-30", "01-31", "04-04", "05-01", "05-02", "05-31"],
    2026: ["01-01", "02-16", "02-17", "02-18", "02-19", "04-05", "05-01", "05-02", "06-19"],
    2027: ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09"],
}
AUTUMN = {
    2024: ["10-01", "10-02", "10-03"],
    2025: ["10-01", "10-02", "10-03", "10-06"],
    2026: ["09-25", "10-01", "10-02", "10-03"],
    2027: ["09-15", "10-01", "10-02", "10-03"],
}


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_a_known_notice_is_as_chinesecalendar_has_it(year: int) -> None:
    days = [day for day, _ in calendar_rows(date(year, 1, 1), date(year, 12, 31))]

    differing = [day for day in days if is_workday(day) != chinese_calendar.is_workday(day)]

    assert len(days) == (366 if year == 2024 else 365)
    assert differing == []


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_statutory_holidays_are_those_of_the_regulation(year: int) -> None:
    wanted = [date.fromisoformat(f"{year}-{day}") for day in STATUTORY[year] + AUTUMN[year]]

    found = [
        day for day, kind in calendar_rows(date(year, 1, 1), date(year, 12, 31)) if kind is HOLIDAY
    ]

    assert found == wanted
    assert len(found) == (11 if year == 2024 else 13)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 9, 20), WORK),
        (date(2026, 9, 24), WORK),
        (date(2026, 9, 25), HOLIDAY),
        (date(2026, 9, 26), REST),
        (date(2026, 9, 30), WORK),
        (date(2026, 10, 1), HOLIDAY),
        (date(2026, 10, 3), HOLIDAY),
        (date(2026, 10, 4), REST),
        (date(2026, 10, 5), REST),
        (date(2026, 10, 7), REST),
        (date(2026, 10, 8), WORK),
        (date(2026, 10, 10), WORK),
        (date(2026, 10, 11), REST),
        (date(2025, 10, 6), HOLIDAY),
        (date(2025, 10, 7), REST),
        (date(2024, 2, 9), WORK),
        (date(2024, 2, 29), WORK),
        (date(2024, 9, 15), REST),
    ],
)
def test_kind_of_a_day_follows_law_then_notice_then_week(day: date, kind: DayKind) -> None:
    found = kind_of(day)

    assert found is kind
    assert is_workday(day) is (kind is WORK)
    assert is_statutory_holiday(day) is (kind is HOLIDAY)


def test_year_without_a_notice_knows_its_holidays_and_its_weekends_only() -> None:
    monday_after_new_years_eve = date(2027, 2, 8)

    rows = dict(calendar_rows(date(2027, 2, 5), date(2027, 2, 14)))

    assert rows[monday_after_new_years_eve] is HOLIDAY
    assert [day.day for day, kind in rows.items() if kind is WORK] == [9, 10, 11, 12]
    assert [day.day for day, kind in rows.items() if kind is REST] == [13, 14]


@pytest.mark.parametrize("year", [1995, 2023, 2028, 2060])
def test_year_outside_the_data_has_weeks_and_no_holidays(year: int) -> None:
    rows = list(calendar_rows(date(year, 1, 1), date(year, 12, 31)))

    off = [day for day, kind in rows if kind is not WORK]

    assert all(day.isoweekday() > 5 for day in off)
    assert all(kind is not HOLIDAY for _, kind in rows)


def test_notices_are_known_for_2024_to_2026_and_calendars_to_2027() -> None:
    years = range(2020, 2031)

    known = [year for year in years if notice_known(year)]

    assert known == [2024, 2025, 2026]
    assert KNOWN_YEARS == (2024, 2025, 2026, 2027)


def test_each_calendar_names_its_sources() -> None:
    calendars = [read_calendars(LAW / "calendars")[year] for year in KNOWN_YEARS]

    notices = [calendar.notice for calendar in calendars]

    assert all("全国年节及纪念日放假办法" in calendar.source for calendar in calendars)
    numbers = ("国办发明电〔2023〕7号", "国办发明电〔2024〕12号", "国办发明电〔2025〕7号")
    assert all(number in notice for number, notice in zip(numbers, notices, strict=False))
    assert notices[3] == ""


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [(2026, 9, 22), (2026, 10, 18), (2026, 2, 16), (2024, 2, 18), (2027, 2, 18), (2028, 2, 21)],
)
def test_workdays_of_a_month_are_counted_over_the_whole_month(
    year: int, month: int, days: int
) -> None:
    first = date(year, month, 1)

    counted = workdays_in_month(year, month)

    assert counted == days
    assert counted == sum(
        is_workday(first + timedelta(days=offset))
        for offset in range(31)
        if (first + timedelta(days=offset)).month == month
    )


def test_rows_include_both_ends_and_none_when_the_end_is_first() -> None:
    day = date(2026, 12, 31)

    one = list(calendar_rows(day, day))

    assert one == [(day, WORK)]
    assert list(calendar_rows(day, date(2026, 12, 30))) == []
    assert [row[0] for row in calendar_rows(day, date(2027, 1, 1))] == [day, date(2027, 1, 1)]


def test_moment_is_refused_where_a_day_is_meant() -> None:
    moment = datetime(2026, 10, 1, tzinfo=UTC)

    with pytest.raises(TypeError, match="day"):
        kind_of(moment)

    assert kind_of(moment.date()) is HOLIDAY


def test_digest_changes_with_the_text_and_the_name_of_any_legal_file(tmp_path: Path) -> None:
    (tmp_path / "values").mkdir()
    file = tmp_path / "values" / "pay.toml"
    file.write_text("a = 1", encoding="utf-8")
    first, again = digest_of(tmp_path), digest_of(tmp_path)

    file.write_text("a = 2", encoding="utf-8")
    after_a_change = digest_of(tmp_path)
    renamed = file.rename(tmp_path / "values" / "wages.toml")
    after_a_new_name = digest_of(tmp_path)

    assert first == again
    assert len({first, after_a_change, after_a_new_name}) == 3
    assert renamed.exists()
    assert workdays.digest() == digest_of(Path(workdays.__file__).parent)
