"""A load says exactly what is new, changed and unchanged, and a second one writes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audit.models import Operation
from common.ranges import days
from compensation.models import PaymentEntry
from exchange.format import TABLES
from exchange.loading.district import load_district
from internships.models import Placement, PlacementState, Terms
from people.models import Guardian, LearnerIdentity, Membership, Student, User
from people.roles import Role
from tests.loading.checksums import checksums
from tests.loading.conftest import AT, BY, Load
from tests.loading.samples import District, make_id, sample, write_folder, write_workbook

pytestmark = pytest.mark.django_db

SIZES = {stem: len(rows) for stem, rows in sample().items()}

CHANGES: dict[str, tuple[str, str]] = {
    "schools": ("学校名称", "合川职业教育中心"),
    "enterprises": ("场所类型", "网吧"),
    "students": ("监护人手机", "13700137001"),
    "posts": ("危险因素", "低温;高空"),
    "placements": ("校内指导教师", "郑老师"),
    "agreements": ("学生签署日期", "2026-08-28"),
    "policies": ("每人责任限额", "600000"),
    "insured": ("终止日期", "2026-12-30"),
    "attendance": ("下班时间", "23:59"),
    "payments": ("扣款项目", "个税:12.31；伙食费:0"),
    "filings": ("事项", "夜班"),
    "apprentices": ("企业师傅", ""),
}
"""One column of each table's first row, and another word for it."""


def test_every_row_of_an_empty_database_is_new(load: Load) -> None:
    report = load(sample())

    assert report.problems == []
    assert {stem: counts.new for stem, counts in report.tables.items()} == SIZES
    assert sum(counts.changed + counts.unchanged for counts in report.tables.values()) == 0


def test_loading_the_same_files_again_changes_nothing(load: Load) -> None:
    load(sample())
    before = checksums()

    report = load(sample())

    assert {stem: counts.unchanged for stem, counts in report.tables.items()} == SIZES
    assert report.operation_id is None
    assert checksums() == before


@pytest.mark.parametrize("stem", TABLES)
def test_one_changed_cell_is_one_changed_row(load: Load, stem: str) -> None:
    load(sample())
    later = sample()
    title, word = CHANGES[stem]
    later[stem][0][title] = word

    report = load(later)

    counts = {name: (c.new, c.changed, c.unchanged) for name, c in report.tables.items()}
    expected = {name: (0, 0, size) for name, size in SIZES.items()}
    expected[stem] = (0, 1, SIZES[stem] - 1)
    assert counts == expected
    again = load(later)
    assert all(c.unchanged == SIZES[name] for name, c in again.tables.items())


@pytest.mark.parametrize("stem", TABLES)
def test_every_column_that_is_no_key_is_compared(load: Load, stem: str) -> None:
    load(sample())
    emptied = sample()
    titles = [column.title for column in TABLES[stem].columns if not column.required]
    changes = [
        (row, title)
        for row in emptied[stem]
        for title in titles
        if row.get(title) and title not in _KEYS_OF_PAYMENTS | _NEVER_EMPTIED_ALONE
    ]

    for row, title in changes:
        kept = row.pop(title)
        report = load({stem: emptied[stem]}, dry_run=True)
        row[title] = kept

        assert report.problems == [], title
        assert report.tables[stem].changed == 1, title


_KEYS_OF_PAYMENTS = {"银行流水号"}
_NEVER_EMPTIED_ALONE = {"上班时间", "下班时间", "退保日期", "学籍状态", "实际结束日期"}


def test_a_dry_run_says_the_counts_of_the_load_and_writes_nothing(load: Load) -> None:
    load({stem: sample()[stem] for stem in ("schools", "enterprises", "students")})
    before = checksums()
    later = sample()
    later["students"][0]["姓名"] = "李一一"

    dry = load(later, dry_run=True)

    assert checksums() == before
    wet = load(later)
    assert dry.tables == wet.tables
    assert dry.is_dry_run
    assert dry.operation_id is None


