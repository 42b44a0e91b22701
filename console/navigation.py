"""Which pages somebody is offered, and which one comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from internships.hosts.reading import READERS
from people.accounts.powers import CARING_ROLES
from people.actors import Actor
from people.roles import Role

# Roles that cases are shown to; the others have pages about one person.
CASE_ROLES = frozenset(
    {Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR, Role.COMMISSION}
)
BATCH_ROLES = frozenset({Role.SCHOOL_COORDINATOR, Role.COMMISSION})
COMPLAINT_ROLES = frozenset({Role.STUDENT, Role.GUARDIAN, Role.SCHOOL_COORDINATOR, Role.COMMISSION})
TODAY_ROLES = CASE_ROLES - {Role.COMMISSION}


@dataclass(frozen=True, slots=True)
class Page:
    """A page in the bar: its address's name, and what it is called."""

    address: str
    label: Any


TODAY = Page("today", _("今日"))
DISTRICT = Page("district", _("全区"))
ALERTS = Page("alerts", _("预警"))
PLACEMENTS = Page("placements", _("实习"))
HOSTS = Page("hosts", _("实习单位"))
BATCHES = Page("batches", _("备案"))
COMPLAINTS = Page("complaints", _("投诉"))
PEOPLE = Page("people", _("人员"))


def pages_for(actor: Actor) -> list[Page]:
    """The pages that `actor` has something to do on, the first page first; none without a role."""
    if not actor.roles:
        return []
    pages = []
    if actor.has(Role.COMMISSION):
        pages.append(DISTRICT)
    if actor.roles & TODAY_ROLES:
        pages.append(TODAY)
    if actor.roles & CASE_ROLES:
        pages.append(ALERTS)
    pages.append(PLACEMENTS)
    if actor.roles & READERS:
        pages.append(HOSTS)
    if actor.roles & BATCH_ROLES:
        pages.append(BATCHES)
    if actor.roles & COMPLAINT_ROLES:
        pages.append(COMPLAINTS)
    if actor.roles & CARING_ROLES:
        pages.append(PEOPLE)
    return pages


def first_page(actor: Actor) -> str:
    """The name of the address where `actor` starts; the status page without a role."""
    pages = pages_for(actor)
    return pages[0].address if pages else "status"
