"""What ends a case: its cause was mended, or there is nothing left that its rule could judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from compliance.cases.still_judged import still_judged
from compliance.models import Alert
from compliance.registry import all_rules
from insurance.models import CoverKind
from internships.models import Placement, PlacementState
from people.models import EnrolmentStatus
from tests.cases.test_judging import judged
from tests.rules.builders import attend_all, insure, make_placement, make_post, workdays
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def change(placement: Placement, **values: object) -> None:
    Placement.objects.filter(pk=placement.pk).update(**values)


def end(placement: Placement) -> None:
    """The placement really ended the day before."""
    change(placement, ended_on=ON - timedelta(days=1), state=PlacementState.ENDED)


def suspend(placement: Placement, status: EnrolmentStatus = EnrolmentStatus.SUSPENDED) -> None:
    placement.learner.status = status
    placement.learner.save()


def man(placement: Placement, staff: int, headcount: int) -> None:
    """The numbers of staff of the host, and of the post."""
    post = placement.terms.get().post
    post.headcount = headcount
    post.save()
    post.enterprise.staff_count = staff
    post.enterprise.save()


@dataclass(frozen=True)
class Story:
    """A case of a rule, what mends its cause, and what takes its subject from the rule."""

    rule: str
    given: Callable[[], Placement]
    mend: Callable[[Placement], object]
    leave: Callable[[Placement], object]
    period: str = ""


def suspended() -> Placement:
    placement = make_placement()
    suspend(placement)
    return placement


def few_at_the_host() -> Placement:
    placement = make_placement(post=make_post())
    man(placement, staff=1, headcount=1)
    return placement


STORIES = (
    Story(
        "ELIG-03",
        given=lambda: make_placement(student_consented_on=None),
        mend=lambda placement: change(placement, student_consented_on=placement.starts_on),
        leave=lambda placement: change(placement, starts_on=ON + timedelta(days=29)),
    ),
    Story(
        "ELIG-06",
        given=suspended,
        mend=lambda placement: suspend(placement, EnrolmentStatus.ENROLLED),
        leave=end,
    ),
    Story(
        "INS-05",
        given=make_placement,
        mend=lambda placement: insure(
            placement.learner, placement.starts_on, placement.ends_on, kind=CoverKind.ACCIDENT
        ),
        leave=end,
    ),
    Story(
        "ATT-01",
        given=make_placement,
        mend=lambda placement: attend_all(placement, workdays(*OCTOBER)),
        leave=lambda placement: change(
            placement, ended_on=date(2026, 9, 30), state=PlacementState.ENDED
        ),
        period="2026-10",
    ),
    Story(
        "HOST-08",
        given=few_at_the_host,
        mend=lambda placement: man(placement, staff=100, headcount=1),
        leave=end,
    ),
    Story(
        "HOST-09",
        given=few_at_the_host,
        mend=lambda placement: man(placement, staff=1, headcount=100),
        leave=end,
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.rule)
@pytest.mark.parametrize("ending", ["cured", "lapsed"])
def test_case_is_cured_by_mending_its_cause_and_lapses_with_what_was_judged(
    story: Story, ending: str
) -> None:
    placement = story.given()
    judged()
    opened = Alert.objects.get(rule=story.rule, period=story.period)
    assert opened.state == "open"

    (story.mend if ending == "cured" else story.leave)(placement)
    judged()

    opened.refresh_from_db()
    assert opened.state == ending


def test_whatever_a_rule_finds_is_among_what_it_judges() -> None:
    break_every_rule()

    for rule in all_rules():
        found = {(finding.subject_key, finding.period) for finding in rule.alerts(ON)}
        rows = still_judged(rule, ON, among=rule.scope.model._default_manager.all())
        judged_rows = set(rows)

        beyond = {
            (key, period)
            for key, period in found
            if (key, period) not in judged_rows and (key, None) not in judged_rows
        }
        assert found, rule.id
        assert beyond == set(), rule.id
