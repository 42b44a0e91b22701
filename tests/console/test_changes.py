"""A change of terms is proposed on the page by one side and answered there by the other."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from compliance.start_gate import start
from internships.models import Amendment, AmendmentState, Placement
from people.roles import Role
from tests.console.sites import signed_in
from tests.life.cast import ENDS_ON, STARTS_ON, Cast
from tests.rules.builders import insure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]

COORDINATOR, HR = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Signed, insured and approved."""
    insure(cast.learner, STARTS_ON, ENDS_ON)
    return start(cast.signed(), **cast.by(COORDINATOR))


def send(cast: Cast, role: Role, placement: Placement, key: str, **typed: Any) -> Any:
    return signed_in(cast.users[role]).post(f"/placements/{placement.pk}/moves/{key}", typed)


def buttons(cast: Cast, role: Role, placement: Placement) -> set[str]:
    page = signed_in(cast.users[role]).get(f"/placements/{placement.pk}").content.decode()
    keys = set(re.findall(rf'action="/placements/{placement.pk}/moves/(\S+)"', page))
    return keys & {"propose", "agree", "turn-down"}


def test_a_raise_is_proposed_by_the_school_and_agreed_by_the_host(
    cast: Cast, placement: Placement
) -> None:
    before = {role: buttons(cast, role, placement) for role in (COORDINATOR, HR, Role.STUDENT)}
    proposed = send(
        cast, COORDINATOR, placement, "propose", from_day="2027-01-01", agreed_pay="4000"
    )
    between = {role: buttons(cast, role, placement) for role in (COORDINATOR, HR, Role.STUDENT)}
    page = signed_in(cast.users[HR]).get(f"/placements/{placement.pk}").content.decode()
    own = send(cast, COORDINATOR, placement, "agree", read="on")
    agreed = send(cast, HR, placement, "agree", read="on")

    none: set[str] = set()
    assert before == {COORDINATOR: {"propose"}, HR: {"propose"}, Role.STUDENT: none}
    assert between == {COORDINATOR: {"turn-down"}, HR: {"agree", "turn-down"}, Role.STUDENT: none}
    assert "约定报酬：4000.00" in page
    assert "从 2027-01-01 起" in page
    assert (proposed.status_code, own.status_code, agreed.status_code) == (302, 403, 302)
    pays = placement.terms.order_by("period").values_list("agreed_pay", flat=True)
    assert list(pays) == [Decimal("3800.00"), Decimal("4000.00")]


def test_a_change_that_breaks_the_law_is_not_agreed_and_one_that_changes_nothing_not_proposed(
    cast: Cast, placement: Placement
) -> None:
    nothing = send(cast, HR, placement, "propose", from_day="2027-01-01")
    send(cast, HR, placement, "propose", from_day="2027-01-01", agreed_pay="3000")
    answer = send(cast, COORDINATOR, placement, "agree", read="on")
    unsaid = send(cast, COORDINATOR, placement, "turn-down")
    down = send(cast, COORDINATOR, placement, "turn-down", message="低于底线")

    assert nothing.status_code == 422
    assert answer.status_code == 409
    assert "低于底线 3600.00 元" in answer.content.decode()
    assert (unsaid.status_code, down.status_code) == (422, 302)
    assert Amendment.objects.get().state == AmendmentState.TURNED_DOWN
