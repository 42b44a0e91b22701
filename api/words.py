"""Words of closed lists, as answers have them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class Word(serializers.ChoiceField):
    """One of a closed list of words; null where the record has none."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(choices, allow_null=True, **({"read_only": True} | options))

    def to_representation(self, value: Any) -> Any:
        """The word, or null for the empty one."""
        return super().to_representation(value) or None
