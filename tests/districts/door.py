"""What the contract refuses at the door, so that a generated district is known to be legal."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from tests.districts.identifiers import CREDIT_ALPHABET
from tests.oracle.district import District


def refusals(district: District) -> list[str]:
    """Every reason to refuse a district that was read; none for a legal one."""
    return [
        *key_twice(district),
        *unresolved(district),
        *bad_codes(district),
        *bad_numbers(district),
        *ends_before_start(district),
        *sharing_a_day(district),
        *outside_the_policy(district),
        *identities(district),
    ]


def key_twice(district: District) -> Iterator[str]:
    keys: dict[str, Iterable[Any]] = {
        "schools": (row.code for row in district.schools),
        "enterprises": (row.credit_code for row in district.enterprises),
        "students": (row.learner for row in district.students),
        "posts": (row.code for row in district.posts),
        "placements": (row.code for row in district.placements),
        "agreements": (row.code for row in district.agreements),
        "policies": (row.number for row in district.policies),
        "insured": ((row.policy_number, row.learner, row.starts_on) for row in district.insured),
        "attendance": ((row.placement_code, row.day) for row in district.attendance),
        "payments": (
            (row.placement_code, row.bank_reference) if row.bank_reference else row
            for row in district.payments
        ),
        "filings": (row.code for row in district.filings),
        "apprentices": (row.code for row in district.apprentices),
    }
    for stem, those in keys.items():
        for key, count in Counter(those).items():
            if count > 1:
                yield f"{stem}: {key} {count} times"


def unresolved(district: District) -> Iterator[str]:
    schools = {row.code for row in district.schools}
    needed: dict[str, tuple[set[Any], set[Any]]] = {
        "school of a student": ({row.school_code for row in district.students}, schools),
        "enterprise of a post": (
            {row.credit_code for row in district.posts},
            set(district.enterprise),
        ),
        "student of a placement": (
            {row.learner for row in district.placements},
            set(district.student),
        ),
        "post of a placement": ({row.post_code for row in district.placements}, set(district.post)),
        "placement": (
            {
                row.placement_code
                for rows in (district.agreements, district.attendance, district.payments)
                for row in rows
            },
            set(district.placement),
        ),
        "policy": ({row.policy_number for row in district.insured}, set(district.policy)),
        "insured student": ({row.learner for row in district.insured}, set(district.student)),
        "post of a filing": ({row.post_code for row in district.filings}, set(district.post)),
        "school of a filing": ({row.school_code for row in district.filings} - {""}, schools),
        "apprentice": ({row.learner for row in district.apprentices}, set(district.student)),
    }
    for what, (wanted, there) in needed.items():
        for key in wanted - there:
            yield f"{what}: {key} is nowhere"


def bad_codes(district: District) -> Iterator[str]:
    for student in district.students:
        number = student.id_number
        total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
        if len(number) != 18 or "10X98765432"[total % 11] != number[17]:
            yield f"ID number of {student.learner}"
        if student.born_on > student.enrolled_on:
            yield f"{student.learner} enrolled before birth"
        code = student.major_code
        if not re.fullmatch(r"[2-7]\d{5}K?", code) or int(code[:2]) % 20 == 0:
            yield f"major {code}"


def bad_numbers(district: District) -> Iterator[str]:
    for enterprise in district.enterprises:
        code = enterprise.credit_code
        total = sum(
            CREDIT_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17])
        )
        if len(code) != 18 or CREDIT_ALPHABET[(31 - total % 31) % 31] != code[17]:
            yield f"credit code {code}"
    for placement in district.placements:
        if not 1 <= placement.pay_day <= 28:
            yield f"pay day of {placement.code}"
    for row in district.attendance:
        if (row.came_at is None) != (row.left_at is None) or not 0 <= row.hours <= 24:
            yield f"times of {row.placement_code} on {row.day}"
    for post in district.posts:
        if post.staff_count < 1:
            yield f"staff of {post.code}"


def ends_before_start(district: District) -> Iterator[str]:
    for placement in district.placements:
        if min(placement.ends_on, placement.last) < placement.starts_on:
            yield f"placement {placement.code} ends before it starts"
    for rows in (district.policies, district.insured, district.filings, district.apprentices):
        for row in rows:
            if row.ends_on < row.starts_on:
                yield f"{row} ends before it starts"
    for policy in district.policies:
        if policy.status == "退保" and policy.surrendered_on is None:
            yield f"policy {policy.number} was surrendered on no day"


def sharing_a_day(district: District) -> Iterator[str]:
    periods: dict[Any, list[tuple[Any, Any, str]]] = defaultdict(list)
    for placement in district.placements:
        if placement.kind == "岗位实习" and placement.status in ("已批准", "实习中", "已结束"):
            period = (placement.starts_on, placement.last, placement.code)
            periods["placement", placement.learner].append(period)
    for row in district.apprentices:
        periods["apprentice", row.learner].append((row.starts_on, row.ends_on, row.code))
    for (what, learner), those in periods.items():
        for one, other in combinations(those, 2):
            if one[0] <= other[1] and other[0] <= one[1]:
                yield f"{what}s {one[2]} and {other[2]} of {learner} share a day"


def outside_the_policy(district: District) -> Iterator[str]:
    for row in district.insured:
        policy = district.policy[row.policy_number]
        if row.starts_on < policy.starts_on or row.ends_on > policy.ends_on:
            yield f"{row} is not within its policy"


def identities(district: District) -> Iterator[str]:
    enrolled = Counter(row.id_number for row in district.students if row.status == "在籍")
    for number, count in enrolled.items():
        if count > 1:
            yield f"{number} is enrolled {count} times"
