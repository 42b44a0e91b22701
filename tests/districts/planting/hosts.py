"""HOST and HAZ: one person, one day or one filing too many or too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tests.districts.planting.papers import of_age
from tests.districts.planting.registry import Expected, inside, over, plants
from tests.districts.roster import Cells, Roster, later


@plants("HOST-04")
def no_venue(roster: Roster, on: date) -> Iterator[Expected]:
    venues = ("酒吧", "夜总会", "歌厅", "洗浴中心", "电子游戏厅", "网吧", "其他营业性娱乐场所")
    for venue, promise in ((roster.random.choice(venues), over), ("", inside)):
        post = roster.post(统一社会信用代码=roster.enterprise(场所类型=venue)["统一社会信用代码"])
        yield promise("HOST-04", roster.sound(later(on, -9), later(on, 9), post=post), on)


@plants("HOST-05")
def of_a_nature(roster: Roster, on: date) -> Iterator[Expected]:
    wrong = roster.random.choice(("中介机构", "劳务派遣机构"))
    for nature, promise in ((wrong, over), (roster.random.choice(("", "用工单位")), inside)):
        post = roster.post(统一社会信用代码=roster.enterprise(单位性质=nature)["统一社会信用代码"])
        yield promise("HOST-05", roster.sound(later(on, -9), later(on, 9), post=post), on)


@plants("HOST-07")
def the_next_group(roster: Roster, on: date) -> Iterator[Expected]:
    """The groups of the three levels compare by their ordinal."""
    ordinal = roster.random.choice((1, 9, 11, 19))
    base = roster.random.choice((20, 40, 60))
    neighbour = ordinal - 1 if ordinal > 1 else 2
    for listed, promise in ((neighbour, over), (ordinal, inside)):
        row = roster.sound(later(on, -9), later(on, 9))
        roster.student_of(row)["专业代码"] = f"{base + ordinal}0101"
        roster.post_of(row)["对口专业大类"] = f"13;{listed:02d}"
        yield promise("HOST-07", row, on)


@plants("HOST-07")
def no_group_listed(roster: Roster, on: date) -> Iterator[Expected]:
    for listed, promise in (("12", over), ("", inside)):
        row = roster.sound(later(on, -9), later(on, 9))
        roster.post_of(row)["对口专业大类"] = listed
        yield promise("HOST-07", row, on)


def crowd(roster: Roster, on: date, staff: int, posts: int, **last: object) -> tuple[Cells, Cells]:
    """An enterprise of `staff` people and `posts` posts with one intern each, the last changed."""
    enterprise = roster.enterprise(在岗职工人数=staff)
    code = enterprise["统一社会信用代码"]
    rows = []
    for _ in range(posts):
        post = roster.post(统一社会信用代码=code)
        rows.append(roster.sound(later(on, -3), later(on, 3), post=post))
    for heading, cell in last.items():
        rows[-1][heading] = cell.isoformat() if isinstance(cell, date) else str(cell)
    return enterprise, rows[-1]


@plants("HOST-08")
def a_tenth_of_staff(roster: Roster, on: date) -> Iterator[Expected]:
    interns = roster.random.choice((1, 2, 3))
    for staff, promise in ((10 * interns - 1, over), (10 * interns, inside)):
        enterprise, _ = crowd(roster, on, staff, interns)
        yield promise("HOST-08", enterprise["统一社会信用代码"], on)


@plants("HOST-08")
def one_intern_more(roster: Roster, on: date) -> Iterator[Expected]:
    for interns, promise in ((3, over), (2, inside)):
        enterprise, _ = crowd(roster, on, 20, interns)
        yield promise("HOST-08", enterprise["统一社会信用代码"], on)


NOT_AT_WORK: tuple[dict[str, object], ...] = (
    {"状态": "已批准"},
    {"状态": "已结束"},
    {"状态": "已取消"},
    {"实习类型": "认识实习"},
)


@plants("HOST-08")
def the_last_one_is_not_counted(roster: Roster, on: date) -> Iterator[Expected]:
    for changes, promise in (({}, over), (roster.random.choice(NOT_AT_WORK), inside)):
        enterprise, _ = crowd(roster, on, 19, 2, **changes)
        yield promise("HOST-08", enterprise["统一社会信用代码"], on)


def edge_days(on: date) -> tuple[tuple[dict[str, object], bool], ...]:
    """The last intern's dates, and whether D is one of them."""
    return (
        ({"开始日期": on}, True),
        ({"开始日期": later(on, 1)}, False),
        ({"实际结束日期": on}, True),
        ({"实际结束日期": later(on, -1)}, False),
        ({"结束日期": on}, True),
        ({"结束日期": later(on, -1)}, False),
    )


