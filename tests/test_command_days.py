"""Days on the command line are read alike, and refused in words, by every command."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from common.command_days import a_day

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2026, 2, 28), date(2199, 12, 31)])
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert a_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-2-28", "应写作 2026-10-05"),
        ("20260228", "应写作 2026-10-05"),
        ("2026-W09-6", "应写作 2026-10-05"),
        ("2026-02-29", "应写作 2026-10-05"),
        ("", "应写作 2026-10-05"),
        ("1899-12-31", "不在 1900-01-01 至 2199-12-31 之间"),
        ("2200-01-01", "不在 1900-01-01 至 2199-12-31 之间"),
    ],
)
def test_what_is_no_day_is_refused_with_what_would_be_one(text: str, said: str) -> None:
    with pytest.raises(ArgumentTypeError, match=said):
        a_day(text)


@pytest.mark.parametrize(
    "words",
    [
        ("sweep", "--as-of", "2026-2-28"),
        ("explain_alert", "1", "--as-of", "2026-2-28"),
        ("seed_demo", "--write", "nowhere", "--on", "2026-2-28"),
        ("create_account", "w", "--name", "王", "--role", "commission", "--from", "2026-2-28"),
        ("create_account", "w", "--name", "王", "--role", "commission", "--until", "2026-2-28"),
    ],
    ids=lambda words: " ".join(words[:: len(words) - 2]),
)
def test_every_command_says_so_in_the_same_words(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="2026-2-28 不是日期，应写作 2026-10-05"):
        call_command(*words)


def test_no_command_reads_days_in_a_way_of_its_own() -> None:
    commands = list(CHECKOUT.glob("*/management/commands/*.py"))

    own = [file.name for file in commands if "fromisoformat" in file.read_text(encoding="utf-8")]

    assert len(commands) > 10
    assert own == []
