"""Facts and legal values as people say them in a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from compliance.explain.texts import Texts
from compliance.registry import Rule
from law.legal_values import describe, value_on

# Between the first and the last day of a stretch, and between the parts of a list.
STRETCH = {"zh": " 至 ", "en": " to "}
COMMA = {"zh": "、", "en": ", "}
SHARE = "share"
# Beyond this many days a list says how many more there are.
MOST_DAYS = 10
MORE = {"zh": " 等", "en": " …"}


def said(facts: Mapping[str, Any], texts: Texts, language: str) -> dict[str, str]:
    """Each fact as text, and beside it `…_count` for a list, `short` for what is missing of pay."""
    words: dict[str, str] = {}
    for name, fact in facts.items():
        words[name] = _fact(name, fact, texts, language)
        if isinstance(fact, list):
            words[f"{name}_count"] = str(len(fact))
    if {"due", "paid"} <= facts.keys():
        words["short"] = f"{Decimal(facts['due']) - Decimal(facts['paid']):.2f}"
    return words


def numbers_said(rule: Rule, on: date) -> dict[str, str]:
    """The single legal values that the rule judges by on the day, shares as percentages."""
    numbers: dict[str, str] = {}
    for name in rule.legal_values:
        value = value_on(name, on)
        if isinstance(value, Decimal) and describe(name).unit == SHARE:
            numbers[name] = f"{value * 100:.0f} %"
        elif isinstance(value, int | Decimal | str) and not isinstance(value, bool):
            numbers[name] = str(value)
    return numbers


def _fact(name: str, fact: Any, texts: Texts, language: str) -> str:
    if isinstance(fact, bool):
        return texts.phrases[name]["yes" if fact else "no"]
    if isinstance(fact, list):
        parts = [_part(part, texts, language) for part in fact[:MOST_DAYS]]
        return COMMA[language].join(parts) + (MORE[language] if len(fact) > MOST_DAYS else "")
    return _part(fact, texts, language)


def _part(part: Any, texts: Texts, language: str) -> str:
    if isinstance(part, list):
        first, last = part
        return first if first == last else f"{first}{STRETCH[language]}{last}"
    return texts.words.get(str(part), str(part))
