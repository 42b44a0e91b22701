"""Closed lists of words, held by the database: a misspelt code would make a rule silent."""

from __future__ import annotations

from django.db.models import CheckConstraint, Choices, Q


def known_word(
    name: str, column: str, words: type[Choices], *, may_be_empty: bool = False
) -> CheckConstraint:
    """`column` holds one of the codes of `words`, or nothing where that `may_be_empty`."""
    codes = [str(code) for code in words.values]
    return CheckConstraint(
        condition=Q(**{f"{column}__in": [*codes, ""] if may_be_empty else codes}), name=name
    )


def known_words(name: str, column: str, words: type[Choices]) -> CheckConstraint:
    """The array `column` holds codes of `words` and nothing else; it may be empty."""
    codes = [str(code) for code in words.values]
    return CheckConstraint(condition=Q(**{f"{column}__contained_by": codes}), name=name)
