"""The texts of each rule in a language, read once and checked when they are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("zh", "en")


def spoken() -> str:
    """The language of cases for who is served now: `en` for English, `zh` for any other."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@dataclass(frozen=True, slots=True)
class RuleText:
    """What is wrong and what would cure it, with the names of facts in braces."""

    wrong: str
    cure: str

    def names(self) -> frozenset[str]:
        """The facts and legal values that the texts use."""
        parsed = (part for text in (self.wrong, self.cure) for part in Formatter().parse(text))
        return frozenset(name for _, name, *_ in parsed if name)


@dataclass(frozen=True, slots=True)
class Texts:
    """A language: texts by rule, words for codes, phrases for facts that are yes or no."""

    rules: Mapping[str, RuleText]
    words: Mapping[str, str]
    phrases: Mapping[str, Mapping[str, str]]


@cache
def texts_in(language: str) -> Texts:
    """The texts in `zh` or `en`; ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"cases are explained in {' and '.join(LANGUAGES)}, not in {language!r}")
    read: dict[str, Any] = tomllib.loads(
        (Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8")
    )
    rules = {rule_id: RuleText(**texts) for rule_id, texts in read["rules"].items()}
    return Texts(rules, read["words"], read["phrases"])
