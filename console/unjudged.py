"""What a page says where rules have not answered: silence is no safety."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from compliance.cases.unjudged import unjudged
from compliance.registry import all_rules
from console.alerts.hands import PAY_RULES

UNINSURED_RULE = "INS-01"


@dataclass(frozen=True, slots=True)
class Silence:
    """The rules that say nothing of the district now."""

    rules: frozenset[str]

    @property
    def sentence(self) -> str:
        """What the head of the page warns of; empty where every rule has answered."""
        if not self.rules:
            return ""
        if len(self.rules) == len(all_rules()):
            return _("全区还没有检查过：这里的数字和空白都不说明人人有保险、有报酬。")
        return _("上次检查有规则没有判成：%(rules)s。相关的数字会偏少，系统会自动再判。") % {
            "rules": _("、").join(sorted(self.rules))
        }

    @property
    def of_cover(self) -> bool:
        """Whether it cannot be said who is insured."""
        return UNINSURED_RULE in self.rules

    @property
    def of_pay(self) -> bool:
        """Whether it cannot be said who is paid."""
        return not self.rules.isdisjoint(PAY_RULES)

    def of_lane(self, key: str) -> bool:
        """Whether a lane of the day's page that is empty says nothing."""
        unsaid = {"uninsured": self.of_cover, "unpaid": self.of_pay, "starting": bool(self.rules)}
        return unsaid.get(key, False)


def silence() -> Silence:
    """Which rules are silent; one query."""
    return Silence(unjudged())
