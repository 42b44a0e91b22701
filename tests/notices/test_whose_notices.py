"""A notice is its recipient's alone while the case may be seen, and is read once."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest

from apprenticeship.models import ApprenticeIdentity
from common.app_role import grant_app_role
from compliance.models import Alert, AlertStep, Notice
from compliance.notices.reading import mark_read
from people.models import Membership, User
from people.roles import Role
from tests.access.district import District, join
from tests.cases.rows import as_actor
from tests.console.sites import NOW, ON, crowded, uninsured

SEEN = "SELECT count(*) FROM compliance_notice WHERE read_at IS NOT NULL"


def told(alert: Alert, user: User) -> Notice:
    """A notice to the user of the case's opening."""
    step, _ = AlertStep.objects.get_or_create(
        alert=alert,
        kind="opened",
        defaults={
            "state": "open",
            "severity": alert.severity,
            "on": ON,
            "at": NOW,
            "actor": "system:sweep",
            "facts_digest": "0",
        },
    )
    return Notice.objects.create(step=step, alert=alert, recipient=user, created_at=NOW)


def seen_by(user: User) -> set[int]:
    return set(Notice.objects.visible_to(as_actor(user, ON)).values_list("pk", flat=True))


def test_everybody_sees_the_notices_to_themselves_and_to_nobody_else(db: None) -> None:
    district = District()
    alert, other = uninsured(district["A1"]), uninsured(district["B1"])
    users = {
        "ca": join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]),
        "ca2": join("ca2", Role.SCHOOL_COORDINATOR, district.schools["A"]),
        "ta1": join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"]),
        "qu": join("qu", Role.COMMISSION),
        "cb": join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"]),
    }
    notices = {name: told(alert, users[name]).pk for name in ("ca", "ca2", "ta1", "qu")}
    notices["cb"] = told(other, users["cb"]).pk

    seen = {name: seen_by(user) for name, user in users.items()}

    assert seen == {name: {pk} for name, pk in notices.items()}


def test_a_notice_of_a_case_that_may_be_seen_no_more_is_seen_no_more(db: None) -> None:
    district = District()
    coordinator = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    notice = told(uninsured(district["A1"]), coordinator)
    before = seen_by(coordinator)

    Membership.objects.filter(user=coordinator).update(school=district.schools["B"])

    assert before == {notice.pk}
    assert seen_by(coordinator) == set()


def test_notices_are_seen_exactly_while_their_cases_are(db: None) -> None:
    district = District()
    hosts, posts = district.enterprises, district.posts
    alerts = [
        *(uninsured(district[name]) for name in ("A1", "A2", "A3", "B1", "B2", "C1")),
        *(crowded(hosts[name]) for name in "EFG"),
        *(of(f"P{name}", post=posts[name]) for name in "EFG"),
        *(of(f"L{name}", learner=learner) for name, learner in district.learners.items()),
        *(of(f"T{row.number}", apprentice=row) for row in ApprenticeIdentity.objects.all()),
    ]
    users = [
        *(
            join(f"c-{name.lower()}", Role.SCHOOL_COORDINATOR, row)
            for name, row in district.schools.items()
        ),
        *(
            join(f"t-{name.lower()}", Role.SCHOOL_TEACHER, row)
            for name, row in district.teachers.items()
        ),
        join("qu", Role.COMMISSION),
    ]
    for user in users:
        for alert in alerts:
            told(alert, user)

    seen, allowed = {}, {}
    for user in users:
        actor = as_actor(user, ON)
        mine = Notice.objects.visible_to(actor)
        seen[user.username] = set(mine.values_list("alert__subject", "alert__rule"))
        allowed[user.username] = set(Alert.objects.visible_to(actor).values_list("subject", "rule"))
        assert set(mine.values_list("recipient", flat=True)) <= {user.pk}

    assert seen == allowed
    assert len({frozenset(cases) for cases in seen.values()}) == len(users)


def of(subject: str, **reference: Any) -> Alert:
    """An open case of that subject, of no school."""
    return Alert.objects.create(
        rule="SUP-01",
        subject=subject,
        severity="block",
        rule_version="1",
        deadlines_from=ON,
        opened_at=NOW,
        **reference,
    )


def test_a_notice_is_not_unread_once_its_case_is_closed(db: None) -> None:
    district = District()
    notice = told(uninsured(district["A1"]), join("qu", Role.COMMISSION))
    before = Notice.objects.unread().count()

    Alert.objects.filter(pk=notice.alert_id).update(state="cured", closed_at=NOW)

    assert (before, Notice.objects.unread().count()) == (1, 0)


def test_nobody_marks_what_is_told_to_another(db: None) -> None:
    district = District()
    own = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    stranger = join("ca2", Role.SCHOOL_COORDINATOR, district.schools["A"])
    alert = uninsured(district["A1"])
    notice, of_stranger = told(alert, own), told(alert, stranger)

    by_stranger = mark_read(actor=as_actor(stranger, ON), at=NOW, notice_id=notice.pk)
    by_owner = mark_read(actor=as_actor(own, ON), at=NOW, notice_id=notice.pk)
    again = mark_read(actor=as_actor(own, ON), at=NOW, notice_id=notice.pk)

    notice.refresh_from_db()
    of_stranger.refresh_from_db()
    assert (by_stranger, by_owner, again) == (0, 1, 0)
    assert (notice.read_at, of_stranger.read_at) == (NOW, None)


def test_marking_all_leaves_alone_what_came_after_the_look_and_what_is_of_another_rule(
    db: None,
) -> None:
    district = District()
    coordinator = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    first = told(uninsured(district["A1"]), coordinator)
    pay = told(uninsured(district["A1"], rule="PAY-04", period="2026-10"), coordinator)
    late = told(uninsured(district["A2"]), coordinator)

    mark_read(actor=as_actor(coordinator, ON), at=NOW, rule="INS-01", up_to=pay.pk)

    unread = set(Notice.objects.unread().values_list("pk", flat=True))
    assert unread == {pay.pk, late.pk}
    assert first.pk not in unread


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("UPDATE compliance_notice SET read_at = now()", False),
        ("UPDATE compliance_notice SET recipient_id = recipient_id", True),
        ("UPDATE compliance_notice SET read_at = now(), created_at = now()", True),
        ("DELETE FROM compliance_notice", True),
    ],
)
def test_the_application_may_only_mark_a_notice_as_read(
    as_application: psycopg.Connection[tuple[Any, ...]], statement: str, refused: bool
) -> None:
    from django.db import connection

    grant_app_role(connection, "shuangyuan_app")
    district = District()
    told(uninsured(district["A1"]), join("qu", Role.COMMISSION))

    try:
        as_application.execute(statement)
        was_refused = False
    except psycopg.errors.InsufficientPrivilege:
        was_refused = True

    assert was_refused == refused


def test_a_notice_that_was_read_stays_as_it_is(
    as_application: psycopg.Connection[tuple[Any, ...]],
) -> None:
    from django.db import connection

    grant_app_role(connection, "shuangyuan_app")
    district = District()
    told(uninsured(district["A1"]), join("qu", Role.COMMISSION, first=date(2026, 9, 1)))
    as_application.execute("UPDATE compliance_notice SET read_at = now()")

    with pytest.raises(psycopg.errors.RestrictViolation):
        as_application.execute("UPDATE compliance_notice SET read_at = NULL")
    row = as_application.execute(SEEN).fetchone()

    assert row == (1,)
