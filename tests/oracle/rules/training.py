"""SUP and APP: mentors, safety training, and the apprenticeship agreement."""

from collections.abc import Iterator
from datetime import date

from tests.oracle.district import Apprentice, District
from tests.oracle.words import Finding, age, begun_production


def missing_mentors(teacher_name: str, mentor_name: str) -> list[str]:
    names = {"enterprise": mentor_name, "school": teacher_name}
    return sorted(side for side, name in names.items() if not name)


def mentor_missing(district: District, on: date) -> Iterator[Finding]:
    """校内指导教师 or 企业指导教师 empty."""
    for placement in begun_production(district, on):
        missing = missing_mentors(placement.teacher_name, placement.mentor_name)
        if missing:
            yield Finding(placement.code, "", "block", {"missing": missing})


def no_safety_training(district: District, on: date) -> Iterator[Finding]:
    """安全培训合格日期 empty or > start."""
    for placement in begun_production(district, on):
        trained_on = placement.safety_trained_on
        if trained_on is None or trained_on > placement.starts_on:
            yield Finding(placement.code, "", "block", {})


def apprentices_on(district: District, on: date) -> Iterator[Apprentice]:
    """Start ≤ D ≤ end."""
    return (row for row in district.apprentices if row.starts_on <= on <= row.ends_on)


def no_apprenticeship_agreement(district: District, on: date) -> Iterator[Finding]:
    """培养协议编号 empty, or 协议签订日期 empty or > start."""
    for row in apprentices_on(district, on):
        if not row.agreement_code or row.agreed_on is None or row.agreed_on > row.starts_on:
            yield Finding(row.code, "", "block", {})


def guardian_has_not_signed(district: District, on: date) -> Iterator[Finding]:
    """Under 18 on start, 监护人签署日期 empty or > start."""
    for row in apprentices_on(district, on):
        minor = age(district.student[row.learner].born_on, row.starts_on) < 18
        signed_on = row.guardian_signed_on
        if minor and (signed_on is None or signed_on > row.starts_on):
            yield Finding(row.code, "", "block", {})


def two_mentors(district: District, on: date) -> Iterator[Finding]:
    """学校导师 or 企业师傅 empty."""
    for row in apprentices_on(district, on):
        missing = missing_mentors(row.teacher_name, row.mentor_name)
        if missing:
            yield Finding(row.code, "", "block", {"missing": missing})
