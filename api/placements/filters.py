"""What a list of placements may be asked."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from api.filtering import RowNumber
from internships.models import (
    AT_WORK_STATUSES,
    PlacementKind,
    PlacementState,
    PlacementStatus,
    Terms,
)


class PlacementFilters(django_filters.FilterSet):
    """What a list of placements may be asked; students are found by number, never by name."""

    code = django_filters.CharFilter(help_text=_("安排编号"))
    student_number = django_filters.CharFilter(
        field_name="learner__student_number", help_text=_("学号")
    )
    school = RowNumber(help_text=_("学校的 id"))
    enterprise = RowNumber(method="at_enterprise", help_text=_("当日约定的企业的 id"))
    kind = django_filters.ChoiceFilter(choices=PlacementKind.choices, help_text=_("实习类型"))
    status = django_filters.ChoiceFilter(choices=PlacementStatus.choices, help_text=_("状态"))
    state = django_filters.MultipleChoiceFilter(
        choices=PlacementState.choices, help_text=_("进展，可以写多个")
    )
    at_work_on = django_filters.DateFilter(method="at_work", help_text=_("这一天在岗的"))

    def at_enterprise(self, rows: Any, name: str, enterprise: int) -> Any:
        """Placements whose terms of the day name the enterprise."""
        actor = self.request.actor
        terms = Terms.objects.visible_to(actor).judged(actor.on).filter(enterprise=enterprise)
        return rows.filter(pk__in=terms.values("placement"))

    def at_work(self, rows: Any, name: str, day: Any) -> Any:
        """Placements that run on the day."""
        return rows.filter(status__in=AT_WORK_STATUSES, starts_on__lte=day, last_on__gte=day)
