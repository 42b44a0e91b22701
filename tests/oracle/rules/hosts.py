"""HOST and HAZ: where the student works, with how many others, for how long, and at what risk."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.oracle.calendar import days
from tests.oracle.district import District, Placement
from tests.oracle.words import (
    PRODUCTION,
    Finding,
    age,
    allowed,
    standing,
    standing_placements,
    standing_production,
    student_of,
)

HIGH_RISK = frozenset(["高空", "井下", "放射性", "有毒", "易燃易爆", "其他高风险"])


def barred_venue(district: District, on: date) -> Iterator[Finding]:
    """The enterprise has a 场所类型."""
    for placement in standing_placements(district, on):
        enterprise = district.enterprise[district.post[placement.post_code].credit_code]
        if enterprise.venue:
            yield Finding(placement.code, "", "block", {"venue": enterprise.venue})


def intermediary(district: District, on: date) -> Iterator[Finding]:
    """单位性质 is 中介机构 or 劳务派遣机构."""
    for placement in standing_placements(district, on):
        enterprise = district.enterprise[district.post[placement.post_code].credit_code]
        if enterprise.nature in ("中介机构", "劳务派遣机构"):
            yield Finding(placement.code, "", "block", {})


def major_group(major_code: str) -> str:
    """First two digits less 20, 40 or 60 for 21–39, 41–59, 61–79."""
    first_two = int(major_code[:2])
    less = {2: 20, 3: 20, 4: 40, 5: 40, 6: 60, 7: 60}[first_two // 10]
    return f"{first_two - less:02d}"


def outside_the_majors_group(district: District, on: date) -> Iterator[Finding]:
    """The post lists 对口专业大类 and the student's is not in it."""
    for placement in standing_production(district, on):
        groups = district.post[placement.post_code].major_groups
        if groups and major_group(student_of(district, placement).major_code) not in groups:
            yield Finding(placement.code, "", "warning", {})


def at_work(placement: Placement, on: date) -> bool:
    """岗位实习 with status 实习中 and start ≤ D ≤ last."""
    return (
        placement.kind == PRODUCTION
        and placement.status == "实习中"
        and placement.starts_on <= on <= placement.last
    )


def interns_over_a_tenth_of_staff(district: District, on: date) -> Iterator[Finding]:
    """Interns at the enterprise ÷ 在岗职工人数 > 0.10."""
    for enterprise in district.enterprises:
        interns = sum(
            at_work(placement, on)
            and district.post[placement.post_code].credit_code == enterprise.credit_code
            for placement in district.placements
        )
        if Fraction(interns, enterprise.staff_count) > Fraction("0.10"):
            facts = {"interns": interns, "staff": enterprise.staff_count}
            yield Finding(enterprise.credit_code, "", "warning", facts)


def interns_over_a_fifth_of_the_post(district: District, on: date) -> Iterator[Finding]:
    """Interns on the post ÷ 同岗位在岗人数 > 0.20."""
    for post in district.posts:
        interns = sum(
            at_work(placement, on) and placement.post_code == post.code
            for placement in district.placements
        )
        if Fraction(interns, post.staff_count) > Fraction("0.20"):
            facts = {"interns": interns, "staff": post.staff_count}
            yield Finding(post.code, "", "warning", facts)


def longer_than_six_months(district: District, on: date) -> Iterator[Finding]:
    """All 岗位实习 of the student sum to more than 184 days, and one of them is standing."""
    for learner in district.student:
        theirs = [
            placement
            for placement in district.placements
            if placement.learner == learner
            and placement.kind == PRODUCTION
            and placement.status in ("已批准", "实习中", "已结束")
        ]
        total = sum(len(list(days(row.starts_on, row.last))) for row in theirs)
        if total > 184 and any(standing(row, on) for row in theirs):
            subject = f"{learner.school_code}:{learner.student_number}"
            yield Finding(subject, "", "warning", {"days": total})


def high_risk_without_filing(district: District, on: date) -> Iterator[Finding]:
    """The post has a high risk, and no filing allows 高风险 on start."""
    for placement in standing_production(district, on):
        hazards = district.post[placement.post_code].hazards & HIGH_RISK
        if hazards and not allowed(district, placement, "高风险", placement.starts_on):
            yield Finding(placement.code, "", "block", {"hazards": sorted(hazards)})


def barred_for_minors(district: District, on: date) -> Iterator[Finding]:
    """Age < 18 on start, the post has any 危险因素, filing or not."""
    for placement in standing_production(district, on):
        hazards = district.post[placement.post_code].hazards
        years = age(student_of(district, placement).born_on, placement.starts_on)
        if years < 18 and hazards:
            yield Finding(placement.code, "", "block", {"hazards": sorted(hazards)})


def heavy_labour(district: District, on: date) -> Iterator[Finding]:
    """体力劳动强度 III or IV."""
    for placement in standing_production(district, on):
        grade = district.post[placement.post_code].labour_grade
        if grade in ("III", "IV"):
            yield Finding(placement.code, "", "block", {"grade": grade})
