"""The law's dated values inside SQL: for a day of its own in every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Choices, Func, Value, When
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import override

from law.legal_values import history

Reader = Callable[[Any], Any]


class LegalValue(Case):
    """What the law sets as `name` on `day`, an expression of each row; NULL before the first value.

    `read` turns the value as `law` has it into what the column compares with. Where the day is one
    day for all rows, `law.legal_values.value_on` is the shorter way.
    """

    def __init__(self, name: str, *, day: Any, read: Reader | None = None) -> None:
        cases: list[tuple[date, Any]] = []
        for dated in history(name):
            value = read(dated.value) if read else dated.value
            if not cases or cases[-1][1] != value:
                cases.append((dated.in_force_from, value))
        super().__init__(
            *(
                When(GreaterThanOrEqual(day, Value(first_day)), then=literal(value))
                for first_day, value in reversed(cases)
            ),
            default=Value(None),
            output_field=literal(cases[0][1]).output_field,
        )


def literal(value: Any) -> Value:
    """A value of the law as SQL has it: a list of words is a text array."""
    if isinstance(value, list | tuple):
        return Value(list(value), output_field=ArrayField(models.CharField()))
    return Value(value)


def codes_of(vocabulary: type[Choices]) -> Reader:
    """Reads the law's Chinese words as the codes that the columns hold; an unknown word raises."""

    def read(words: Sequence[str]) -> tuple[str, ...]:
        by_word = {word: code for code, word in file_words(vocabulary)}
        return tuple(sorted(by_word[word] for word in words))

    return read


def file_words(vocabulary: type[Choices]) -> list[tuple[str, str]]:
    """(code, Chinese word of the district file) of each choice, whatever language is active."""
    with override("zh-hans"):
        return [(str(choice.value), str(choice.label)) for choice in vocabulary]


def minutes(clock: str) -> int:
    """Minutes after midnight of `22:00`."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


class IsOneOf(Func):
    """`IsOneOf(word, words)`: whether a text array holds the word."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()