def test_a_load_is_recorded_with_its_files_and_counts_and_no_personal_value(load: Load) -> None:
    report = load(sample())

    operation = Operation.objects.get()
    assert operation.id == report.operation_id
    assert (operation.kind, operation.made_at, operation.made_by) == ("load", AT, BY)
    assert operation.counts["students"] == {
        "new": 4,
        "changed": 0,
        "unchanged": 0,
        "retracted": 0,
    }
    assert set(operation.source["files"]) == {f"{stem}.csv" for stem in TABLES}


def test_a_workbook_loads_as_the_folder_of_the_same_tables(load: Load, tmp_path: Path) -> None:
    load(sample())

    report = load_district(write_workbook(sample(), tmp_path / "district.xlsx"), at=AT, by=BY)

    assert report.problems == []
    assert {stem: counts.unchanged for stem, counts in report.tables.items()} == SIZES


def test_new_placements_have_one_open_set_of_terms_and_say_that_they_were_imported(
    load: Load,
) -> None:
    load(sample())

    placements = {placement.code: placement for placement in Placement.objects.all()}
    assert {code: (p.state, p.gate) for code, p in placements.items()} == {
        "A1": ("active", "imported"),
        "A2": ("ended", "imported"),
        "A3": ("approved", "imported"),
        "A4": ("withdrawn", ""),
    }
    assert [(t.period.lower, t.period.upper) for t in Terms.objects.all()] == [(None, None)] * 4
    assert {t.teacher.name for t in Terms.objects.all() if t.teacher} == {"周老师"}


def test_a_finer_state_stands_while_the_file_says_the_same_status(load: Load) -> None:
    load(sample())
    Placement.objects.filter(code="A1").update(state=PlacementState.SUSPENDED)

    load({"placements": [{**sample()["placements"][0], "结束日期": "2027-01-30"}]})

    placement = Placement.objects.get(code="A1")
    assert placement.state == PlacementState.SUSPENDED
    assert str(placement.ends_on) == "2027-01-30"
    load({"placements": [{**sample()["placements"][0], "状态": "已结束"}]})
    placement.refresh_from_db()
    assert placement.state == PlacementState.ENDED


def test_of_an_amended_placement_a_file_changes_the_terms_of_its_first_day(load: Load) -> None:
    load(sample())
    first = Terms.objects.get(placement__code="A1")
    later = Terms.objects.get(placement__code="A1")
    first.period = (None, "2026-11-01")
    first.save()
    later.pk, later.period, later.agreed_pay = None, ("2026-11-01", None), 4000
    later.save(force_insert=True)

    report = load({"placements": [{**sample()["placements"][0], "约定报酬": "3700"}]})

    assert report.tables["placements"].changed == 1
    pay = Terms.objects.filter(placement__code="A1").order_by("period")
    assert [terms.agreed_pay for terms in pay] == [3700, 4000]


def test_a_corrected_id_number_stays_with_the_same_person(load: Load) -> None:
    load(sample())
    person = Student.objects.get(learner_identities__student_number="S2")
    corrected = {**sample()["students"][1], "证件号码": make_id("2008-12-31", 7)}

    load({"students": [corrected]})

    again = Student.objects.get(learner_identities__student_number="S2")
    assert (again.pk, str(again.born_on)) == (person.pk, "2008-12-31")
    assert again.id_number is not None
    assert again.id_number.open_unlogged() == corrected["证件号码"]
    assert Student.objects.count() == 3


def test_a_number_that_another_person_has_moves_the_identity_and_leaves_no_orphan(
    load: Load,
) -> None:
    load(sample())
    later = sample()
    one, two = later["students"][:2]
    one["证件号码"], two["证件号码"] = two["证件号码"], one["证件号码"]

    report = load(later)

    assert report.tables["students"].changed == 2
    assert Student.objects.count() == 3
    for learner in LearnerIdentity.objects.filter(student_number__in=("S1", "S2")):
        number = learner.student.id_number
        assert number is not None
        expected = one if learner.student_number == "S1" else two
        assert number.open_unlogged() == expected["证件号码"]


