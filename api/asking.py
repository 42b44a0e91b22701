"""What requests may say: bodies without a word too many, days of the calendar, rows one sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.filtering import LARGEST
from api.problems import Problem, ProblemCode
from common.calendar_span import FIRST_DAY, LAST_DAY


class Asked(serializers.Serializer[Any]):
    """A body; a name that it does not have is refused, for it would change nothing."""

    def to_internal_value(self, data: Any) -> Any:
        """The values; ValidationError for those that are wrong and for names unknown."""
        values = super().to_internal_value(data)
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError({name: [_("没有这一项")] for name in unknown})
        return values


class Day(serializers.DateField):
    """A day of the calendar that the product has, 1900 to 2199."""

    default_error_messages = {"outside": _("日期应在 1900 年至 2199 年之间")}

    def to_internal_value(self, value: Any) -> Any:
        """The day."""
        day = super().to_internal_value(value)
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fail("outside")
        return day


class RowId(serializers.IntegerField):
    """The id of a row."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **options)


def row_named(rows: Any, name: str, value: Any, *, column: str = "pk") -> Any:
    """The row of `rows` (those that the actor sees) with that value; None for None.

    Problem at `name` for any other, whether it is somebody else's or never was.
    """
    if value is None:
        return None
    found = rows.filter(**{column: value}).first()
    if found is None:
        raise _not_there([f"/{name}"])
    return found


def rows_named(rows: Any, name: str, keys: Sequence[int]) -> list[Any]:
    """The rows of `rows` with those ids; Problem that names the place of each other one."""
    found = {row.pk: row for row in rows.filter(pk__in=keys)}
    if wrong := [f"/{name}/{place}" for place, key in enumerate(keys) if key not in found]:
        raise _not_there(wrong)
    return list(found.values())


def _not_there(places: list[str]) -> Problem:
    said = str(_("没有这一条，或者您看不到它"))
    wrong = {"in": "body", "code": "does_not_exist", "detail": said}
    return Problem(ProblemCode.INVALID, said, places=[{**wrong, "place": at} for at in places])
