"""Opening accounts, and beginning and ending memberships."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from internships.models import Placement
from people.accounts.services import begin_membership, end_membership, open_account
from people.models import Membership, User
from people.roles import Role
from tests.access.district import District, acting, join, sight

PASSWORD = "horse-battery-2026"


def create(monkeypatch: pytest.MonkeyPatch, *words: str, password: str = PASSWORD) -> str:
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    out = StringIO()
    call_command("create_account", *words, "--password-stdin", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("role", "tie", "seen"),
    [
        ("commission", "", ["A1", "A2", "A3", "B1", "B2", "C1"]),
        ("school_coordinator", "5001170000", ["A1", "A2", "A3"]),
        ("school_teacher", "5001170000/TA1", ["A1", "A3"]),
        ("enterprise_hr", "91110000600037341L", ["A1", "A2", "B1"]),
        ("enterprise_mentor", "91110000600037341L/ME1", ["A1", "B1"]),
    ],
)
def test_an_account_made_on_the_command_line_sees_what_its_role_sees(
    district: District,
    client: Any,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    tie: str,
    seen: list[str],
) -> None:
    words = ["Wang", "--name", "王", "--role", role, "--from", "2026-11-24"]

    create(monkeypatch, *words, *(["--for", tie] if tie else []))

    user = User.objects.get(username="wang")
    assert sight(acting(user), Placement) == seen
    assert client.post("/sign-in", {"username": "WANG", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (("--role", "school_coordinator", "--for", "5009999999"), "没有找到"),
        (("--role", "school_teacher", "--for", "5001170000/谁"), "没有找到"),
        (("--role", "commission", "--for", "5001170000"), "不填"),
        (("--role", "commission", "--from", "2026-11-24", "--until", "2026-11-23"), "不能早于"),
        (("--role", "school_teacher", "--for", "5001170000/TA2"), "已有"),
    ],
)
def test_an_account_for_nobody_or_for_somebody_elses_record_is_refused_whole(
    district: District, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], word: str
) -> None:
    join("real", Role.SCHOOL_TEACHER, district.teachers["TA2"])

    with pytest.raises(CommandError, match=word):
        create(monkeypatch, "wang", "--name", "王", *words)

    assert not User.objects.filter(username="wang").exists()


def test_a_weak_password_opens_no_account(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="10"):
        create(monkeypatch, "wang", "--name", "王", "--role", "commission", password="short")
    with pytest.raises(ValidationError):
        open_account(username="li", display_name="李", password="1234567890")

    assert not User.objects.exists()


def test_a_tie_that_does_not_fit_the_role_is_refused(district: District) -> None:
    user = open_account(username="wang", display_name="王")

    with pytest.raises(ValueError, match="tied to"):
        begin_membership(user=user, role=Role.SCHOOL_COORDINATOR, tie=None, first=date(2026, 9, 1))
    with pytest.raises(ValueError, match="tied to"):
        begin_membership(
            user=user,
            role=Role.COMMISSION,
            tie=district.schools["A"],
            first=date(2026, 9, 1),
        )

    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        (date(2026, 11, 30), "[2026-09-01, 2026-12-01)"),
        (date(2026, 9, 1), "[2026-09-01, 2026-09-02)"),
        (date(2026, 8, 31), None),
    ],
)
def test_a_membership_ends_on_its_last_day_and_one_not_begun_goes(
    district: District, last: date, kept: str | None
) -> None:
    join("wang", Role.SCHOOL_COORDINATOR, district.schools["A"])

    end_membership(membership=Membership.objects.get(), last=last)

    row = Membership.objects.first()
    assert (None if row is None else str(row.period)) == kept


def test_ending_a_membership_never_prolongs_one_that_ends_sooner(district: District) -> None:
    join("wang", Role.COMMISSION, last=date(2026, 10, 31))

    end_membership(membership=Membership.objects.get(), last=date(2026, 12, 31))

    assert Membership.objects.get().period.upper == date(2026, 11, 1)
