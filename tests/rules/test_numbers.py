"""Every rule names the legal values it judges by: all of them, and no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

import law.legal_values
from compliance.registry import Rule, all_rules
from law.legal_values import LawBook

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)


@dataclass
class RecordingBook:
    """The law, noting what is asked of it."""

    book: LawBook
    asked: set[str] = field(default_factory=set)

    def history(self, name: str, *args: Any, **options: Any) -> Any:
        self.asked.add(name)
        return self.book.history(name, *args, **options)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> RecordingBook:
    book = RecordingBook(law.legal_values._book())
    monkeypatch.setattr(law.legal_values, "_book", lambda: book)
    # Remembered answers would never reach the book.
    monkeypatch.setattr(law.legal_values, "history", law.legal_values.history.__wrapped__)
    monkeypatch.setattr("common.law_sql.history", law.legal_values.history)
    return book


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_rule_reads_the_legal_values_it_names(rule: Rule, recorded: RecordingBook) -> None:
    list(rule.broken(ON))

    assert recorded.asked == set(rule.legal_values)
