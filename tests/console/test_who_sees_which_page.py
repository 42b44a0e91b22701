"""Pages show their rows to those who may see them, and to a busy stranger nothing but 404."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from compliance.cases.moves import add_note, waive
from people.accounts.services import begin_membership
from people.actors import actor_for
from people.roles import Role
from tests.console.sites import NOW, ON, District, crowded, join, signed_in, uninsured


@pytest.mark.parametrize(
    ("username", "school", "last", "status"),
    [
        ("own", "A", None, 200),
        ("stranger", "B", None, 404),
        ("last-day", "A", date(2026, 11, 24), 200),
        ("former", "A", date(2026, 11, 23), 404),
    ],
)
def test_a_placement_opens_for_its_schools_coordinator_while_a_member(
    district: District, username: str, school: str, last: date | None, status: int
) -> None:
    user = join(username, Role.SCHOOL_COORDINATOR, district.schools[school], last=last)

    page = signed_in(user).get(f"/placements/{district['A1'].pk}")

    assert page.status_code == status


def test_a_case_opens_for_its_school_its_teacher_and_its_host_and_for_no_other(
    district: District,
) -> None:
    alert = uninsured(district["A1"])
    uninsured(district["B2"])
    users = {
        "school A": join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]),
        "teacher": join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"]),
        "host E": join("he", Role.ENTERPRISE_HR, district.enterprises["E"]),
        "commission": join("qu", Role.COMMISSION),
        "school B": join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"]),
        "other teacher": join("ta2", Role.SCHOOL_TEACHER, district.teachers["TA2"]),
        "host F": join("hf", Role.ENTERPRISE_HR, district.enterprises["F"]),
    }

    opened = {
        name
        for name, user in users.items()
        if signed_in(user).get(f"/alerts/{alert.public_id}").status_code == 200
    }

    assert opened == {"school A", "teacher", "host E", "commission"}


def test_the_list_and_the_workbook_hold_ones_own_cases_alone(district: District) -> None:
    uninsured(district["A1"])
    uninsured(district["B1"])
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    text = browser.get("/alerts").content.decode()
    book = load_workbook(BytesIO(browser.get("/alerts/export.xlsx").content))
    exported = {cell.value for row in book.active.iter_rows() for cell in row}

    assert "示例A1" in text
    assert "示例B1" not in text
    assert "示例A1" in exported
    assert "示例B1" not in exported


def test_a_case_of_a_host_names_nobody_of_the_schools_beside(district: District) -> None:
    host = district.enterprises["E"]
    alert = crowded(host)
    own = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    beside = join("beside-b", Role.SCHOOL_COORDINATOR, district.schools["B"])
    add_note(alert, note="张三的去留待定", actor=actor_for(beside, on=ON), at=NOW)
    waive(alert, reason="李四已谈妥", until=ON, actor=actor_for(beside, on=ON), at=NOW)

    seen = {
        user.username: signed_in(user).get(f"/alerts/{alert.public_id}").content.decode()
        for user in (own, join("qu", Role.COMMISSION))
    }

    assert "学校实习管理员" in seen["ca"]
    told = ("beside-b", "张三", "李四")
    assert [word for word in told if word in seen["ca"]] == []
    assert [word for word in told if word not in seen["qu"]] == []


def test_a_host_reads_its_interns_case_but_not_what_the_school_wrote_of_it(
    district: District,
) -> None:
    alert = uninsured(district["A1"])
    school = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    host = join("he", Role.ENTERPRISE_HR, district.enterprises["E"])
    both = join("he-and-cb", Role.ENTERPRISE_HR, district.enterprises["E"])
    begin_membership(
        user=both,
        role=Role.SCHOOL_COORDINATOR,
        tie=district.schools["B"],
        first=date(2026, 9, 1),
        last=None,
    )
    add_note(alert, note="学生举报企业", actor=actor_for(school, on=ON), at=NOW)

    pages = [
        signed_in(user).get(f"/alerts/{alert.public_id}").content.decode()
        for user in (school, host, both)
    ]

    assert ["没有实习责任保险" in page for page in pages] == [True, True, True]
    assert ["学生举报企业" in page for page in pages] == [True, False, False]


def test_a_case_says_what_cures_it_who_has_it_and_until_when(district: District) -> None:
    alert = uninsured(district["A1"])
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])

    page = signed_in(teacher).get(f"/alerts/{alert.public_id}").content.decode()

    assert "2026-11-12 至 2026-11-24 共 13 天没有实习责任保险，今天也没有。" in page
    assert "补上这些日期的实习责任保险" in page
    assert "校内导师 ta1" in page
    assert "2026-11-25" in page
    assert "2026-11-27" in page
    assert "已逾期" not in page


def test_the_commission_sees_names_masked_on_every_page(district: District) -> None:
    alert = uninsured(district["A1"])
    browser = signed_in(join("qu", Role.COMMISSION))

    pages = [
        browser.get(address).content.decode()
        for address in (
            *("/district", "/alerts", "/placements", f"/alerts/{alert.public_id}"),
            f"/placements/{district['A1'].pk}",
        )
    ]

    assert [page for page in pages if "示例A1" in page] == []
    assert "示***" in pages[1]


def test_the_commission_does_not_find_by_name_what_it_sees_masked(district: District) -> None:
    uninsured(district["A1"])
    commission = signed_in(join("qu", Role.COMMISSION))
    coordinator = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    masked = commission.get("/alerts", {"q": "示例A1"}).content.decode()
    named = coordinator.get("/alerts", {"q": "例A1"}).content.decode()

    assert "没有符合条件的预警" in masked
    assert "没有符合条件的预警" not in named


def test_a_mentor_sees_the_work_and_neither_cover_nor_pay(district: District) -> None:
    page = f"/placements/{district['A1'].pk}"
    mentor = signed_in(join("me1", Role.ENTERPRISE_MENTOR, district.mentors["ME1"]))
    student = signed_in(join("a1", Role.STUDENT, district.learners["A1"].student))

    seen_by_mentor = mentor.get(page).content.decode()
    seen_by_student = student.get(page).content.decode()

    assert "保险日历" in seen_by_student
    assert "2,100.00" in seen_by_student
    assert "保险日历" not in seen_by_mentor
    assert "2,100.00" not in seen_by_mentor


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.SCHOOL_COORDINATOR, "/today"),
        (Role.COMMISSION, "/district"),
        (Role.STUDENT, "/placements"),
    ],
)
def test_everybody_starts_on_the_page_of_their_role(
    district: District, role: Role, first: str
) -> None:
    ties = {
        Role.SCHOOL_COORDINATOR: district.schools["A"],
        Role.STUDENT: district.learners["A1"].student,
    }
    browser = signed_in(join("somebody", role, ties.get(role)))

    assert browser.get("/").headers["Location"] == first


def test_a_student_has_no_list_of_cases_and_a_school_no_page_of_the_district(
    district: District,
) -> None:
    student = signed_in(join("a1", Role.STUDENT, district.learners["A1"].student))
    coordinator = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    assert student.get("/alerts").status_code == 403
    assert student.get("/today").status_code == 403
    assert coordinator.get("/district").status_code == 403
