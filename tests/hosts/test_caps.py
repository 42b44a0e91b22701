"""How many more students a host may take is shown before anybody is submitted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compliance.host_caps import caps_of
from internships.models import PlacementState
from tests.rules.builders import make_enterprise, make_placement, make_post

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


def test_who_is_there_and_who_is_coming_count_against_what_the_staff_allows() -> None:
    host = make_enterprise(staff_count=29)
    post, other = make_post(host, headcount=5), make_post(host, headcount=24)
    make_placement(post=post, starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 24))
    make_placement(post=other, starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 23))
    coming: dict[str, Any] = {"starts_on": date(2026, 12, 1), "ends_on": date(2027, 2, 1)}
    make_placement(post=other, state=PlacementState.ACCEPTED, **coming)
    make_placement(post=other, state=PlacementState.DRAFT, **coming)

    caps = caps_of(host, on=ON)

    said = [(cap.post, cap.interns, cap.coming, cap.most, cap.left) for cap in caps]
    assert said == [(None, 1, 1, 2, 0), (post, 1, 0, 1, 0), (other, 0, 1, 4, 3)]
    assert not any(cap.is_over for cap in caps)


def test_one_too_many_is_said_to_be_over() -> None:
    host = make_enterprise(staff_count=19)
    post = make_post(host, headcount=20)
    for _ in range(2):
        make_placement(post=post, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 1))

    whole, one = caps_of(host, on=ON)

    assert (whole.most, whole.left, whole.is_over) == (1, 0, True)
    assert (one.most, one.left, one.is_over) == (4, 2, False)
