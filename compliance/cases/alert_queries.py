"""Which cases: those that stand, are overdue, or are of somebody; days are arguments."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Value

from common.day_sql import DaysFrom
from compliance.cases.deadlines import acknowledge_by, cure_by, next_deadline
from compliance.cases.words import STANDING_STATES
from people.access import VisibleQuerySet


class AlertQuerySet(VisibleQuerySet):
    """Cases."""

    def standing(self) -> AlertQuerySet:
        """Cases somebody has to act on: open or acknowledged."""
        return self.filter(state__in=STANDING_STATES)

    def with_deadlines(self) -> AlertQuerySet:
        """With `acknowledge_by` and `cure_by`, the last days to do so, and `due_on`, the first of
        them that is yet to be met; null where the law sets none."""
        return self.annotate(acknowledge_by=acknowledge_by(), cure_by=cure_by()).annotate(
            due_on=next_deadline()
        )

    def with_days_overdue(self, on: date) -> AlertQuerySet:
        """With `days_overdue`, 0 or less before the deadline, null without one."""
        return self.with_deadlines().annotate(days_overdue=DaysFrom(Value(on), F("due_on")))

    def overdue(self, on: date) -> AlertQuerySet:
        """Standing cases whose next deadline was before `on`."""
        return self.standing().with_deadlines().filter(due_on__lt=on)
