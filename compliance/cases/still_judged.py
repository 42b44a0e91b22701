"""Whom a rule judges still though it found nothing: what tells a cured case from a lapsed one."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Value

from common.day_sql import MonthName
from compliance.registry import Rule
from compliance.scopes import Rows
from internships.models import PlacementMonth

EVERY_PERIOD = Value(None, output_field=CharField())


def still_judged(rule: Rule, on: date, *, among: Rows) -> Rows:
    """Rows of a subject's key and a period (null: every period) that `rule` judges on `on`."""
    judged = rule.judged(on, among=among).order_by()
    if judged.model is PlacementMonth:
        return judged.values_list("placement_id", MonthName("month"))
    return judged.values_list("pk", EVERY_PERIOD).distinct()
