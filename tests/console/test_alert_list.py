"""The list: its order, its pages, its filters, its counts and its workbook."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from compliance.models import Alert
from console.alerts.filters import Filters
from console.alerts.listing import cases, page_of
from people.roles import Role
from tests.access.district import acting
from tests.console.sites import District, join, signed_in, uninsured


def test_every_case_stands_on_exactly_one_page_the_worst_and_oldest_first(
    district: District,
) -> None:
    for number in range(1, 13):
        uninsured(district["A1"], rule="PAY-05", period=f"2025-{number:02d}")
    Alert.objects.filter(period="2025-03").update(severity="block")
    Alert.objects.filter(period="2025-04").update(since=None)
    Alert.objects.filter(period="2025-05").update(since=date(2026, 1, 1))
    actor = acting(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    seen, totals, after = [], [], ""
    while True:
        rows = cases(Filters(hand="mine"), actor)
        page = page_of(rows, after=after, actor=actor, size=5, counted=True)
        seen += [row.alert.period for row in page.rows]
        totals.append(page.total)
        after = page.after
        if not after:
            break

    assert len(seen) == len(set(seen)) == 12
    assert totals == [12, 12, 12]
    assert seen[0] == "2025-03"
    assert seen[1] == "2025-05"
    assert seen[-1] == "2025-04"


@pytest.mark.parametrize("mark", ["x", "1.2", "1.20269999.5", "1.20260101.5; DROP", "..", "٣.1.1"])
def test_a_bad_mark_leads_to_the_first_page(district: District, mark: str) -> None:
    uninsured(district["A1"])
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    page = browser.get("/alerts", {"after": mark})

    assert "示例A1" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=A1", "A1"),
        ("q=例A2", "A2"),
        ("q=F", "A3"),
        ("q=%25", ""),
        ("rule=INS", "A1 A2 A3"),
        ("rule=PAY", ""),
        ("severity=critical", "A1 A2 A3"),
        ("severity=info", ""),
        ("state=closed", ""),
        ("state=nonsense", "A1 A2 A3"),
        ("hand=uninsured", "A1 A2 A3"),
        ("hand=mine", "A1 A2 A3"),
        ("hand=due-today", ""),
        ("severity=red", "A1 A2 A3"),
        ("severity=red&rule=HOST", ""),
        ("age=8-30", "A1 A2 A3"),
        ("age=0-3", ""),
        ("period=2026-10", ""),
        ("holder=coordinator", "A1 A2 A3"),
        ("holder=teacher", ""),
        ("school=0", ""),
        ("class=2024级1班", "A2"),
    ],
)
def test_the_address_says_which_cases_are_listed(
    district: District, query: str, found: str
) -> None:
    for name in ("A1", "A2", "A3", "B1"):
        uninsured(district[name])
    learner = district.learners["A2"]
    learner.class_name = "2024级1班"
    learner.save()
    actor = acting(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    rows = cases(Filters.of(QueryDict(query)), actor)

    assert sorted(row.subject for row in rows) == found.split()


@pytest.mark.parametrize("role", list(Role))
def test_the_count_is_that_of_the_rows_whoever_asks(district: District, role: Role) -> None:
    from console.alerts.counts import counts

    for name in ("A1", "A2", "B1", "C1"):
        uninsured(district[name])
    Alert.objects.filter(subject="A2").update(state="cured", closed_at="2026-11-23T00:00Z")
    host = district.enterprises["E"]
    Alert.objects.create(
        rule="HOST-08",
        subject=host.credit_code,
        severity="warning",
        rule_version="1",
        deadlines_from="2026-11-24",
        opened_at="2026-11-24T00:00Z",
        enterprise=host,
    )
    ties = {
        Role.SCHOOL_COORDINATOR: district.schools["A"],
        Role.SCHOOL_TEACHER: district.teachers["TA1"],
        Role.ENTERPRISE_HR: host,
        Role.ENTERPRISE_MENTOR: district.mentors["ME1"],
        Role.STUDENT: district.learners["A1"].student,
        Role.GUARDIAN: district.learners["A1"].guardian,
    }
    actor = acting(join("reader", role, ties.get(role)))

    for state in ("standing", "closed", "all"):
        filters = Filters(state=state)
        assert counts(filters, actor).total() == cases(filters, actor).count()


def test_the_workbook_holds_text_that_no_spreadsheet_runs(district: District) -> None:
    uninsured(district["A1"])
    learner = district.learners["A1"]
    learner.name = '=HYPERLINK("http://example.test")'
    learner.class_name = "+1+1"
    learner.save()
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    answer = browser.get("/alerts/export.xlsx")

    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    cells = {cell.value: cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert cells['=HYPERLINK("http://example.test")'] == "s"
    assert cells["+1+1"] == "s"
    assert "f" not in cells.values()
