"""Numbers of persons are masked in a message however they are spaced; others stay readable."""

import pytest

from exchange.reading.masking import shown


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("50011720070506001X", "20070506"),
        ("500117 20070506 001X", "20070506"),
        ("500117-20070506-0012", "20070506"),
        ("138.0013.8000", "0013"),
        ("138 0013 8000", "0013"),
        ("5.0011720070506e+16", "0070506"),
    ],
)
def test_a_personal_number_is_masked_however_it_is_spaced(text: str, hidden: str) -> None:
    assert hidden not in shown(text)


@pytest.mark.parametrize("text", ["2026-09-01", "P-0001", "24E-1", "4500.00", "2026年9月1日"])
def test_an_ordinary_cell_is_shown_as_it_stands(text: str) -> None:
    assert shown(text) == text
