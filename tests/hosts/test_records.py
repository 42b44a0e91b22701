"""What a school lacks to place at a host is said before it submits, and counts from its day on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

import internships.hosts.keeping as keeping
from internships.hosts.keeping import (
    keep_assessment,
    keep_credit,
    keep_decision,
    papers_missing,
)
from internships.life.drafting import submit
from internships.life.refusals import NotPermitted, TermsRefused, TransitionNotAllowed
from internships.models import AssessedPoint, HostPaper, PlacementState, SiteAssessment
from law.legal_values import value_on
from people.roles import Role
from tests.api.clients import signed_in as api_of
from tests.console.sites import NOW, District, join, signed_in
from tests.life.cast import ON, Cast
from tests.rules.builders import make_learner, make_school
from tests.walk.routes import CHOICE, VISIT

pytestmark = pytest.mark.django_db
COORDINATOR = Role.SCHOOL_COORDINATOR
GOOD = date(2027, 11, 24)
FINDINGS = dict.fromkeys(AssessedPoint.values, "符合要求")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def visited(cast: Cast, **values: Any) -> SiteAssessment:
    given = {
        "visited_on": ON,
        "visitors": "李老师",
        "findings": FINDINGS,
        "passed": True,
        "valid_until": GOOD,
        **values,
    }
    return keep_assessment(cast.school, cast.host, **given, **cast.by(COORDINATOR))


def checked(cast: Cast, kind: str, **values: Any) -> None:
    given = {"checked_on": ON, "source": "信用中国", "valid_until": GOOD, **values}
    keep_credit(cast.school, cast.host, kind=kind, **given, **cast.by(COORDINATOR))


def chosen(cast: Cast, **values: Any) -> None:
    given = {"decided_on": ON, "meeting": "党委会〔2026〕3号", "published_on": ON, **values}
    keep_decision(cast.school, cast.host, **given, **cast.by(COORDINATOR))


def complete(cast: Cast) -> None:
    visited(cast)
    checked(cast, "credit")
    checked(cast, "safety")
    chosen(cast)


def missing(cast: Cast, on: date = ON) -> list[HostPaper]:
    return papers_missing(cast.school.pk, cast.host.pk, on=on)


def test_all_is_missing_at_first_and_nothing_once_it_is_kept(cast: Cast) -> None:
    other = Cast(learner=make_learner(school=make_school("5001170002")), post=cast.post)
    before = missing(cast)

    complete(cast)

    assert before == list(HostPaper)
    assert missing(cast) == []
    assert missing(other) == list(HostPaper)


@pytest.mark.parametrize(("on", "lacks"), [(GOOD, False), (date(2027, 11, 25), True)])
def test_a_record_is_good_to_its_last_day(cast: Cast, on: date, lacks: bool) -> None:
    complete(cast)

    found = missing(cast, on)

    assert found == ([HostPaper.ASSESSMENT, HostPaper.CREDIT, HostPaper.SAFETY] if lacks else [])


@pytest.mark.parametrize(
    ("violation_on", "lacks"), [(date(2023, 11, 24), True), (date(2023, 11, 23), False)]
)
def test_a_violation_counts_for_three_years(cast: Cast, violation_on: date, lacks: bool) -> None:
    complete(cast)

    checked(cast, "safety", violation_on=violation_on)

    assert missing(cast) == ([HostPaper.SAFETY] if lacks else [])


def test_the_latest_visit_counts_and_a_choice_is_published_apart(cast: Cast) -> None:
    complete(cast)

    visited(cast, passed=False)
    chosen(cast, published_on=None)

    assert missing(cast) == [HostPaper.ASSESSMENT, HostPaper.PUBLICATION]


@pytest.mark.parametrize(
    "values",
    [
        {"findings": {**FINDINGS, "lodging": " "}},
        {"visited_on": date(2026, 11, 25)},
        {"valid_until": date(2026, 11, 23)},
        {"visitors": ""},
    ],
)
def test_a_visit_that_cannot_be_is_refused(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(TermsRefused):
        visited(cast, **values)

    assert not SiteAssessment.objects.exists()


def test_another_school_and_the_host_keep_nothing_for_a_school(cast: Cast) -> None:
    other = Cast(learner=make_learner(school=make_school("5001170002")), post=cast.post)

    for actor in (other.by(COORDINATOR), cast.by(Role.ENTERPRISE_HR), cast.by(Role.COMMISSION)):
        with pytest.raises(NotPermitted):
            keep_decision(cast.school, cast.host, decided_on=ON, meeting="x", **actor)

    assert missing(cast) == list(HostPaper)


def test_submitting_is_refused_for_it_only_where_the_parameter_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = cast.submitted()
    strict = Cast()
    draft = strict.drafted()

    def required(name: str, day: date) -> Any:
        return True if name == "host_papers_required" else value_on(name, day)

    monkeypatch.setattr(keeping, "value_on", required)
    with pytest.raises(TransitionNotAllowed, match="实地考察评估、信用记录"):
        submit(draft, **strict.by(COORDINATOR))
    complete(strict)

    assert free.state == PlacementState.SUBMITTED
    assert submit(draft, **strict.by(COORDINATOR)).state == PlacementState.SUBMITTED


@pytest.fixture
def district(monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return District()


def test_records_are_kept_over_the_api_and_seen_by_school_and_commission(
    district: District,
) -> None:
    school = district.schools["A"]
    own = api_of(join("ca", COORDINATOR, school))
    others = {
        "other": api_of(join("cb", COORDINATOR, district.schools["B"])),
        "host": api_of(join("h", Role.ENTERPRISE_HR, district.enterprises["E"])),
        "commission": api_of(join("k", Role.COMMISSION)),
    }
    address = f"/hosts/{district.enterprises['E'].pk}"

    made = own.post(f"{address}/assess", VISIT | {"school": school.pk})
    bad = own.post(f"{address}/assess", VISIT | {"school": school.pk, "findings": {}})
    foreign = others["other"].post(f"{address}/decide", CHOICE | {"school": school.pk})

    assert (made.status_code, bad.status_code, foreign.status_code) == (201, 422, 422)
    assert made.json()["missing"][0]["papers"] == ["credit", "safety", "decision", "publication"]
    seen = {
        who: len(api.get(f"{address}/records").json()["assessments"]) for who, api in others.items()
    }
    assert seen == {"other": 0, "host": 0, "commission": 1}


def test_the_page_says_what_is_missing_and_keeps_what_is_sent(district: District) -> None:
    browser = signed_in(join("ca", COORDINATOR, district.schools["A"]))
    host = signed_in(join("h", Role.ENTERPRISE_HR, district.enterprises["E"]))
    page = f"/hosts/{district.enterprises['E'].pk}"
    sent = {**VISIT, **FINDINGS}

    before = browser.get(page).content.decode()
    refused = browser.post(f"{page}/records/assess", sent | {"safety": ""})
    done = browser.post(f"{page}/records/assess", sent)

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "还缺：实地考察评估、信用记录" in before
    assert "还缺：信用记录、安全生产记录" in browser.get(page).content.decode()
    assert "李老师" not in host.get(page).content.decode()
    assert host.get(f"{page}/records/assess").status_code == 403
