"""Signing by a link: once, by the one it was made for, of the paper it was made for."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from internships.life.agreeing import consent, sign
from internships.life.drafting import edit
from internships.life.refusals import NotPermitted, WordsRefused
from internships.models import (
    Approval,
    ApprovalKind,
    Choice,
    Party,
    Placement,
    PlacementState,
    Signature,
    SigningLink,
)
from internships.signing.links import make_link, withdraw_link
from internships.signing.refusals import LinkRefused
from people.actors import Actor, ActorKind, Mandate
from people.models import Guardian
from people.roles import Role
from tests.api.clients import signed_in
from tests.life.cast import Cast, kept
from tests.signing.letters import PHONE, form, letter_of, link_of, with_code
from tests.signing.papers import issued, worded
from tests.signing.pictures import png

pytestmark = pytest.mark.django_db


def test_a_guardian_consents_by_link_name_and_code(cast: Cast, told: Any) -> None:
    document = letter_of(cast)
    _link, token = link_of(cast, document)
    page = Client().get(f"/sign/{token}")
    browser, code = with_code(token, told)

    answer = browser.post(f"/sign/{token}", form(code, drawing=png()))

    assert "3,800.00" in page.content.decode()
    assert "138****8000" in page.content.decode()
    assert answer.status_code == 200
    signature = Signature.objects.get()
    approval = Approval.objects.get(kind=ApprovalKind.CONSENT, party=Party.GUARDIAN)
    assert approval.digest == document.content
    assert (approval.user_id, approval.actor) == (None, f"link:signing:{signature.link.public_id}")
    assert signature.approval == approval
    assert signature.drawing_sealed is not None
    assert kept(document.placement).guardian_consented_on == cast.on


def test_the_guardian_of_an_adult_consents_too(cast: Cast, told: Any) -> None:
    cast.learner.student.born_on = cast.on.replace(year=2005)
    cast.learner.student.save()
    document = letter_of(cast)
    _link, token = link_of(cast, document)
    browser, code = with_code(token, told)

    answer = browser.post(f"/sign/{token}", form(code))

    assert answer.status_code == 200
    assert kept(document.placement).guardian_consented_on == cast.on


def test_a_signatory_of_the_host_signs_the_agreement(cast: Cast, told: Any) -> None:
    placement = worded(cast, cast.accepted())
    consent(placement, **cast.by(Role.STUDENT))
    consent(placement, party=Party.GUARDIAN, **cast.by(Role.SCHOOL_COORDINATOR))
    document = issued(cast, placement)
    _link, token = link_of(
        cast, document, party=Party.ENTERPRISE, name="示例厂长", phone="13900139000"
    )
    browser, code = with_code(token, told)

    answer = browser.post(f"/sign/{token}", form(code, name="示例 厂长"))

    assert answer.status_code == 200
    assert placement.agreements.get().enterprise_signed_on == cast.on


def test_a_guardian_declines_with_a_reason_and_the_self_choice_route_opens(
    cast: Cast, told: Any
) -> None:
    document = letter_of(cast)
    _link, token = link_of(cast, document)
    browser, code = with_code(token, told)

    silent = browser.post(f"/sign/{token}", form(code, choice="declined"))
    _browser, code = with_code(token, told)
    answer = browser.post(f"/sign/{token}", form(code, choice="declined", reason="离家太远"))

    assert silent.status_code == 422
    assert answer.status_code == 200
    assert kept(document.placement).state == PlacementState.REFUSED
    assert Signature.objects.get().choice == Choice.DECLINED


def test_opening_a_link_does_nothing_and_a_used_one_does_nothing_more(
    cast: Cast, told: Any
) -> None:
    document = letter_of(cast)
    _link, token = link_of(cast, document)
    for _ in range(3):
        assert Client().get(f"/sign/{token}").status_code == 200
    browser, code = with_code(token, told)
    browser.post(f"/sign/{token}", form(code))

    again = browser.post(f"/sign/{token}", form(code))

    assert again.status_code == 410
    assert "已经用过" in again.content.decode()
    assert Client().get(f"/sign/{token}/paper.pdf").status_code == 410
    assert Approval.objects.filter(party=Party.GUARDIAN).count() == 1


@pytest.mark.parametrize("how", ["expired", "withdrawn", "edited", "replaced"])
def test_a_link_that_is_over_says_why_and_does_nothing(cast: Cast, told: Any, how: str) -> None:
    document = letter_of(cast)
    link, token = link_of(cast, document)
    browser, code = with_code(token, told)
    by = cast.by(Role.SCHOOL_COORDINATOR)
    if how == "expired":
        cast.later(7)
    elif how == "withdrawn":
        withdraw_link(link, **by)
    elif how == "edited":
        edit(document.placement, changes={"pay_day": 10}, **by)
    else:
        link_of(cast, document)

    for answer in (
        browser.get(f"/sign/{token}"),
        browser.post(f"/sign/{token}", form(code)),
        browser.post(f"/sign/{token}/code"),
        browser.get(f"/sign/{token}/paper.pdf"),
    ):
        assert answer.status_code == 410
    assert kept(document.placement).guardian_consented_on is None
    assert Signature.objects.count() == 0


def test_the_minute_before_the_link_ends_it_is_still_good(cast: Cast) -> None:
    _link, token = link_of(cast, letter_of(cast))

    cast.later(6)

    assert Client().get(f"/sign/{token}").status_code == 200


def test_tokens_that_never_were_are_all_answered_alike(cast: Cast) -> None:
    link_of(cast, letter_of(cast))

    answers = [Client().get(f"/sign/{token}") for token in ("x", "A" * 43, "%27", "长" * 43)]

    bodies = {re.sub(rb'(value|next|href)="[^"]*"', b"", answer.content) for answer in answers}
    assert [answer.status_code for answer in answers] == [410] * 4
    assert len(bodies) == 1


def test_the_guardian_is_the_rosters_whatever_the_school_types(cast: Cast) -> None:
    document = letter_of(cast)

    link, _token = link_of(cast, document, name="别人", phone="13700137000")

    assert link.name == "示例家长"
    assert str(link.phone) == "138****8000"
    assert bytes(link.phone_index) == SigningLink.PHONE.index(PHONE)


def test_a_guardian_without_a_phone_gets_no_link(cast: Cast) -> None:
    Guardian.objects.update(phone_sealed=None, phone_index=None)
    document = letter_of(cast)

    with pytest.raises(LinkRefused):
        link_of(cast, document)


def test_only_the_school_of_the_placement_makes_links(cast: Cast) -> None:
    document = letter_of(cast)

    for role in (Role.ENTERPRISE_HR, Role.STUDENT, Role.GUARDIAN, Role.COMMISSION):
        with pytest.raises(NotPermitted):
            make_link(document, party=Party.GUARDIAN, **cast.by(role))
    for party in (Party.SCHOOL, Party.STUDENT):
        with pytest.raises(NotPermitted):
            link_of(cast, document, party=party)
    with pytest.raises(LinkRefused):
        link_of(cast, document, party=Party.ENTERPRISE, name="x", phone="13900139000")


def test_a_signatory_is_named_with_a_mobile_phone(cast: Cast) -> None:
    document = issued(cast, worded(cast, cast.accepted()))

    for name, phone in (("", "13900139000"), ("示例厂长", "023-42712345"), ("示例厂长", "")):
        with pytest.raises(WordsRefused):
            link_of(cast, document, party=Party.ENTERPRISE, name=name, phone=phone)


def test_a_link_lets_its_party_do_nothing_else(cast: Cast) -> None:
    placement = cast.accepted()
    other = Cast(learner=None)
    theirs = other.accepted()
    mandate = Mandate(placement.pk, Party.GUARDIAN)
    actor = Actor(ActorKind.LINK, cast.on, reason="signing:x", mandate=mandate)

    with pytest.raises(NotPermitted):
        consent(theirs, actor=actor, at=cast.at)
    with pytest.raises(NotPermitted):
        sign(placement, actor=actor, at=cast.at)
    with pytest.raises(NotPermitted):
        edit(placement, changes={"pay_day": 9}, actor=actor, at=cast.at)
    assert not Placement.objects.visible_to(actor).exists()
    consent(placement, actor=actor, at=cast.at)
    assert kept(placement).guardian_consented_on == cast.on


def test_the_placement_is_held_before_the_paper_is_compared(cast: Cast, told: Any) -> None:
    _link, token = link_of(cast, letter_of(cast))
    browser, code = with_code(token, told)

    with CaptureQueriesContext(connection) as asked:
        browser.post(f"/sign/{token}", form(code))

    held = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    assert ['FROM "internships_placement"' in sql for sql in held][:2] == [True, False]
    assert 'FROM "internships_signinglink"' in held[1]


def test_links_over_the_api_are_made_listed_and_taken_back(cast: Cast) -> None:
    document = letter_of(cast)
    school = signed_in(cast.users[Role.SCHOOL_COORDINATOR])
    address = f"/documents/{document.public_id}/links"

    made = school.post(address, {"party": "guardian"})
    listed = school.get(address).json()
    gone = school.post(f"/signing-links/{made.json()['id']}/withdraw")

    assert made.status_code == 200, made.content
    token = made.json()["url"].rsplit("/", 1)[1]
    assert listed[0]["url"] is None
    assert token not in json.dumps(listed)
    assert "13800138000" not in json.dumps([listed, made.json()])
    assert gone.json()["withdrawn_at"] is not None
    assert Client().get(f"/sign/{token}").status_code == 410
    parent = signed_in(cast.users[Role.GUARDIAN])
    assert parent.get(address).json() == []
    assert parent.post(address, {"party": "guardian"}).status_code == 403
