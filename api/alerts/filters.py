"""What a list of cases may be asked."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from api.filtering import RowNumber
from compliance.cases.at_enterprises import of_enterprises
from compliance.cases.holding import is_held_by, weighed
from compliance.cases.words import AlertState
from compliance.findings import Severity
from compliance.registry import all_rules


def rules_named() -> list[tuple[str, str]]:
    """The rules by their ids."""
    return [(rule.id, rule.id) for rule in all_rules()]


class AlertFilters(django_filters.FilterSet):
    """Conditions on cases that the actor sees already."""

    rule = django_filters.ChoiceFilter(choices=rules_named, help_text=_("规则编号，如 INS-01"))
    severity = django_filters.ChoiceFilter(choices=Severity.choices, help_text=_("等级"))
    state = django_filters.MultipleChoiceFilter(
        choices=AlertState.choices, help_text=_("状态，可以写多个")
    )
    school = RowNumber(help_text=_("学校的 id"))
    enterprise = RowNumber(
        method="at_enterprise", help_text=_("企业的 id：企业、其岗位和在那里实习的学生")
    )
    placement = RowNumber(help_text=_("实习安排的 id"))
    mine = django_filters.ChoiceFilter(
        choices=[("true", "true")], method="held", help_text=_("现在等我处理的")
    )

    def at_enterprise(self, rows: Any, name: str, enterprise: int) -> Any:
        """Cases of the enterprise, its posts and those at work there."""
        return rows.filter(of_enterprises([enterprise], self.request.actor))

    def held(self, rows: Any, name: str, asked: str) -> Any:
        """Cases that the calendar says the actor holds."""
        actor = self.request.actor
        return weighed(rows.standing(), actor.on).filter(is_held_by(actor, actor.on))
