"""How a rule hands over what it found: subject, period, severity, first day and facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    CharField,
    Choices,
    F,
    Func,
    JSONField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Collate, JSONObject

from common.law_sql import IsOneOf, LegalValue, file_words

COLUMNS = (
    "found_id",
    "found_subject",
    "found_period",
    "found_severity",
    "found_since",
    "found_facts",
)


# No period; the severity of the rule itself.
NOTHING = Value("")


def found(
    rows: QuerySet[Any],
    /,
    *,
    subject: str | Any,
    since: str | Any,
    key: str = "pk",
    period: str | Any = NOTHING,
    severity: str | Any = NOTHING,
    **facts: Any,
) -> QuerySet[Any]:
    """The rows as findings, sorted by subject and period by code point.

    `key` leads to the primary key of the subject, `subject` to its name in the contract. `since` is
    the first day of the fault. An empty severity is the rule's own. `facts` become one
    JSON value: money and hours must be passed as text, through `two_decimals`.
    """
    columns = {
        "found_id": F(key),
        "found_subject": F(subject) if isinstance(subject, str) else subject,
        "found_period": F(period) if isinstance(period, str) else period,
        "found_severity": F(severity) if isinstance(severity, str) else severity,
        "found_since": F(since) if isinstance(since, str) else since,
        "found_facts": JSONObject(
            **{name: F(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        ),
    }
    return rows.values(**columns).order_by(
        Collate(F("found_subject"), "C"), Collate(F("found_period"), "C")
    )


def two_decimals(amount: Any) -> Func:
    """Yuan or hours as text with two decimals, rounded half up from the exact value."""
    return Func(
        amount,
        template="to_char(round((%(expressions)s)::numeric, 2), 'FM9999999999999990.00')",
        output_field=CharField(),
    )


class GapList(Func):
    """A multirange as [[first, last], …], ascending, both days included."""

    template = (
        "(SELECT coalesce(jsonb_agg(jsonb_build_array(lower(part), upper(part) - 1) "
        "ORDER BY part), '[]') FROM unnest(%(expressions)s) AS part)"
    )
    output_field = JSONField()


def word_of(column: str, vocabulary: type[Choices]) -> Case:
    """The Chinese word of the district file for the code in `column`."""
    return Case(
        *(When(**{column: code}, then=Value(word)) for code, word in file_words(vocabulary)),
        output_field=TextField(),
    )


class NamesWhere(Func):
    """The names, sorted by code point, of the conditions that hold in the row: a text array."""

    template = "array_remove(ARRAY[%(expressions)s], NULL)"
    output_field = ArrayField(TextField())

    def __init__(self, conditions: Mapping[str, Any]) -> None:
        super().__init__(
            *(
                Case(When(conditions[name], then=Value(name)), output_field=TextField())
                for name in sorted(conditions)
            )
        )


def required(missing: Mapping[str, Any], *, by: str, day: Any) -> dict[str, Q]:
    """Each of the conditions, where the list of law `by` names it on `day`."""
    listed = LegalValue(by, day=day)
    return {name: Q(IsOneOf(Value(name), listed)) & Q(lack) for name, lack in missing.items()}


def any_of(conditions: Mapping[str, Q]) -> Q:
    """Rows in which at least one of the conditions holds."""
    return reduce(or_, conditions.values())


def words_of(codes: Any, vocabulary: type[Choices], *, among: Any = None) -> NamesWhere:
    """The Chinese words for the array `codes`, of those in the array `among` where given."""
    conditions = {}
    for code, word in file_words(vocabulary):
        listed = Q(IsOneOf(Value(code), codes))
        conditions[word] = listed if among is None else listed & Q(IsOneOf(Value(code), among))
    return NamesWhere(conditions)
