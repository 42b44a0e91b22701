"""The gate's page lists every reason at once, and starts only what nothing stands against."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from internships.life.content import content_of, digest_of
from internships.models import PlacementState
from people.roles import Role
from tests.console.sites import signed_in
from tests.life.cast import ENDS_ON, STARTS_ON, Cast, kept
from tests.rules.builders import insure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]

COORDINATOR, HR = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR


def test_every_reason_is_listed_with_its_article_its_cure_and_where_it_is_mended() -> None:
    cast = Cast()
    placement = cast.signed(agreed_pay=Decimal("3000.00"), teacher=None)
    client = signed_in(cast.users[COORDINATOR])

    page = client.get(f"/placements/{placement.pk}/gate").content.decode()

    assert re.findall(r'<p class="quiet">(\S+) ·', page)[1:] == ["INS-01", "PAY-02", "SUP-01"]
    assert "还有 3 个原因不能开始" in page
    assert "第三十五条" in page
    assert f'href="/placements/{placement.pk}/edit"' in page
    assert f'href="/placements/{placement.pk}#cover"' in page


def test_a_start_comes_back_with_every_reason_until_they_are_mended() -> None:
    cast = Cast()
    placement = cast.signed()
    client = signed_in(cast.users[COORDINATOR])
    address = f"/placements/{placement.pk}/gate"

    refused = client.post(address, {})
    insure(cast.learner, STARTS_ON, ENDS_ON)
    done = client.post(address, {})

    assert (refused.status_code, done.status_code) == (409, 302)
    assert "还不能开始，共有 1 个原因" in refused.content.decode()
    assert kept(placement).state == PlacementState.APPROVED


def test_a_reason_that_may_be_waived_is_waived_with_words_and_an_end() -> None:
    cast = Cast()
    cast.post.major_groups = ["01"]
    cast.post.save()
    insure(cast.learner, STARTS_ON, ENDS_ON)
    placement = cast.signed()
    client = signed_in(cast.users[COORDINATOR])
    address = f"/placements/{placement.pk}/gate"

    without = client.post(address, {})
    by_half = client.post(address, {"HOST-07-reason": "跨专业试点"})
    whole = client.post(address, {"HOST-07-reason": "跨专业试点", "HOST-07-until": "2026-12-31"})

    assert [answer.status_code for answer in (without, by_half, whole)] == [409, 422, 302]
    assert "请写明豁免到哪天" in by_half.content.decode()
    assert kept(placement).state == PlacementState.APPROVED


@pytest.mark.parametrize(
    ("role", "status"),
    [(COORDINATOR, 200), (HR, 403), (Role.STUDENT, 403), (Role.COMMISSION, 403)],
)
def test_the_gate_opens_for_the_school_that_may_start(role: Role, status: int) -> None:
    cast = Cast()
    placement = cast.accepted()

    answer = signed_in(cast.users[role]).get(f"/placements/{placement.pk}/gate")

    assert answer.status_code == status


def test_an_edit_says_which_approvals_it_voided_and_keeps_what_was_not_touched() -> None:
    cast = Cast()
    placement = cast.accepted()
    client = signed_in(cast.users[COORDINATOR])
    form = {
        "kind": placement.kind,
        "arrangement": placement.arrangement,
        "starts_on": f"{STARTS_ON}",
        "ends_on": f"{ENDS_ON}",
        "post": cast.post.pk,
        "stage": "independent",
        "pay_basis": "monthly",
        "agreed_pay": "3900",
        "pay_day": "15",
        "daily_hours": "8",
        "teacher": cast.teacher.pk,
        "mentor": cast.mentor.pk,
        "safety_trained_on": "2026-11-24",
    }
    seen = digest_of(content_of(placement))

    answer = client.post(f"/placements/{placement.pk}/edit", form | {"seen": seen}, follow=True)
    stale = client.post(f"/placements/{placement.pk}/edit", form | {"seen": seen})

    assert "因此作废：企业的接收实习生" in answer.content.decode()
    assert placement.terms.get().agreed_pay == Decimal("3900.00")
    assert kept(placement).safety_trained_on == date(2026, 11, 24)
    assert kept(placement).state == PlacementState.SUBMITTED
    assert stale.status_code == 409


def test_the_host_edits_its_own_mentor_and_nothing_else() -> None:
    cast = Cast()
    placement = cast.accepted(mentor=None)
    client = signed_in(cast.users[HR])

    page = client.get(f"/placements/{placement.pk}/edit").content.decode()
    client.post(f"/placements/{placement.pk}/edit", {"mentor": cast.mentor.pk, "agreed_pay": "1"})

    assert 'name="mentor"' in page
    assert 'name="agreed_pay"' not in page
    assert placement.terms.get().mentor == cast.mentor
    assert placement.terms.get().agreed_pay == Decimal("3800.00")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ends_on", "2026-12-01", "结束日期早于开始日期"),
        ("agreed_pay", "三千", "请填数字"),
        ("daily_hours", "0", "每日工时应大于 0"),
        ("post", "999999", "请在这家企业的岗位里选"),
    ],
)
def test_what_cannot_be_agreed_comes_back_with_what_was_typed(
    name: str, value: str, said: str
) -> None:
    cast = Cast()
    placement = cast.drafted()
    client = signed_in(cast.users[COORDINATOR])
    form = {"starts_on": f"{STARTS_ON}", "ends_on": f"{ENDS_ON}", "pay_day": "15", name: value}

    answer = client.post(f"/placements/{placement.pk}/edit", form)

    assert answer.status_code == 422
    assert said in answer.content.decode()
