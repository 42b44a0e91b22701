"""HOST-04, 05, 07, 08, 09 and 10: which hosts and posts, how many interns, for how long."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from internships.models import PlacementKind, PlacementState
from people.models import EnterpriseNature, VenueKind
from tests.rules.builders import (
    facts_of,
    fires,
    found,
    make_enterprise,
    make_learner,
    make_placement,
    make_post,
    make_school,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("venue", "word"),
    [
        ("", None),
        (VenueKind.BAR, "酒吧"),
        (VenueKind.NIGHTCLUB, "夜总会"),
        (VenueKind.SONG_HALL, "歌厅"),
        (VenueKind.BATH_CENTRE, "洗浴中心"),
        (VenueKind.GAME_HALL, "电子游戏厅"),
        (VenueKind.INTERNET_CAFE, "网吧"),
        (VenueKind.OTHER_ENTERTAINMENT, "其他营业性娱乐场所"),
    ],
)
def test_no_student_is_placed_at_an_entertainment_venue(venue: str, word: str | None) -> None:
    placement = make_placement(post=make_post(make_enterprise(venue=venue)))

    alerts = found("HOST-04", ON)

    assert alerts == ([(placement.code, "", "block", {"venue": word})] if word else [])


@pytest.mark.parametrize(
    ("nature", "expected"),
    [
        (EnterpriseNature.EMPLOYER, False),
        (EnterpriseNature.INTERMEDIARY, True),
        (EnterpriseNature.LABOUR_DISPATCH, True),
    ],
)
def test_no_student_is_placed_through_an_intermediary(
    nature: EnterpriseNature, expected: bool
) -> None:
    post = make_post(make_enterprise(nature=nature))
    placement = make_placement(post=post, kind=PlacementKind.ORIENTATION)

    assert found("HOST-05", ON) == ([(placement.code, "", "block", {})] if expected else [])


@pytest.mark.parametrize(
    ("major_code", "groups", "expected"),
    [
        ("710204", ["11"], False),
        ("710204", ["10", "12"], True),
        ("710204", [], False),
        ("510204", ["11"], False),
        ("310204K", ["11"], False),
        ("210101", ["01"], False),
        ("390101", ["19"], False),
        ("610101", ["01"], False),
        ("790101", ["01"], True),
    ],
)
def test_post_that_lists_major_groups_takes_students_of_those(
    major_code: str, groups: list[str], expected: bool
) -> None:
    placement = make_placement(
        learner=make_learner(major_code=major_code), post=make_post(major_groups=groups)
    )

    assert found("HOST-07", ON) == ([(placement.code, "", "warning", {})] if expected else [])


def test_major_group_does_not_matter_to_orientation() -> None:
    make_placement(post=make_post(major_groups=["01"]), kind=PlacementKind.ORIENTATION)

    assert not fires("HOST-07", ON)


@pytest.mark.parametrize(("staff", "expected"), [(20, False), (19, True)])
def test_interns_are_at_most_a_tenth_of_the_staff_over_all_posts_and_schools(
    staff: int, expected: bool
) -> None:
    enterprise = make_enterprise(staff_count=staff)
    other_school = make_school("5001170002")
    make_placement(post=make_post(enterprise))
    make_placement(post=make_post(enterprise), learner=make_learner(school=other_school))

    alerts = found("HOST-08", ON)

    facts = {"interns": 2, "staff": staff}
    assert alerts == ([(enterprise.credit_code, "", "warning", facts)] if expected else [])


@pytest.mark.parametrize(("headcount", "expected"), [(10, False), (9, True)])
def test_interns_are_at_most_a_fifth_of_the_staff_on_the_post(
    headcount: int, expected: bool
) -> None:
    post = make_post(headcount=headcount)
    for _ in range(2):
        make_placement(post=post)

    alerts = found("HOST-09", ON)

    facts = {"interns": 2, "staff": headcount}
    assert alerts == ([(post.code, "", "warning", facts)] if expected else [])


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        ({}, True),
        ({"starts_on": date(2026, 10, 1)}, True),
        ({"starts_on": date(2026, 10, 2)}, False),
        ({"ends_on": date(2026, 10, 1)}, True),
        ({"ends_on": date(2026, 9, 30)}, False),
        ({"ended_on": date(2026, 9, 30)}, False),
        ({"state": PlacementState.APPROVED}, False),
        ({"state": PlacementState.ENDED}, False),
        ({"kind": PlacementKind.ORIENTATION}, False),
    ],
)
def test_interns_of_the_day_are_active_production_internships(
    values: dict[str, Any], counted: bool
) -> None:
    post = make_post(make_enterprise(staff_count=9), headcount=4)
    make_placement(post=post, **values)

    assert fires("HOST-08", ON) is counted
    assert fires("HOST-09", ON) is counted


@pytest.mark.parametrize(
    ("ends_on", "expected"), [(date(2026, 9, 30), []), (date(2026, 10, 1), [{"days": 185}])]
)
def test_production_internships_of_a_student_sum_to_at_most_184_days(
    ends_on: date, expected: list[dict[str, int]]
) -> None:
    learner = make_learner()
    make_placement(
        learner=learner,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 5, 31),
        state=PlacementState.ENDED,
    )
    make_placement(learner=learner, starts_on=date(2026, 7, 1), ends_on=ends_on)

    assert facts_of("HOST-10", ON) == expected


def test_long_internships_are_told_of_the_learner_identity() -> None:
    learner = make_learner(student_number="2024-001")
    make_placement(learner=learner, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))

    assert found("HOST-10", ON) == [("5001170001:2024-001", "", "warning", {"days": 365})]


def test_internship_long_over_still_counts_beside_a_standing_one() -> None:
    learner = make_learner()
    make_placement(
        learner=learner,
        starts_on=date(2024, 9, 1),
        ends_on=date(2025, 2, 28),
        state=PlacementState.ENDED,
    )
    make_placement(learner=learner, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 4))

    assert facts_of("HOST-10", ON) == [{"days": 185}]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 5, 1)}, False),
        ({"starts_on": date(2026, 9, 20), "ends_on": date(2026, 9, 20)}, True),
        ({"starts_on": date(2026, 9, 20), "kind": PlacementKind.ORIENTATION}, False),
        ({"starts_on": date(2026, 9, 20), "state": PlacementState.DRAFT}, False),
    ],
)
def test_one_of_the_summed_internships_must_stand(second: dict[str, Any], expected: bool) -> None:
    learner = make_learner()
    make_placement(
        learner=learner,
        starts_on=date(2025, 3, 1),
        ends_on=date(2025, 9, 30),
        state=PlacementState.ENDED,
    )
    make_placement(learner=learner, **second)

    assert fires("HOST-10", ON) is expected