@plants("HOST-08")
def the_last_one_is_there_today(roster: Roster, on: date) -> Iterator[Expected]:
    for changes, there in edge_days(on):
        enterprise, _ = crowd(roster, on, 19, 2, **changes)
        promise = over if there else inside
        yield promise("HOST-08", enterprise["统一社会信用代码"], on)


def full_post(roster: Roster, on: date, staff: int, interns: int, **last: object) -> str:
    """A post of `staff` people with so many interns, the last of them changed."""
    post = roster.post(同岗位在岗人数=staff)
    rows = [roster.sound(later(on, -3), later(on, 3), post=post) for _ in range(interns)]
    for heading, cell in last.items():
        rows[-1][heading] = cell.isoformat() if isinstance(cell, date) else str(cell)
    return post["岗位编号"]


@plants("HOST-09")
def a_fifth_of_the_post(roster: Roster, on: date) -> Iterator[Expected]:
    interns = roster.random.choice((1, 2, 3))
    for staff, promise in ((5 * interns - 1, over), (5 * interns, inside)):
        yield promise("HOST-09", full_post(roster, on, staff, interns), on)


@plants("HOST-09")
def the_last_one_on_the_post(roster: Roster, on: date) -> Iterator[Expected]:
    for changes, promise in (({}, over), (roster.random.choice(NOT_AT_WORK), inside)):
        yield promise("HOST-09", full_post(roster, on, 9, 2, **changes), on)


@plants("HOST-09")
def the_last_one_on_the_post_today(roster: Roster, on: date) -> Iterator[Expected]:
    for changes, there in edge_days(on):
        promise = over if there else inside
        yield promise("HOST-09", full_post(roster, on, 9, 2, **changes), on)


def learner_subject(row: Cells) -> str:
    return f"{row['学校标识码']}:{row['学号']}"


@plants("HOST-10")
def a_hundred_and_eighty_four_days(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, -100)
    for days, promise in ((185, over), (184, inside)):
        row = roster.sound(start, later(start, days - 1))
        yield promise("HOST-10", learner_subject(row), on)


@plants("HOST-10")
def in_two_pieces(roster: Roster, on: date) -> Iterator[Expected]:
    """An earlier placement counts, standing or not; its actual end is its end."""
    for days, promise in ((85, over), (84, inside)):
        first = roster.sound(
            later(on, -700), later(on, -400), 实际结束日期=later(on, -700 + days - 1), 状态="已结束"
        )
        student = roster.student_of(first)
        roster.sound(later(on, -9), later(on, 90), student=student, 状态="已批准")
        yield promise("HOST-10", learner_subject(first), on)


@plants("HOST-10")
def pieces_that_do_not_count(roster: Roster, on: date) -> Iterator[Expected]:
    spared: Mapping[str, object] = roster.random.choice(
        ({"状态": "已取消"}, {"状态": "拟安排"}, {"实习类型": "认识实习"})
    )
    for changes, promise in (({"状态": "已结束"}, over), (spared, inside)):
        first = roster.sound(later(on, -200), later(on, -90), **changes)
        student = roster.student_of(first)
        roster.sound(later(on, -85), later(on, -11), student=student)
        yield promise("HOST-10", learner_subject(first), on)


@plants("HOST-10")
def none_of_them_standing(roster: Roster, on: date) -> Iterator[Expected]:
    """The youngest 岗位实习 ended 365 or 366 days ago; a standing 认识实习 does not help."""
    for days, promise in ((-365, over), (-366, inside)):
        last = later(on, days)
        first = roster.sound(later(last, -400), last, 状态="已结束")
        student = roster.student_of(first)
        roster.sound(later(on, -2), later(on, 2), student=student, 实习类型="认识实习")
        yield promise("HOST-10", learner_subject(first), on)


