"""A district with cases, and browsers signed in to it, for tests of pages."""

from __future__ import annotations

from datetime import date, datetime

from django.test import Client

from compliance.models import Alert
from internships.models import Placement
from people.models import Enterprise, User
from tests.access.district import District, join

NOW = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
ON = date(2026, 11, 24)


def signed_in(user: User) -> Client:
    """A browser in which the user is signed in, as the sign-in page would have done it."""
    client = Client()
    client.force_login(user, backend="people.accounts.backends.PasswordBackend")
    session = client.session
    session["signed_in_at"] = session["seen_at"] = NOW.timestamp()
    session["by_code"] = True
    session.save()
    return client


def uninsured(placement: Placement, *, rule: str = "INS-01", period: str = "") -> Alert:
    """An open case of the placement's student without cover today."""
    return Alert.objects.create(
        rule=rule,
        subject=placement.code,
        period=period,
        severity="critical",
        since=date(2026, 11, 12),
        facts={"gaps": [["2026-11-12", "2026-11-24"]], "days": 13, "today": True},
        rule_version="1",
        deadlines_from=ON,
        opened_at=NOW,
        placement=placement,
        school=placement.school,
    )


def crowded(host: Enterprise) -> Alert:
    """An open case of a host with more interns than its staff allows."""
    return Alert.objects.create(
        rule="HOST-08",
        subject=host.credit_code,
        severity="warning",
        since=date(2026, 9, 15),
        facts={"interns": 3, "staff": 20},
        rule_version="1",
        deadlines_from=ON,
        opened_at=NOW,
        enterprise=host,
    )


__all__ = ("NOW", "ON", "District", "crowded", "join", "signed_in", "uninsured")
