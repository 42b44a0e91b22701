"""A school gathers placements into a batch and files it once; the rules read what was filed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import Operation
from compliance.start_gate import verdict
from internships.hosts.batches import (
    add_to_batch,
    file_batch,
    in_no_batch,
    open_batch,
    take_out,
)
from internships.life.refusals import NotPermitted, TermsRefused, TransitionNotAllowed
from internships.models import Filing, FilingBatch, FilingMatter, Hazard, Placement
from people.roles import Role
from tests.api.clients import signed_in as api_of
from tests.console.sites import NOW, ON, District, join, signed_in
from tests.life.cast import ENDS_ON, STARTS_ON, Cast
from tests.rules.builders import insure, make_learner, make_post, make_school

pytestmark = pytest.mark.django_db
COORDINATOR = Role.SCHOOL_COORDINATOR


@pytest.fixture
def cast() -> Cast:
    """Somebody of age at a post that is not without danger."""
    return Cast(born_on=date(2008, 1, 1), post=make_post(hazards=[Hazard.HEIGHT]))


def opened(cast: Cast, placement: Placement, *, matters: tuple[str, ...] = ()) -> FilingBatch:
    return open_batch(cast.school, matters=matters, placements=[placement], **cast.by(COORDINATOR))


def filed(cast: Cast, batch: FilingBatch, **values: Any) -> FilingBatch:
    given = {"number": "2026-9", "filed_on": cast.on, **values}
    return file_batch(batch, **given, **cast.by(COORDINATOR))


def rules_against(cast: Cast, placement: Placement) -> list[str]:
    return [reason.rule for reason in verdict(placement, on=cast.on, at=cast.at).reasons]


def test_what_a_batch_files_is_read_by_the_rules(cast: Cast) -> None:
    placement = cast.signed()
    insure(cast.learner, STARTS_ON, ENDS_ON)
    batch = opened(cast, placement, matters=(FilingMatter.HIGH_RISK,))

    gathered = rules_against(cast, placement)
    filed(cast, batch)

    filing = Filing.objects.get()
    assert gathered == ["HAZ-01"]
    assert rules_against(cast, placement) == []
    assert (filing.post, filing.school, filing.filed_on) == (cast.post, cast.school, cast.on)
    assert (filing.period.lower, filing.period.upper) == (STARTS_ON, date(2027, 3, 4))
    assert batch.entries.get().filing == filing


def test_a_batch_without_matters_reports_and_allows_nothing(cast: Cast) -> None:
    placement = cast.signed()
    insure(cast.learner, STARTS_ON, ENDS_ON)

    filed(cast, opened(cast, placement))

    assert rules_against(cast, placement) == ["HAZ-01"]
    assert not Filing.objects.exists()


def test_a_filed_batch_is_not_changed(cast: Cast) -> None:
    placement = cast.submitted()
    batch = filed(cast, opened(cast, placement))
    by = cast.by(COORDINATOR)

    for change in (add_to_batch, take_out):
        with pytest.raises(TransitionNotAllowed, match="已经备案"):
            change(batch, placements=[placement], **by)
    with pytest.raises(TransitionNotAllowed):
        filed(cast, batch, number="2026-10")

    assert FilingBatch.objects.get().number == "2026-9"
    assert batch.entries.count() == 1


def test_what_cannot_be_filed_is_refused(cast: Cast) -> None:
    placement = cast.submitted()
    batch = opened(cast, placement)

    with pytest.raises(TermsRefused, match="晚于今天"):
        filed(cast, batch, filed_on=date(2026, 11, 25))
    with pytest.raises(TermsRefused, match="备案编号"):
        filed(cast, batch, number=" ")
    take_out(batch, placements=[placement], **cast.by(COORDINATOR))
    with pytest.raises(TransitionNotAllowed, match="还没有"):
        filed(cast, batch)
    filed(cast, opened(cast, placement))
    with pytest.raises(TransitionNotAllowed, match="已经用过"):
        filed(cast, opened(cast, placement))

    assert FilingBatch.objects.filter(filed_on__isnull=False).count() == 1


def test_a_batch_holds_its_own_schools_placements_and_is_its_own_schools_to_file(
    cast: Cast,
) -> None:
    other = Cast(learner=make_learner(school=make_school("5001170002")))
    own, foreign = cast.submitted(), other.submitted()
    batch = opened(cast, own)

    with pytest.raises(TermsRefused, match="本校"):
        add_to_batch(batch, placements=[foreign], **cast.by(COORDINATOR))
    for one, role in ((other, COORDINATOR), (cast, Role.COMMISSION), (cast, Role.ENTERPRISE_HR)):
        with pytest.raises(NotPermitted):
            file_batch(batch, number="1", filed_on=one.on, **one.by(role))

    assert [entry.placement for entry in batch.entries.all()] == [own]


def test_who_is_in_no_batch_is_shown(cast: Cast) -> None:
    drafted = Cast(born_on=date(2008, 1, 1)).drafted()
    placement = cast.submitted()

    before = list(in_no_batch(cast.as_(COORDINATOR)))
    opened(cast, placement)

    assert before == [placement]
    assert list(in_no_batch(cast.as_(COORDINATOR))) == []
    assert drafted.school == cast.school


@pytest.fixture
def district(monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return District()


def test_a_batch_is_gathered_and_filed_over_the_api(district: District) -> None:
    school = api_of(join("ca", COORDINATOR, district.schools["A"]))
    commission = api_of(join("k", Role.COMMISSION))
    keys = {name: district[name].pk for name in ("A1", "A2", "B1")}
    asked = {"school": district.schools["A"].pk, "placements": [keys["A1"]], "matters": ["night"]}

    foreign = school.post("/batches", asked | {"placements": [keys["B1"]]})
    made = school.post("/batches", asked)
    address = f"/batches/{made.json()['id']}"
    hidden = commission.get(address).status_code
    added = school.post(f"{address}/add", {"placements": [keys["A2"]]})
    sent = school.post(f"{address}/file", {"number": "2026-9", "filed_on": f"{ON}"})

    assert (foreign.status_code, made.status_code, hidden) == (422, 201, 404)
    assert [row["code"] for row in added.json()["entries"]] == ["A1", "A2"]
    assert {row["filing"] for row in sent.json()["entries"]} == {"2026-9-1"}
    assert commission.get(address).json()["number"] == "2026-9"
    assert school.codes("/batches/missing") == ["A3"]
    assert school.post(f"{address}/add", {"placements": [keys["A1"]]}).status_code == 409
    refused = commission.post(f"{address}/take-out", {"placements": [keys["A1"]]})
    assert refused.status_code == 403


def test_the_pages_gather_file_and_give_a_workbook_on_record(district: District) -> None:
    browser = signed_in(join("ca", COORDINATOR, district.schools["A"]))
    stranger = signed_in(join("cb", COORDINATOR, district.schools["B"]))

    browser.post("/batches/gather", {"placement": [district["A1"].pk, district["B1"].pk]})
    page = f"/batches/{FilingBatch.objects.get().public_id}"
    late = browser.post(f"{page}/file", {"number": "2026-9", "filed_on": "2026-11-25"})
    browser.post(f"{page}/file", {"number": "2026-9", "filed_on": f"{ON}"})
    book = browser.get(f"{page}/export.xlsx")

    rows = list(load_workbook(BytesIO(book.content)).worksheets[0].iter_rows(values_only=True))
    assert late.status_code == 422
    assert [row[0] for row in rows[2:]] == ["A1"]
    assert rows[0][:2] == ("A", "2026-9")
    assert Operation.objects.get(kind="export").counts == {"placements": 1}
    assert [stranger.get(f"{page}{end}").status_code for end in ("", "/export.xlsx")] == [404, 404]
    assert "2026-9" in browser.get("/batches").content.decode()
    assert '<a href="/batches" aria-current="page">' in browser.get(page).content.decode()


def test_the_list_says_at_which_host_and_post_somebody_is_who_is_in_no_batch(
    district: District,
) -> None:
    browser = signed_in(join("ca", COORDINATOR, district.schools["A"]))

    page = browser.get("/batches").content.decode()

    posts = [district[name].terms.get() for name in ("A1", "A3")]
    assert all(f"{terms.enterprise.name} · {terms.post.title}" in page for terms in posts)
    assert len({terms.enterprise for terms in posts}) == 2


def test_the_list_asks_the_same_for_three_who_are_in_no_batch_and_for_fifty(
    district: District,
) -> None:
    browser = signed_in(join("ca", COORDINATOR, district.schools["A"]))
    browser.get("/batches")
    numbers = []
    for more in (0, 47):
        for number in range(more):
            district.place(f"A{number + 100}", ("A", "E", "TA1", "ME1"))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/batches").status_code == 200
        numbers.append(len(asked))

    assert numbers[0] == numbers[1] < 20


def test_a_form_sent_twice_makes_one_batch_and_finds_nobody_elses(district: District) -> None:
    browser = signed_in(join("ca", COORDINATOR, district.schools["A"]))
    colleague = signed_in(join("cc", COORDINATOR, district.schools["A"]))
    sent = {"placement": [district["A1"].pk], "once": f"{uuid4()}"}

    first = browser.post("/batches/gather", sent)
    again = browser.post("/batches/gather", sent)
    taken = colleague.post("/batches/gather", sent)
    broken = browser.post("/batches/gather", sent | {"once": "x"})

    assert first.status_code == again.status_code == 302
    page = f"/batches/{FilingBatch.objects.get().public_id}"
    assert [answer.headers["Location"] for answer in (first, again)] == [page, page]
    assert [taken.status_code, broken.status_code] == [403, 403]
    assert 'name="once"' in browser.get("/batches").content.decode()


def test_a_batch_asks_the_same_for_one_placement_and_for_three(district: District) -> None:
    user = join("ca", COORDINATOR, district.schools["A"])
    browser, api = signed_in(user), api_of(user)
    browser.post("/batches/gather", {"placement": [district["A1"].pk]})
    batch = FilingBatch.objects.get()
    numbers = []
    for more in ((), ("A2", "A3")):
        keys = [district[name].pk for name in more]
        browser.post("/batches/gather", {"placement": keys, "batch": f"{batch.public_id}"})
        for ask, address in (
            (browser.get, f"/batches/{batch.public_id}"),
            (api.get, f"/batches/{batch.public_id}"),
        ):
            ask(address)
            with CaptureQueriesContext(connection) as asked:
                assert ask(address).status_code == 200
            numbers.append(len(asked))

    assert batch.entries.count() == 3
    assert numbers[:2] == numbers[2:]
