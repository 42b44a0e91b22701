"""Rows that belong together: a placement with its student, post, cover and papers, all in order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from tests.districts.identifiers import REGIONS, credit_code, id_number
from tests.oracle.calendar import days, is_workday
from tests.oracle.reading import ROW_OF as FILES
from tests.oracle.reading import a_date

Cells = dict[str, str]
Choice = TypeVar("Choice")
LIABILITY, ACCIDENT = "实习责任保险", "意外伤害保险"
PREFIXES = ("P-", "p", "安排", "Z", "0", "甲·", "𠮷", "_")
LEVELS = ("中职", "高职专科", "高职本科")


def later(day: date, number: int) -> date:
    return day + timedelta(days=number)


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


class Roster:
    """The tables of one district while it is being made. Cells are named by their headings."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.turn = 0
        self.random = random.Random(seed)
        self.tables: dict[str, list[Cells]] = {stem: [] for stem in FILES}
        self.number = seed % 1000 * 1000
        self.school_codes: list[str] = []
        self.id_numbers: set[str] = set()
        for _ in range(self.random.choice((1, 2, 3))):
            self.school()

    def in_turn(self, choices: Sequence[Choice], number: int) -> list[Choice]:
        """So many of the choices, the next ones at each turn of a planter: none is left out."""
        first = self.turn * number
        return [choices[place % len(choices)] for place in range(first, first + number)]

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def code(self, prefix: str = "") -> str:
        """A fresh code; prefixes of many scripts, so that sorting by code point shows."""
        return f"{prefix or self.random.choice(PREFIXES)}{self.next_number()}"

    def add(self, stem: str, cells: dict[str, object], changes: dict[str, object]) -> Cells:
        row = {heading: text(value) for heading, value in {**cells, **changes}.items()}
        self.tables[stem].append(row)
        return row

    def school(self, **changes: object) -> Cells:
        number = self.next_number()
        cells = {
            "学校标识码": f"{3150000000 + number}",
            "学校名称": f"第{number}职业学校",
            "办学层次": self.random.choice(LEVELS),
            "行政区划代码": "500117",
        }
        row = self.add("schools", dict(cells), changes)
        self.school_codes.append(row["学校标识码"])
        return row

    def enterprise(self, **changes: object) -> Cells:
        number = self.next_number()
        prefix = self.random.choice(("91", "91", "92", "52", "12"))
        cells = {
            "统一社会信用代码": credit_code(prefix, "500117", number),
            "企业名称": f"企业{number}有限公司",
            "行政区划代码": self.random.choice(REGIONS),
            "在岗职工人数": 1000,
        }
        return self.add("enterprises", dict(cells), changes)

    def student(self, born_on: date, enrolled_on: date, **changes: object) -> Cells:
        number = self.next_number()
        major = self.random.choice(("710204", "710201K", "510203", "310201"))
        cells = {
            "学校标识码": self.random.choice(self.school_codes),
            "学号": f"{self.random.choice(('', 'S', 's', '学'))}{number}",
            "姓名": f"学生{number}",
            "证件号码": self.id_number(born_on),
            "专业代码": major,
            "入学日期": enrolled_on,
            "班级": f"{number % 7}班",
        }
        return self.add("students", dict(cells), changes)

    def id_number(self, born_on: date) -> str:
        """A number nobody else has, in this district or another."""
        region = f"{self.random.choice((36, 50, 51))}{self.seed % 10000:04d}"
        while True:
            number = id_number(region, born_on, self.next_number() % 1000)
            if number not in self.id_numbers:
                self.id_numbers.add(number)
                return number

    def born(self, student: Cells, born_on: date) -> None:
        """Give a student another birth date, and an earlier start of school never before it."""
        student["证件号码"] = self.id_number(born_on)
        assert born_on <= a_date(student["入学日期"])

    def post(self, **changes: object) -> Cells:
        cells = {
            "岗位编号": self.code(),
            "统一社会信用代码": "",
            "岗位名称": "装配",
            "同岗位在岗人数": 100,
            "同岗位工资标准": "3000",
        }
        if "统一社会信用代码" not in changes:
            cells["统一社会信用代码"] = self.enterprise()["统一社会信用代码"]
        return self.add("posts", dict(cells), changes)

    def placement(
        self,
        starts_on: date,
        ends_on: date,
        *,
        student: Cells | None = None,
        post: Cells | None = None,
        **changes: object,
    ) -> Cells:
        """A 岗位实习 under way with every paper but cover and agreement."""
        student = student or self.student(
            born_on=years_before(starts_on, 19), enrolled_on=date(starts_on.year - 3, 9, 1)
        )
        post = post or self.post()
        papers = later(starts_on, -self.random.choice((0, 0, 1, 20)))
        cells = {
            "安排编号": self.code(),
            "学校标识码": student["学校标识码"],
            "学号": student["学号"],
            "岗位编号": post["岗位编号"],
            "实习类型": "岗位实习",
            "安排方式": self.random.choice(("学校安排", "自主选择")),
            "开始日期": starts_on,
            "结束日期": ends_on,
            "状态": "实习中",
            "约定报酬": "3000",
            "校内指导教师": self.random.choice(("张老师", "李老师")),
            "企业指导教师": self.random.choice(("王师傅", "赵师傅")),
            "安全培训合格日期": papers,
            "学生同意日期": papers,
            "监护人同意日期": papers,
        }
        return self.add("placements", dict(cells), changes)

    def sound(self, starts_on: date, ends_on: date, **changes: object) -> Cells:
        """A placement with nothing wrong but that nobody kept its attendance."""
        row = self.placement(starts_on, ends_on, **changes)  # type: ignore[arg-type]
        last = a_date(row.get("实际结束日期") or row["结束日期"])
        self.cover(row, starts_on, last)
        self.cover(row, starts_on, last, 险种=ACCIDENT)
        self.agreement(row)
        return row

    def cover(
        self,
        placement: Cells,
        first: date,
        last: date,
        *,
        wider: int | None = None,
        **changes: object,
    ) -> Cells:
        """Insure a placement's student on [first, last] by a policy `wider` days longer."""
        margin = self.random.choice((0, 0, 1, 40)) if wider is None else wider
        cells = {
            "保单号": self.code("保"),
            "险种": LIABILITY,
            "保险公司": "人保财险",
            "保费承担方": self.random.choice(("学校学费", "免学费补助", "企业")),
            "起保日期": later(first, -margin),
            "终保日期": later(last, margin),
        }
        policy = self.add("policies", dict(cells), changes)
        self.insure(policy, placement, first, last)
        return policy

    def insure(self, policy: Cells, placement: Cells, first: date, last: date) -> Cells:
        cells = {
            "保单号": policy["保单号"],
            "学校标识码": placement["学校标识码"],
            "学号": placement["学号"],
            "生效日期": first,
            "终止日期": last,
        }
        return self.add("insured", dict(cells), {})

    def agreement(self, placement: Cells, **changes: object) -> Cells:
        start = a_date(placement["开始日期"])
        cells = {
            "协议编号": self.code("协"),
            "安排编号": placement["安排编号"],
            "学校签署日期": later(start, -self.random.choice((0, 3))),
            "企业签署日期": later(start, -self.random.choice((0, 3))),
            "学生签署日期": later(start, -self.random.choice((0, 3))),
        }
        return self.add("agreements", dict(cells), changes)

    def attend(self, placement: Cells, day: date, **changes: object) -> Cells:
        cells = {
            "安排编号": placement["安排编号"],
            "日期": day,
            "状态": "出勤",
            "企业确认": "是",
        }
        return self.add("attendance", dict(cells), changes)

    def attend_workdays(self, placement: Cells, first: date, last: date, **changes: object) -> int:
        """A row on every workday of the placement from `first` to `last`; how many."""
        begin = max(first, a_date(placement["开始日期"]))
        end = min(last, a_date(placement.get("实际结束日期") or placement["结束日期"]))
        workdays = [day for day in days(begin, end) if is_workday(day)]
        for day in workdays:
            self.attend(placement, day, **changes)
        return len(workdays)

    def pay(
        self, placement: Cells, month: object, amount: object, paid_on: date, **changes: object
    ) -> Cells:
        cells = {
            "安排编号": placement["安排编号"],
            "所属月份": month,
            "金额": amount,
            "发放日期": paid_on,
            "发放方式": self.random.choice(("银行转账", "现金")),
            "付款方": "实习单位",
            "收款人": "学生本人",
            "银行流水号": self.code("流水"),
        }
        return self.add("payments", dict(cells), changes)

    def filing(self, post_code: str, matters: Iterable[str], day: date, **changes: object) -> Cells:
        """A filing that allows the matters on `day`, its limits as near as they can be."""
        cells = {
            "备案编号": self.code("备"),
            "岗位编号": post_code,
            "事项": ";".join(matters),
            "备案日期": later(day, -1),
            "有效起": later(day, -self.random.choice((0, 0, 5))),
            "有效止": later(day, self.random.choice((0, 0, 5))),
        }
        return self.add("filings", dict(cells), changes)

    def apprentice(self, starts_on: date, ends_on: date, **changes: object) -> Cells:
        student = self.student(
            born_on=years_before(starts_on, 17), enrolled_on=date(starts_on.year - 2, 9, 1)
        )
        cells = {
            "学徒编号": self.code("徒"),
            "学校标识码": student["学校标识码"],
            "学号": student["学号"],
            "统一社会信用代码": self.enterprise()["统一社会信用代码"],
            "培养形式": self.random.choice(("现代学徒制", "企业新型学徒制")),
            "开始日期": starts_on,
            "结束日期": ends_on,
            "培养协议编号": self.code("培"),
            "协议签订日期": starts_on,
            "监护人签署日期": starts_on,
            "学校导师": "张老师",
            "企业师傅": "王师傅",
        }
        return self.add("apprentices", dict(cells), changes)

    def student_of(self, row: Cells) -> Cells:
        key = (row["学校标识码"], row["学号"])
        return next(
            student
            for student in self.tables["students"]
            if (student["学校标识码"], student["学号"]) == key
        )

    def post_of(self, placement: Cells) -> Cells:
        return next(
            post for post in self.tables["posts"] if post["岗位编号"] == placement["岗位编号"]
        )

    def enterprise_of(self, placement: Cells) -> Cells:
        code = self.post_of(placement)["统一社会信用代码"]
        return next(row for row in self.tables["enterprises"] if row["统一社会信用代码"] == code)
