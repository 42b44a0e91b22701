"""Numbers of persons are masked in a message however they are spaced; others stay readable."""

import pytest

from exchange.reading.masking import shown


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("50011720070506001X", "20070506"),
        ("500117 20070506 001X", "20070506"),
        ("500117-20070506-0012", "20070506"),
        ("500117/20090305/0112", "20090305"),
        ("500117_20090305_0112", "20090305"),
        ("500117，20090305，0112", "20090305"),
        ("500117\u00a020090305\t0112", "20090305"),
        ("138.0013.8000", "0013"),
        ("138/0013/8000", "0013"),
        ("(138)0013 8000", "0013"),
        ("138\u20130013\u20138000", "0013"),
        ("023-42712345", "4271"),
        ("(023) 42712345转801", "4271"),
        ("02342712345", "4271"),
        ("0513—86001234", "8600"),
        ("138 0013 8000", "0013"),
        ("5.0011720070506e+16", "0070506"),
    ],
)
def test_a_personal_number_is_masked_however_it_is_spaced(text: str, hidden: str) -> None:
    assert hidden not in shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-01",
        "P-0001",
        "24E-1",
        "4500.00",
        "2026年9月1日",
        "5001170101",
        "0231-4567",
        "05;11;14",
    ],
)
def test_an_ordinary_cell_is_shown_as_it_stands(text: str) -> None:
    assert shown(text) == text
