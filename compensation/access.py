"""Who reaches the ledger of pay."""

from __future__ import annotations

from compensation.models import PaymentEntry
from internships.access import through_placement
from people.access import EVERYTHING, register
from people.access.conditions import own_ids
from people.roles import Role

register(
    PaymentEntry,
    {
        Role.SCHOOL_COORDINATOR: own_ids("placement__school"),
        Role.COMMISSION: EVERYTHING,
    }
    | through_placement(
        "placement", Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR, Role.STUDENT, Role.GUARDIAN
    ),
)
