"""Papers over the API: the school writes and issues, each party reads its own, strangers none."""

from __future__ import annotations

import hashlib

import pytest
import uuid6
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from internships.models import Document, DocumentKind, Placement
from people.roles import Role
from tests.api.clients import Browser, signed_in
from tests.api.test_refusals import refused
from tests.life.cast import Cast
from tests.rules.builders import make_learner, make_school
from tests.signing.papers import SAID, issued, worded

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    made = Cast()
    monkeypatch.setattr(timezone, "now", lambda: made.at)
    return made


def of(cast: Cast, role: Role) -> Browser:
    return signed_in(cast.users[role])


def stranger() -> Cast:
    """Another school's, with a placement of its own."""
    school = make_school("5001170077")
    return Cast(learner=make_learner(school=school))


def test_the_school_writes_what_is_missing_and_issues_the_paper(cast: Cast) -> None:
    school = of(cast, Role.SCHOOL_COORDINATOR)
    placement = cast.accepted()
    address = f"/placements/{placement.pk}"
    empty = school.get(f"{address}/wording")
    missing = school.post(f"{address}/documents", {"kind": "agreement"})

    written = school.post(f"{address}/wording", SAID, if_match=empty.headers["ETag"])
    worded(cast, placement)
    answer = school.post(f"{address}/documents", {"kind": "agreement"})

    assert (empty.json()["version"], written.json()["version"]) == (0, 1)
    assert {row["check"] for row in empty.json()["faults"]} == {"AGR-02"}
    assert [row["field"] for row in written.json()["faults"]] == ["cover"]
    assert missing.status_code == 422
    assert {row["place"] for row in missing.json()["errors"]} >= {"/place", "/cover"}
    assert answer.status_code == 200, answer.content
    assert answer.json()["stands"] is True
    pdf = school.client.get(answer.json()["href"])
    assert hashlib.sha256(pdf.content).hexdigest() == answer.json()["sha256"]
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Content-Disposition"].startswith("attachment; ")
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in pdf.headers["Cache-Control"]


def test_a_change_on_another_version_than_was_seen_is_refused(cast: Cast) -> None:
    school = of(cast, Role.SCHOOL_COORDINATOR)
    placement = worded(cast, cast.accepted())
    address = f"/placements/{placement.pk}/wording"

    stale = school.post(address, {"place": "别处"}, if_match='"0"')
    unmarked = school.post(address, {"place": "别处"})

    refused(stale, 412, "changed-meanwhile")
    refused(unmarked, 428, "if-match-required")
    assert placement.wordings.count() == 1


def test_sent_twice_a_paper_is_issued_once(cast: Cast) -> None:
    school = of(cast, Role.SCHOOL_COORDINATOR)
    placement = worded(cast, cast.accepted())
    address = f"/placements/{placement.pk}/documents"

    first = school.post(address, {"kind": "consent"}, idempotency_key="k")
    again = school.post(address, {"kind": "consent"}, idempotency_key="k")

    assert first.json() == again.json()
    assert Document.objects.count() == 1


def test_each_party_reads_the_papers_that_are_its_own(cast: Cast) -> None:
    placement = worded(cast, cast.accepted())
    agreement = issued(cast, placement)
    letter = issued(cast, placement, DocumentKind.CONSENT)

    def kinds(role: Role) -> list[str]:
        answer = of(cast, role).get(f"/placements/{placement.pk}/documents")
        return sorted(row["kind"] for row in answer.json())

    def statuses(role: Role) -> list[int]:
        reader = of(cast, role)
        return [
            reader.get(f"/documents/{paper.public_id}{end}").status_code
            for paper in (agreement, letter)
            for end in ("", "/pdf")
        ]

    for role in (Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.STUDENT, Role.GUARDIAN):
        assert kinds(role) == ["agreement", "consent"], role
        assert statuses(role) == [200] * 4, role
    assert kinds(Role.ENTERPRISE_HR) == ["agreement"]
    assert statuses(Role.ENTERPRISE_HR) == [200, 200, 404, 404]
    assert kinds(Role.COMMISSION) == []
    assert statuses(Role.COMMISSION) == [404] * 4


