"""Fields that forms of several pages have: a day, some sentences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from internships.models.life import MOST_CHARACTERS

UNSAID = _("请写明情况")


def day_field(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    """A day, picked or typed as 2026-11-24."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("请写明日期"),
            "invalid": _("日期写成 2026-11-24 这样"),
        },
        **options,
    )


def words_field(
    label: Any,
    *,
    required: bool = True,
    most: int = MOST_CHARACTERS,
    rows: int = 3,
    unsaid: Any = UNSAID,
) -> forms.CharField:
    """Some sentences; `unsaid` is what is answered where there are none."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": unsaid},
    )
