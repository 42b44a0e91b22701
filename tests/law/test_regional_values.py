"""What a region adds stands in for the wider value, from its own first day and for itself."""

from datetime import date
from pathlib import Path

import pytest

from law.legal_values import LawBook, read_law_book

NATION = """
[wage]
description = "Least wage."
unit = "yuan"
reviewed_on = 2026-11-24
overridable = true
[[wage.values]]
in_force_from = 2020-01-01
value = 1000
source = "全国"
[[wage.values]]
in_force_from = 2024-01-01
value = 1100
source = "全国"
"""


def region(value: int, first_day: str, *, verified: bool = True) -> str:
    """The text of a region's file with one value."""
    return (
        "[wage]\nreviewed_on = 2026-11-24\n[[wage.values]]\n"
        f"in_force_from = {first_day}\nvalue = {value}\nsource = '地方'\n"
        f"verified = {str(verified).lower()}\n"
    )


def book_of(folder: Path, regions: dict[str, str]) -> LawBook:
    """The law of a nation with these regions."""
    (folder / "regions").mkdir()
    (folder / "pay.toml").write_text(NATION, encoding="utf-8")
    for code, text in regions.items():
        (folder / "regions" / f"{code}.toml").write_text(text, encoding="utf-8")
    return read_law_book(folder)


@pytest.mark.parametrize(
    ("code", "value"),
    [("500117", 4000), ("500118", 3000), ("500229", 2000), ("510100", 1100), (None, 1100)],
)
def test_narrowest_region_wins_district_before_prefecture_before_province(
    tmp_path: Path, code: str | None, value: int
) -> None:
    regions = {
        "500000": region(2000, "2024-06-01"),
        "500100": region(3000, "2024-07-01"),
        "500117": region(4000, "2024-08-01"),
    }
    book = book_of(tmp_path, regions)

    found = book.value_on("wage", date(2026, 1, 1), code)

    assert found == value


def test_wider_value_holds_until_the_day_before_the_narrower_begins(tmp_path: Path) -> None:
    book = book_of(
        tmp_path, {"500000": region(2000, "2024-06-01"), "500117": region(4000, "2024-08-01")}
    )

    days = [date(2024, 5, 31), date(2024, 6, 1), date(2024, 7, 31), date(2024, 8, 1)]

    assert [book.value_on("wage", day, "500117") for day in days] == [1100, 2000, 2000, 4000]


def test_region_that_begins_on_a_national_day_leaves_one_value_for_that_day(
    tmp_path: Path,
) -> None:
    book = book_of(tmp_path, {"500000": region(2000, "2024-01-01")})

    dated = book.history("wage", "500117")

    assert [(entry.in_force_from.year, entry.value) for entry in dated] == [
        (2020, 1000),
        (2024, 2000),
    ]


def test_unverified_regional_value_leaves_the_nations_in_place(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"500000": region(2000, "2024-06-01", verified=False)})
    day = date(2026, 1, 1)

    asked_for = book.value_on("wage", day, "500117", unverified=True)

    assert book.value_on("wage", day, "500117") == 1100
    assert asked_for == 2000