@plants("HOST-10")
def one_of_them_still_to_come(roster: Roster, on: date) -> Iterator[Expected]:
    for days, promise in ((30, over), (31, inside)):
        start = later(on, days)
        row = roster.sound(start, later(start, 199), 状态="已批准")
        yield promise("HOST-10", learner_subject(row), on)


def risky(roster: Roster, start: date, last: date, hazards: str = "高空;粉尘") -> Cells:
    return roster.sound(start, last, post=roster.post(危险因素=hazards))


@plants("HAZ-01")
def filed_in_time(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, -9)
    for days, promise in ((0, over), (-1, inside)):
        row = risky(roster, start, later(on, 60))
        roster.filing(row["岗位编号"], ["高风险"], start, 备案日期=later(start, days))
        yield promise("HAZ-01", row, on)


@plants("HAZ-01")
def filing_in_force(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, -9)
    heading, step = roster.random.choice((("有效起", 1), ("有效止", -1)))
    for days, promise in ((step, over), (0, inside)):
        row = risky(roster, start, later(on, 60))
        cells = {"有效起": later(start, -5), "有效止": later(start, 5), heading: later(start, days)}
        roster.filing(row["岗位编号"], ["高风险"], start, **cells)
        yield promise("HAZ-01", row, on)


@plants("HAZ-01")
def filing_of_another(roster: Roster, on: date) -> Iterator[Expected]:
    """Another post, matter, school or major is no filing; one's own, named, is."""
    start = later(on, -9)
    row = risky(roster, start, later(on, 60))
    twin = risky(roster, start, later(on, 60))
    student, same = roster.student_of(row), roster.student_of(twin)
    other_school = roster.school()["学校标识码"]
    wrong = roster.random.choice(("post", "matter", "school", "major"))
    roster.filing(
        twin["岗位编号"] if wrong == "post" else row["岗位编号"],
        ["夜班", "加班"] if wrong == "matter" else ["高风险"],
        start,
        学校标识码=other_school
        if wrong == "school"
        else roster.random.choice(("", student["学校标识码"])),
        专业代码=student["专业代码"][:5] + "9" if wrong == "major" else "",
    )
    roster.filing(
        twin["岗位编号"],
        ["休息日", "高风险"],
        start,
        学校标识码=roster.random.choice(("", same["学校标识码"])),
        专业代码=roster.random.choice(("", same["专业代码"])),
    )
    yield over("HAZ-01", row, on)
    yield inside("HAZ-01", twin, on)


@plants("HAZ-01")
def high_risk_or_not(roster: Roster, on: date) -> Iterator[Expected]:
    high = roster.random.choice(("高空", "井下", "放射性", "有毒", "易燃易爆", "其他高风险"))
    low = "粉尘;高温;低温;冷水;强迫体位;高频流水线;负重"
    for hazards, promise in ((f"{high};负重", over), (low, inside)):
        row = risky(roster, later(on, -9), later(on, 60), hazards)
        yield promise("HAZ-01", row, on)


@plants("HAZ-02")
def eighteenth_birthday(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, -9)
    hazards = roster.random.choice(("粉尘", "负重;冷水", "有毒;高空"))
    for step, promise in ((0, over), (-1, inside)):
        post = roster.post(危险因素=hazards)
        row = of_age(roster, start, 18, step, post=post)
        roster.filing(row["岗位编号"], ["高风险"], start)
        yield promise("HAZ-02", row, on)


@plants("HAZ-02")
def nothing_dangerous(roster: Roster, on: date) -> Iterator[Expected]:
    for hazards, promise in (("强迫体位", over), ("", inside)):
        row = of_age(roster, later(on, -9), 17, 0, post=roster.post(危险因素=hazards))
        yield promise("HAZ-02", row, on)


@plants("HAZ-04")
def grade(roster: Roster, on: date) -> Iterator[Expected]:
    for step, promise in (("III", over), ("II", inside), ("IV", over), ("I", inside)):
        row = roster.sound(later(on, -9), later(on, 60), post=roster.post(体力劳动强度=step))
        yield promise("HAZ-04", row, on)