def test_two_identities_of_one_number_are_one_person(load: Load) -> None:
    load(sample())

    identities = LearnerIdentity.objects.filter(student_number="S3")

    assert identities.count() == 2
    assert len({identity.student_id for identity in identities}) == 1


def test_guardians_come_change_and_go_with_the_cells_that_name_them(load: Load) -> None:
    load(sample())
    later: District = {"students": sample()["students"][:3]}
    later["students"][0]["监护人姓名"] = "李母"
    later["students"][1]["监护人姓名"] = "王父"
    later["students"][2]["监护人姓名"] = ""

    load(later)

    names = Guardian.objects.values_list("learner__student_number", "name")
    assert sorted(names) == [("S1", "李母"), ("S2", "王父")]
    guardian = Guardian.objects.get(name="李母")
    assert guardian.phone is not None
    assert guardian.phone.open_unlogged() == "+8613900139001"


def test_a_changed_payment_is_reversed_and_entered_again(load: Load) -> None:
    load(sample())
    later = {"payments": [{**sample()["payments"][0], "金额": "3600"}]}

    report = load(later)

    assert report.tables["payments"].changed == 1
    entries = PaymentEntry.objects.filter(bank_reference="B1").order_by("pk")
    told = [(str(e.amount), e.revision, e.reverses_id is None) for e in entries]
    assert told == [("3500.50", 0, True), ("3500.50", 0, False), ("3600.00", 1, True)]
    assert {entry.operation_id for entry in entries[1:]} == {report.operation_id}
    assert [
        str(entry.amount) for entry in PaymentEntry.objects.standing().filter(bank_reference="B1")
    ] == ["3600.00"]


def test_a_placement_corrected_to_another_school_takes_its_days_and_pay_along(
    load: Load,
) -> None:
    load(sample())
    moved = {**sample()["placements"][1], "学校标识码": "5001170002", "学号": "S3"}

    report = load({"placements": [moved]})

    assert report.problems == []
    placement = Placement.objects.get(code="A2")
    assert placement.school.code == "5001170002"
    assert {day.school_id for day in placement.attendance.all()} == {placement.school_id}
    assert {entry.school_id for entry in placement.payments.all()} == {placement.school_id}
    terms = placement.terms.get()
    assert terms.teacher is not None
    assert (terms.teacher.name, terms.teacher.school_id) == ("周老师", placement.school_id)


def test_a_post_moved_to_another_host_keeps_its_mentors_names(load: Load) -> None:
    load(sample())
    hotel, factory = (row["统一社会信用代码"] for row in sample()["enterprises"])
    moved = {**sample()["posts"][0], "统一社会信用代码": factory}

    load({"posts": [moved]})

    mentor = Terms.objects.get(placement__code="A1").mentor
    assert mentor is not None
    assert (mentor.name, mentor.enterprise.credit_code) == ("孙师傅", factory)
    assert hotel != factory


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    report = load_district(write_folder({}, tmp_path / "empty"), at=AT, by=BY)

    assert [problem.code for problem in report.problems] == ["nothing_to_load"]


@pytest.mark.parametrize(
    ("name", "phone", "stays"),
    [
        ("李母", "13900139009", False),
        ("李母", "13900139001", True),
        ("李父", "13900139009", True),
    ],
)
def test_another_guardian_has_no_account_of_the_former_one(
    load: Load, name: str, phone: str, stays: bool
) -> None:
    district = sample()
    row = district["students"][0]
    row["监护人姓名"], row["监护人手机"] = "李父", "13900139001"
    load(district)
    guardian = Guardian.objects.get(name="李父")
    user = User.objects.create(username="guardian", display_name="示例监护人")
    Membership.objects.create(
        user=user, role=Role.GUARDIAN, guardian=guardian, period=days(date(2026, 9, 1), None)
    )

    row["监护人姓名"], row["监护人手机"] = name, phone
    report = load(district)

    assert report.tables["students"].changed == 1
    now = Guardian.objects.get(learner=guardian.learner_id)
    assert now.name == name
    assert now.phone is not None
    assert now.phone.open_unlogged() == f"+86{phone}"
    assert user.memberships.exists() == stays
