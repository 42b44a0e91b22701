"""Lists and rows: each role reads its own, masked where it sees masked, and asks little."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from internships.models import Terms
from people.accounts.services import begin_membership
from people.models import User
from people.roles import Role
from tests.api.clients import Browser, signed_in
from tests.console.sites import ON, District, crowded, join, uninsured

# Who somebody is: the session, its user, and the memberships of the day.
SIGNING_IN = 3


def of_role(district: District, role: Role) -> User:
    """Somebody of A1's placement in that role."""
    terms = district["A1"].terms.get()
    ties: dict[Role, Any] = {
        Role.SCHOOL_COORDINATOR: district.schools["A"],
        Role.SCHOOL_TEACHER: terms.teacher,
        Role.ENTERPRISE_HR: terms.enterprise,
        Role.ENTERPRISE_MENTOR: terms.mentor,
        Role.STUDENT: district.learners["A1"].student,
        Role.GUARDIAN: district.learners["A1"].guardian,
        Role.COMMISSION: None,
    }
    return join(f"of-{role.value}", role, ties[role])


@pytest.mark.parametrize(
    ("role", "placements", "schools", "enterprises"),
    [
        (Role.SCHOOL_COORDINATOR, "A1 A2 A3", "A", "E F G"),
        (Role.SCHOOL_TEACHER, "A1 A3", "A", "E F"),
        (Role.ENTERPRISE_HR, "A1 A2 B1", "A B", "E"),
        (Role.ENTERPRISE_MENTOR, "A1 B1", "A B", "E"),
        (Role.STUDENT, "A1", "A", "E"),
        (Role.GUARDIAN, "A1", "A", "E"),
        (Role.COMMISSION, "A1 A2 A3 B1 B2 C1", "A B C", "E F G"),
    ],
)
def test_each_role_reads_its_own(
    district: District, role: Role, placements: str, schools: str, enterprises: str
) -> None:
    reader = signed_in(of_role(district, role))

    read = [
        " ".join(reader.codes("/placements")),
        " ".join(reader.codes("/schools", "name")),
        " ".join(reader.codes("/enterprises", "name")),
    ]

    assert read == [placements, schools, enterprises]


def test_a_placement_is_told_with_the_terms_of_the_day(
    district: District, coordinator: Browser
) -> None:
    Terms.objects.filter(placement=district["A1"]).update(agreed_pay=Decimal("2100.00"))

    row = coordinator.get(f"/placements/{district['A1'].pk}").json()

    assert row["learner"]["name"] == "示例A1"
    assert row["school"]["name"] == "A"
    assert (row["status"], row["starts_on"], row["last_on"]) == (
        "active",
        "2026-09-15",
        "2027-03-14",
    )
    assert row["terms"]["host"]["name"] == "E"
    assert row["terms"]["teacher"] == "TA1"
    assert (row["terms"]["agreed_pay"], row["terms"]["pay_basis"]) == ("2100.00", "monthly")


def test_a_mentor_is_told_no_pay_even_beside_a_role_that_is_told_others(
    district: District,
) -> None:
    Terms.objects.update(agreed_pay=Decimal("2100.00"))
    user = join("me1", Role.ENTERPRISE_MENTOR, district.mentors["ME1"])
    begin_membership(user=user, role=Role.SCHOOL_COORDINATOR, tie=district.schools["B"], first=ON)

    rows = signed_in(user).get("/placements").json()["results"]

    pay = {row["code"]: row["terms"]["agreed_pay"] for row in rows}
    assert pay == {"A1": None, "B1": "2100.00", "B2": "2100.00"}


def test_the_commission_reads_names_masked_and_finds_nobody_by_name(district: District) -> None:
    uninsured(district["A1"])
    commission = signed_in(join("qu", Role.COMMISSION))

    pages = [commission.get(address).content.decode() for address in ("/placements", "/alerts")]

    assert ["示***" in page for page in pages] == [True, True]
    assert ["示例A1" in page for page in pages] == [False, False]
    assert commission.get("/placements?name=A1").status_code == 422


def test_lists_are_narrowed_by_what_their_parameters_say(
    district: District, coordinator: Browser
) -> None:
    enterprises = {name: row.pk for name, row in district.enterprises.items()}

    assert coordinator.codes(f"/placements?enterprise={enterprises['E']}") == ["A1", "A2"]
    assert coordinator.codes("/placements?student_number=A3") == ["A3"]
    assert coordinator.codes("/placements?at_work_on=2026-09-14") == []
    assert coordinator.codes("/placements?at_work_on=2026-09-15") == ["A1", "A2", "A3"]
    assert coordinator.codes(f"/placements?school={district.schools['B'].pk}") == []
    assert coordinator.codes(f"/posts?enterprise={enterprises['F']}") == ["PF"]
    assert coordinator.codes("/posts?hazard=dust") == []
    assert coordinator.codes("/enterprises?name=G", "name") == ["G"]


def test_cases_are_narrowed_by_what_their_parameters_say(
    district: District, coordinator: Browser
) -> None:
    for name in ("A1", "A3", "B1"):
        uninsured(district[name])
    crowded(district.enterprises["E"])
    host = district.enterprises["F"].pk

    def found(query: str) -> list[str]:
        return [str(subject) for subject in coordinator.codes(f"/alerts{query}", "subject")]

    everything = found("")

    assert len(everything) == 3
    assert found("?rule=INS-01") == ["A1", "A3"]
    assert found(f"?enterprise={host}") == ["A3"]
    assert found("?severity=warning") == [district.enterprises["E"].credit_code]
    assert found("?state=waived&state=cured") == []
    assert found("?state=waived&state=open") == everything
    assert found("?mine=true") == everything
    assert found(f"?placement={district['B1'].pk}") == []


def test_pages_lead_from_one_to_the_next_and_back(district: District, coordinator: Browser) -> None:
    first = coordinator.get("/placements?limit=2").json()
    second = coordinator.client.get(first["next"]).json()
    back = coordinator.client.get(second["previous"]).json()

    assert [row["code"] for row in first["results"] + second["results"]] == ["A3", "A2", "A1"]
    assert second["next"] is None
    assert back["results"] == first["results"]


@pytest.mark.parametrize(
    "role",
    [
        Role.SCHOOL_COORDINATOR,
        pytest.param(Role.ENTERPRISE_HR, marks=pytest.mark.deep),
        pytest.param(Role.COMMISSION, marks=pytest.mark.deep),
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        *("/schools", "/enterprises", "/posts", "/placements", "/alerts", "/alerts?mine=true"),
        *("/learners", "/teachers", "/mentors"),
    ],
)
def test_a_list_asks_the_same_for_one_row_and_fifty(
    district: District, role: Role, address: str
) -> None:
    reader = signed_in(of_role(district, role))
    uninsured(district["A1"])
    reader.get(address)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address).status_code == 200
        return len(queries) - SIGNING_IN

    for_one = asked()
    for number in range(48):
        name = f"A{number + 100}"
        uninsured(district.place(name, ("A", "E", "TA1", "ME1")))

    assert asked() == for_one
    assert for_one <= 4


def test_who_am_i_says_for_whom_one_acts_today(district: District) -> None:
    user = of_role(district, Role.ENTERPRISE_HR)

    said = signed_in(user).get("/me").json()

    assert (said["username"], said["on"], said["sees_masked"]) == (
        "of-enterprise_hr",
        "2026-11-24",
        False,
    )
    assert said["memberships"] == [
        {
            "role": "enterprise_hr",
            "label": "企业人事",
            "tie": "enterprise",
            "tie_id": district.enterprises["E"].pk,
        }
    ]
