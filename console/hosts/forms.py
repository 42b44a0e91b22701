"""What the pages about hosts ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from console.fields import day_field, words_field


class FreezeForm(forms.Form):
    """From which day on, and why."""

    from_day = day_field(_("生效日期"))
    reason = words_field(_("理由"))
