"""Filters of lists that the library has no word for."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms

LARGEST = 2**63 - 1


class RowNumber(django_filters.NumberFilter):
    """The id of a row: a whole number from 1 up, no larger than the database keeps."""

    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **options)

    def get_max_validator(self) -> None:
        """The field itself has the bound."""
        return
