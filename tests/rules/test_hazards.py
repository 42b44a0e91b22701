"""HAZ-01, HAZ-02 and HAZ-04: high risk without a filing, minors at a hazard, heavy labour."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from common.ranges import days
from internships.models import FilingMatter, Hazard, PlacementKind
from tests.rules.builders import (
    file_matter,
    fires,
    found,
    make_learner,
    make_placement,
    make_post,
    make_school,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 1)


def test_high_risk_hazards_are_told_in_the_words_of_the_file_sorted_by_code_point() -> None:
    hazards = [Hazard.TOXIC, Hazard.HEIGHT, Hazard.DUST, Hazard.OTHER_HIGH_RISK, Hazard.FLAMMABLE]
    placement = make_placement(post=make_post(hazards=hazards))

    words = ["其他高风险", "易燃易爆", "有毒", "高空"]
    assert found("HAZ-01", ON) == [(placement.code, "", "block", {"hazards": words})]


@pytest.mark.parametrize(
    ("hazard", "expected"),
    [
        (Hazard.HEIGHT, True),
        (Hazard.UNDERGROUND, True),
        (Hazard.RADIATION, True),
        (Hazard.TOXIC, True),
        (Hazard.FLAMMABLE, True),
        (Hazard.OTHER_HIGH_RISK, True),
        (Hazard.DUST, False),
        (Hazard.HEAT, False),
        (Hazard.COLD, False),
        (Hazard.COLD_WATER, False),
        (Hazard.FORCED_POSTURE, False),
        (Hazard.FAST_LINE, False),
        (Hazard.LOADS, False),
    ],
)
def test_six_hazards_are_of_high_risk_and_all_are_barred_for_minors(
    hazard: Hazard, expected: bool
) -> None:
    minor = make_learner(born_on=date(2009, 1, 1))
    make_placement(learner=minor, post=make_post(hazards=[hazard]))

    assert fires("HAZ-01", ON) is expected
    assert fires("HAZ-02", ON)


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"filed_on": date(2026, 8, 31)}, True),
        ({"filed_on": date(2026, 9, 1)}, False),
        ({"period": days(date(2026, 9, 1), date(2026, 9, 1))}, True),
        ({"period": days(date(2026, 9, 2), date(2026, 12, 31))}, False),
        ({"period": days(date(2026, 1, 1), date(2026, 8, 31))}, False),
        ({"major_code": "710204"}, True),
        ({"major_code": "710204K"}, False),
    ],
)
def test_filing_made_before_the_first_day_and_valid_on_it_allows_high_risk(
    change: dict[str, Any], allowed: bool
) -> None:
    post = make_post(hazards=[Hazard.HEIGHT])
    file_matter(post, FilingMatter.REST_DAY, FilingMatter.HIGH_RISK, **change)
    make_placement(post=post)

    assert fires("HAZ-01", ON) is not allowed


def test_filing_of_another_post_matter_or_school_allows_nothing() -> None:
    post = make_post(hazards=[Hazard.HEIGHT])
    file_matter(make_post(post.enterprise), FilingMatter.HIGH_RISK)
    file_matter(post, FilingMatter.OVERTIME)
    file_matter(post, FilingMatter.HIGH_RISK, school=make_school("5001170002"))
    make_placement(post=post)

    assert fires("HAZ-01", ON)

    file_matter(post, FilingMatter.HIGH_RISK, school=make_school())

    assert not fires("HAZ-01", ON)


def test_filing_of_high_risk_holds_for_minors_too_but_the_hazard_bars_them() -> None:
    post = make_post(hazards=[Hazard.HEIGHT, Hazard.DUST])
    file_matter(post, FilingMatter.HIGH_RISK)
    minor = make_learner(born_on=date(2009, 1, 1))
    placement = make_placement(learner=minor, post=post)

    assert not fires("HAZ-01", ON)
    assert found("HAZ-02", ON) == [(placement.code, "", "block", {"hazards": ["粉尘", "高空"]})]


@pytest.mark.parametrize(
    ("born_on", "expected"), [(date(2008, 8, 31), False), (date(2008, 9, 1), True)]
)
def test_eighteen_is_reached_on_the_day_after_the_birthday(born_on: date, expected: bool) -> None:
    learner = make_learner(born_on=born_on)
    make_placement(learner=learner, post=make_post(hazards=[Hazard.DUST]))

    assert fires("HAZ-02", ON) is expected


@pytest.mark.parametrize(
    ("grade", "expected"), [("", False), ("I", False), ("II", False), ("III", True), ("IV", True)]
)
def test_labour_of_grades_three_and_four_is_barred(grade: str, expected: bool) -> None:
    placement = make_placement(post=make_post(labour_grade=grade))

    alerts = found("HAZ-04", ON)

    assert alerts == ([(placement.code, "", "block", {"grade": grade})] if expected else [])


def test_hazards_do_not_matter_to_orientation() -> None:
    post = make_post(hazards=[Hazard.HEIGHT], labour_grade="IV")
    minor = make_learner(born_on=date(2009, 1, 1))
    make_placement(learner=minor, post=post, kind=PlacementKind.ORIENTATION)

    assert not any(fires(rule_id, ON) for rule_id in ("HAZ-01", "HAZ-02", "HAZ-04"))
