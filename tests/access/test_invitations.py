"""Invitations: who may send which, the hour they end, and that each is accepted once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from people.accounts.invitations import (
    accept_as,
    accept_with_new_account,
    invite,
    open_invitations,
    read_invitation,
    withdraw_invitation,
)
from people.accounts.powers import TIE_MODELS, invitable
from people.accounts.refusals import AlreadyHeld, LinkGone, NotAUsername, NotPermitted
from people.accounts.services import end_membership, open_account
from people.actors import Actor, actor_for
from people.models import Invitation, Membership, School, User
from people.roles import Role
from tests.access.district import TODAY, District, acting, join

NOW = datetime.fromisoformat("2026-11-24T08:00:00+08:00")
PASSWORD = "horse-battery-2026"


@pytest.fixture
def district(db: None) -> District:
    return District()


def coordinator(district: District, school: str = "A") -> Actor:
    return acting(join(f"c-{school.lower()}", Role.SCHOOL_COORDINATOR, district.schools[school]))


def sent(actor: Actor, role: Role, tie: Any, *, at: datetime = NOW) -> str:
    """The token of an invitation."""
    return invite(actor=actor, role=role, tie=tie, name="李老师", at=at)[1]


def accepted(token: str, *, at: datetime = NOW, on: date = TODAY) -> User:
    return accept_with_new_account(token, beginning="li", password=PASSWORD, at=at, on=on)


def test_who_invites_whom_for_which_record_is_one_table(district: District) -> None:
    actors = {
        "commission": acting(join("q", Role.COMMISSION)),
        "coordinator of A": coordinator(district),
        "coordinator of B": coordinator(district, "B"),
        "teacher TA1": acting(join("t", Role.SCHOOL_TEACHER, district.teachers["TA1"])),
        "HR of E": acting(join("h", Role.ENTERPRISE_HR, district.enterprises["E"])),
        "mentor ME1": acting(join("m", Role.ENTERPRISE_MENTOR, district.mentors["ME1"])),
        "student A1": acting(join("s", Role.STUDENT, district.learners["A1"].student)),
        "nobody": actor_for(None, on=TODAY),
    }

    may = {
        name: {
            str(role.value): sorted(tie.name for tie in ties)
            for role in TIE_MODELS
            if (ties := invitable(actor, role))
        }
        for name, actor in actors.items()
    }

    assert may == {
        "commission": {"school_coordinator": ["A", "B", "C"]},
        "coordinator of A": {
            "school_coordinator": ["A"],
            "school_teacher": ["TA2"],
            "enterprise_hr": ["F"],
        },
        "coordinator of B": {
            "school_coordinator": ["B"],
            "school_teacher": ["TB1"],
            "enterprise_hr": ["F"],
        },
        "teacher TA1": {},
        "HR of E": {"enterprise_hr": ["E"], "enterprise_mentor": ["ME2"]},
        "mentor ME1": {},
        "student A1": {},
        "nobody": {},
    }


def test_an_invitation_for_another_schools_record_is_refused_to_a_busy_coordinator(
    district: District,
) -> None:
    actor = coordinator(district, "B")
    sent(actor, Role.SCHOOL_TEACHER, district.teachers["TB1"])

    for role, tie in (
        (Role.SCHOOL_TEACHER, district.teachers["TA1"]),
        (Role.SCHOOL_COORDINATOR, district.schools["A"]),
        (Role.ENTERPRISE_HR, district.enterprises["G"]),
    ):
        with pytest.raises(NotPermitted):
            sent(actor, role, tie)

    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("role", [Role.COMMISSION, Role.STUDENT, Role.GUARDIAN])
def test_nobody_is_invited_as_commission_student_or_guardian(
    district: District, role: Role
) -> None:
    with pytest.raises(NotPermitted):
        sent(acting(join("q", Role.COMMISSION)), role, district.learners["A1"].student)


@pytest.mark.parametrize(("on", "may"), [(date(2028, 3, 13), True), (date(2028, 3, 14), False)])
def test_the_first_hr_is_invited_while_the_school_has_a_standing_placement_there(
    district: District, on: date, may: bool
) -> None:
    user = join("cc", Role.SCHOOL_COORDINATOR, district.schools["C"])

    hosts = invitable(acting(user, on=on), Role.ENTERPRISE_HR)

    assert [host.name for host in hosts] == (["G"] if may else [])


def test_accepting_makes_an_account_that_holds_the_role_from_today(district: District) -> None:
    token = sent(coordinator(district), Role.SCHOOL_TEACHER, district.teachers["TA1"])

    user = accepted(token)

    assert user.display_name == "李老师"
    assert user.username.startswith("li-")
    assert user.check_password(PASSWORD)
    assert acting(user).has(Role.SCHOOL_TEACHER, district.teachers["TA1"].pk)
    assert actor_for(user, on=date(2026, 11, 23)).roles == frozenset()


def test_an_account_that_is_there_gets_the_role_beside_what_it_holds(district: District) -> None:
    user = join("hr-e", Role.ENTERPRISE_HR, district.enterprises["E"])
    token = sent(coordinator(district), Role.SCHOOL_TEACHER, district.teachers["TA1"])

    accept_as(token, user=user, at=NOW, on=TODAY)

    assert acting(user).roles == {Role.ENTERPRISE_HR, Role.SCHOOL_TEACHER}


def test_who_holds_the_role_already_is_told_and_the_link_stays(district: District) -> None:
    user = join("c2", Role.SCHOOL_COORDINATOR, district.schools["A"])
    token = sent(coordinator(district), Role.SCHOOL_COORDINATOR, district.schools["A"])

    with pytest.raises(AlreadyHeld):
        accept_as(token, user=user, at=NOW, on=TODAY)

    assert read_invitation(token, at=NOW, on=TODAY)


@pytest.mark.parametrize(
    ("after", "stands"),
    [(timedelta(hours=72, seconds=-1), True), (timedelta(hours=72), False)],
)
def test_an_invitation_stands_for_three_days(
    district: District, after: timedelta, stands: bool
) -> None:
    token = sent(coordinator(district), Role.SCHOOL_TEACHER, district.teachers["TA1"])

    try:
        accepted(token, at=NOW + after, on=date(2026, 11, 27))
        said = ""
    except LinkGone as gone:
        said = str(gone)

    assert ("过期" in said) is not stands
    assert Membership.objects.filter(role=Role.SCHOOL_TEACHER).exists() is stands


def test_a_withdrawn_a_used_and_an_unknown_link_each_say_what_they_are(district: District) -> None:
    actor = coordinator(district)
    withdrawn = sent(actor, Role.SCHOOL_TEACHER, district.teachers["TA1"])
    withdraw_invitation(actor=actor, invitation=Invitation.objects.get(), at=NOW)
    used = sent(actor, Role.SCHOOL_TEACHER, district.teachers["TA1"])
    accepted(used)

    said = []
    for token in (withdrawn, used, "made-up"):
        with pytest.raises(LinkGone) as gone:
            accepted(token)
        said.append(str(gone.value))

    assert said == ["邀请已被撤回", "邀请已经用过", "没有这个邀请，请检查链接是否完整"]
    assert User.objects.filter(username__startswith="li-").count() == 1


def test_an_accepted_invitation_is_not_withdrawn_any_more(district: District) -> None:
    actor = coordinator(district)
    accepted(sent(actor, Role.SCHOOL_TEACHER, district.teachers["TA1"]))

    with pytest.raises(LinkGone):
        withdraw_invitation(actor=actor, invitation=Invitation.objects.get(), at=NOW)


def test_what_somebody_sent_is_void_once_they_may_not_invite_any_more(district: District) -> None:
    actor = coordinator(district)
    token = sent(actor, Role.SCHOOL_TEACHER, district.teachers["TA1"])
    end_membership(membership=Membership.objects.get(), last=date(2026, 11, 23))

    with pytest.raises(LinkGone):
        accepted(token)


def test_of_two_invitations_of_a_hosts_first_hr_one_is_accepted(district: District) -> None:
    host = district.enterprises["F"]
    first = sent(coordinator(district, "A"), Role.ENTERPRISE_HR, host)
    second = sent(coordinator(district, "B"), Role.ENTERPRISE_HR, host)
    accepted(first)

    with pytest.raises(LinkGone):
        accepted(second)

    assert Membership.objects.filter(role=Role.ENTERPRISE_HR, enterprise=host).count() == 1


def test_open_invitations_are_seen_by_who_may_send_such_and_by_no_other(
    district: District,
) -> None:
    a, b = coordinator(district, "A"), coordinator(district, "B")
    for actor, role, tie in (
        (a, Role.SCHOOL_TEACHER, district.teachers["TA1"]),
        (a, Role.SCHOOL_COORDINATOR, district.schools["A"]),
        (a, Role.ENTERPRISE_HR, district.enterprises["E"]),
        (b, Role.SCHOOL_TEACHER, district.teachers["TB1"]),
    ):
        sent(actor, role, tie)
    sent(a, Role.SCHOOL_TEACHER, district.teachers["TA2"], at=NOW - timedelta(hours=72))
    viewers = {
        "a": a,
        "beside": acting(join("a2", Role.SCHOOL_COORDINATOR, district.schools["A"])),
        "b": b,
        "commission": acting(join("q", Role.COMMISSION)),
        "HR of E": acting(join("h", Role.ENTERPRISE_HR, district.enterprises["E"])),
        "HR of F": acting(join("f", Role.ENTERPRISE_HR, district.enterprises["F"])),
        "teacher": acting(join("t", Role.SCHOOL_TEACHER, district.teachers["TA1"])),
    }

    seen = {
        name: sorted(str(row.role) for row in open_invitations(actor, at=NOW))
        for name, actor in viewers.items()
    }

    assert seen == {
        "a": ["enterprise_hr", "school_coordinator", "school_teacher"],
        "beside": ["school_coordinator", "school_teacher"],
        "b": ["school_teacher"],
        "commission": ["school_coordinator"],
        "HR of E": ["enterprise_hr"],
        "HR of F": [],
        "teacher": [],
    }


def test_another_schools_coordinator_withdraws_nothing(district: District) -> None:
    token = sent(coordinator(district), Role.SCHOOL_TEACHER, district.teachers["TA1"])
    stranger = coordinator(district, "B")
    sent(stranger, Role.SCHOOL_TEACHER, district.teachers["TB1"])

    with pytest.raises(NotPermitted):
        withdraw_invitation(
            actor=stranger, invitation=read_invitation(token, at=NOW, on=TODAY), at=NOW
        )

    assert read_invitation(token, at=NOW, on=TODAY).withdrawn_at is None


def test_a_weak_password_or_a_name_of_other_signs_uses_nothing_up(district: District) -> None:
    token = sent(coordinator(district), Role.SCHOOL_TEACHER, district.teachers["TA1"])

    with pytest.raises(ValidationError):
        accept_with_new_account(token, beginning="li", password="1234567890", at=NOW, on=TODAY)
    for beginning in ("", "李", "-li", "li li", "l" * 31):
        with pytest.raises(NotAUsername):
            accept_with_new_account(token, beginning=beginning, password=PASSWORD, at=NOW, on=TODAY)

    assert read_invitation(token, at=NOW, on=TODAY).accepted_at is None


def test_a_user_name_that_is_taken_is_not_told_but_drawn_past(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_account(username="li-0007", display_name="别人")
    token = sent(coordinator(district), Role.SCHOOL_TEACHER, district.teachers["TA1"])
    drawn = iter((7, 7, 8))
    monkeypatch.setattr("people.accounts.invitations.secrets.randbelow", lambda _: next(drawn))

    user = accepted(token)

    assert user.username == "li-0008"


def test_the_database_keeps_no_token(district: District) -> None:
    token = sent(coordinator(district), Role.SCHOOL_TEACHER, district.teachers["TA1"])

    kept = Invitation.objects.get()

    assert len(bytes(kept.token_digest)) == 32
    assert token.encode() not in bytes(kept.token_digest)


def test_an_invitation_goes_with_its_record(district: District) -> None:
    extra = School.objects.create(
        code="5001170099", name="Z", level="higher", division_code="500117"
    )
    sent(acting(join("q", Role.COMMISSION)), Role.SCHOOL_COORDINATOR, extra)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_school WHERE id = %s", [extra.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_link_used_many_times_at_once_makes_one_account() -> None:
    district = District()
    token = sent(coordinator(district), Role.SCHOOL_TEACHER, district.teachers["TA1"])

    def one_use(_: int) -> bool:
        try:
            accepted(token)
        except LinkGone:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=16) as pool:
        made = list(pool.map(one_use, range(32)))

    assert made.count(True) == 1
    assert User.objects.filter(username__startswith="li-").count() == 1
    assert Membership.objects.filter(role=Role.SCHOOL_TEACHER).count() == 1
