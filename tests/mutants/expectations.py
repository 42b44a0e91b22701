"""What the brute-force reader expects of every rule on the days of 200 districts, side by side."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.districts.making import Generated, make_district
from tests.districts.roster import Cells
from tests.oracle.district import District
from tests.oracle.reading import district_from
from tests.oracle.sweeping import Alert, alerts, narrowed

Line = tuple[str, str, str, str]
"""Subject, period, severity, facts as JSON."""
SCHOOL_DAYS = 4


def line_of(alert: Alert) -> Line:
    facts = json.dumps(alert["facts"], ensure_ascii=False, sort_keys=True)
    return alert["subject"], alert["period"], alert["severity"], facts


@dataclass
class Expectations:
    """Lines by day and rule; `speaks_of` says which subjects a day's districts have."""

    lines: dict[date, dict[str, list[Line]]] = field(default_factory=dict)
    of_school: dict[tuple[date, str], dict[str, list[Line]]] = field(default_factory=dict)
    district_of: dict[str, int] = field(default_factory=dict)
    districts_on: dict[date, set[int]] = field(default_factory=dict)
    planted: dict[str, Counter[date]] = field(default_factory=dict)

    def speaks_of(self, subject: str, on: date) -> bool:
        return self.district_of.get(subject) in self.districts_on[on]

    def days_for(self, rule: str) -> Iterator[date]:
        """The days on which something is planted for a rule, the most telling first."""
        for day, _ in self.planted[rule].most_common():
            yield day


def subjects(district: District) -> Iterator[str]:
    yield from (row.code for row in district.placements)
    yield from (row.credit_code for row in district.enterprises)
    yield from (row.code for row in district.posts)
    yield from (f"{row.school_code}:{row.student_number}" for row in district.students)
    yield from (row.code for row in district.apprentices)


def by_rule(array: Iterable[Alert]) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = defaultdict(list)
    for alert in array:
        lines[alert["rule"]].append(line_of(alert))
    return lines


def side_by_side(generated: Iterable[Generated]) -> dict[str, list[Cells]]:
    """The rows of all districts as those of one."""
    tables: dict[str, list[Cells]] = defaultdict(list)
    for one in generated:
        for stem, rows in one.tables.items():
            tables[stem].extend(rows)
    return tables


def expect(seeds: Iterable[int]) -> tuple[dict[str, list[Cells]], Expectations]:
    """The districts of some seeds as one, and what is expected of it."""
    all_generated = [make_district(seed) for seed in seeds]
    found = Expectations()
    for generated in all_generated:
        district = district_from(generated.tables)
        found.district_of.update(dict.fromkeys(subjects(district), generated.seed))
        for on in generated.as_of:
            array = alerts(district, on)
            found.districts_on.setdefault(on, set()).add(generated.seed)
            day = found.lines.setdefault(on, defaultdict(list))
            for rule, lines in by_rule(array).items():
                day[rule].extend(lines)
            if generated.seed < SCHOOL_DAYS:
                for school in district.schools:
                    mine = narrowed(array, district, on, school=school.code)
                    found.of_school[on, school.code] = by_rule(mine)
        for promise in generated.expected:
            found.planted.setdefault(promise.rule, Counter())[promise.on] += 1
    for day in found.lines.values():
        for lines in day.values():
            lines.sort()
    return side_by_side(all_generated), found