def test_a_stranger_who_has_papers_reaches_none_of_these(cast: Cast) -> None:
    placement = worded(cast, cast.accepted())
    paper = issued(cast, placement)
    other = stranger()
    own = worded(other, other.accepted())
    its_own = issued(other, own)
    reader = of(other, Role.SCHOOL_COORDINATOR)
    kind = {"kind": "agreement"}

    for address in (f"/placements/{{}}/{word}" for word in ("wording", "documents")):
        assert reader.get(address.format(own.pk)).status_code == 200
        assert reader.get(address.format(placement.pk)).status_code == 404
    assert reader.get(f"/documents/{its_own.public_id}/pdf").status_code == 200
    refused(reader.get(f"/documents/{paper.public_id}/pdf"), 404, "not-found")
    assert reader.post(f"/placements/{own.pk}/documents", kind).status_code == 200
    assert reader.post(f"/placements/{placement.pk}/documents", kind).status_code == 404
    foreign = reader.post(f"/placements/{placement.pk}/wording", {"place": "x"}, if_match="*")
    assert foreign.status_code == 404
    assert placement.wordings.count() == 1


def test_who_reads_and_may_not_write_is_told_so(cast: Cast) -> None:
    placement = worded(cast, cast.accepted())
    address = f"/placements/{placement.pk}"

    for role in (Role.ENTERPRISE_HR, Role.STUDENT, Role.GUARDIAN, Role.COMMISSION):
        who = of(cast, role)
        written = who.post(f"{address}/wording", {"place": "x"}, if_match="*")
        paper = who.post(f"{address}/documents", {"kind": "agreement"})
        assert who.get(f"{address}/wording").json()["faults"] is None
        refused(written, 403, "not-permitted")
        refused(paper, 403, "not-permitted")


def test_what_no_content_is_called_is_refused_by_its_name(cast: Cast) -> None:
    school = of(cast, Role.SCHOOL_COORDINATOR)
    placement = cast.accepted()

    answer = school.post(f"/placements/{placement.pk}/wording", {"deposit": "1"}, if_match="*")

    assert answer.status_code == 422
    assert [row["place"] for row in answer.json()["errors"]] == ["/deposit"]


def test_the_page_names_the_field_of_each_content_that_is_missing(cast: Cast) -> None:
    school = of(cast, Role.SCHOOL_COORDINATOR)
    placement = cast.accepted()
    address = f"/placements/{placement.pk}/papers"

    page = school.client.get(address).content.decode()
    refused = school.client.post(f"{address}/issue", {"kind": "agreement"}).content.decode()

    assert "第 1 项内容 · 学校联系人及电话：这一项还没有填写" in page
    assert " 实习地点：这一项还没有填写 " in refused


def test_the_page_says_what_is_left_to_do_once_nothing_can_be_written_any_more(cast: Cast) -> None:
    school = of(cast, Role.SCHOOL_COORDINATOR)
    placement = cast.accepted()
    address = f"/placements/{placement.pk}/papers"

    before = school.client.get(address).content.decode()
    Placement.objects.filter(pk=placement.pk).update(state="active", gate="imported")
    after = school.client.get(address).content.decode()

    assert "已经签好的纸质文书请在下面上传" not in before
    assert "已经签好的纸质文书请在下面上传" in after


def test_one_paper_or_twenty_take_as_many_queries(cast: Cast) -> None:
    school = of(cast, Role.SCHOOL_COORDINATOR)
    placement = worded(cast, cast.accepted())
    paper = issued(cast, placement)
    addresses = (
        f"/api/v1/placements/{placement.pk}/documents",
        f"/placements/{placement.pk}/papers",
    )
    for address in addresses:
        assert school.client.get(address).status_code == 200

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert school.client.get(address).status_code == 200
        return len(queries)

    before = [asked(address) for address in addresses]
    for _ in range(19):
        paper.pk, paper.public_id = None, uuid6.uuid7()
        paper.save(force_insert=True)

    assert [asked(address) for address in addresses] == before
