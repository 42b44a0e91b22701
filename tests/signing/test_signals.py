"""Signals that somebody signed for another: raised, hold nothing up, judged by a person once."""

from __future__ import annotations

from typing import Any

import pytest

from internships.life.agreeing import consent
from internships.life.refusals import NotPermitted, TransitionNotAllowed, WordsRefused
from internships.models import (
    Choice,
    Document,
    DocumentKind,
    Party,
    ProxySignal,
    SignalVerdict,
    Signature,
)
from internships.signing.codes import renew_code
from internships.signing.links import make_link
from internships.signing.signals import judge_signal
from internships.signing.signing import Signing, sign_by_link
from people.models import Guardian, LearnerIdentity, User
from people.roles import Role
from tests.life.cast import Cast, kept
from tests.rules.builders import make_learner
from tests.signing.papers import issued, worded

pytestmark = pytest.mark.django_db
PHONE = "+8613800138000"


def give_phone(cast: Cast, number: str = PHONE) -> None:
    guardian = cast.guardian
    guardian.phone_sealed = Guardian.PHONE.seal(number, row=guardian.public_id)
    guardian.phone_index = Guardian.PHONE.index(number)
    guardian.save()


def signed_by(
    cast: Cast, document: Document, *, place: str = "1.1.1.1", device: str = "d", **values: Any
) -> list[str]:
    """Somebody signs the document by a link; the signals that this raised."""
    given = {"party": Party.GUARDIAN} | values
    link, token = make_link(document, **given, **cast.by(Role.SCHOOL_COORDINATOR))
    _link, code = renew_code(token, at=cast.at)
    signing = Signing(link.name, code, "", place, device)
    signature = sign_by_link(token, signing=signing, choice=Choice.AGREED, at=cast.at, on=cast.on)
    return sorted(signature.signals.values_list("kind", flat=True))


def letter(cast: Cast) -> Document:
    return issued(cast, worded(cast, cast.accepted()), DocumentKind.CONSENT)


def other_family(cast: Cast, number: str = "+8613900139000", name: str = "另一家长") -> Cast:
    """Another student of the school, whose guardian has that phone."""
    other = Cast(learner=make_learner(school=cast.school))
    other.guardian.name = name
    give_phone(other, number)
    return other


def test_two_families_with_phones_of_their_own_raise_no_signal() -> None:
    cast = Cast()
    give_phone(cast)
    other = other_family(cast)

    first = signed_by(cast, letter(cast), device="one")
    second = signed_by(other, letter(other), device="two")

    assert (first, second) == ([], [])


def test_one_device_for_two_families_is_a_signal_of_the_second() -> None:
    cast = Cast()
    give_phone(cast)
    other = other_family(cast)

    first = signed_by(cast, letter(cast), device="one")
    second = signed_by(other, letter(other), device="one", place="2.2.2.2")

    assert (first, second) == ([], ["same_device"])


def test_one_address_for_two_families_is_none_and_for_two_parties_is_one() -> None:
    cast = Cast()
    give_phone(cast)
    other = other_family(cast)
    placement = worded(cast, cast.accepted())
    consent(placement, **cast.by(Role.STUDENT))
    first = signed_by(cast, issued(cast, placement, DocumentKind.CONSENT), device="one")
    host = {"party": Party.ENTERPRISE, "name": "示例厂长", "phone": "13700137000"}

    neighbours = signed_by(other, letter(other), device="two")
    the_host = signed_by(cast, issued(cast, placement), device="three", **host)

    assert (first, neighbours, the_host) == ([], [], ["same_place"])


def test_one_phone_for_two_names_is_a_signal() -> None:
    cast = Cast()
    give_phone(cast)
    other = other_family(cast, PHONE)

    first = signed_by(cast, letter(cast), device="one")
    second = signed_by(other, letter(other), device="two")

    assert (first, second) == ([], ["same_phone"])


def test_the_students_own_phone_as_the_guardians_is_a_signal() -> None:
    cast = Cast()
    give_phone(cast)
    learner = cast.learner
    learner.phone_sealed = LearnerIdentity.PHONE.seal(PHONE, row=learner.public_id)
    learner.phone_index = LearnerIdentity.PHONE.index(PHONE)
    learner.save()

    assert signed_by(cast, letter(cast)) == ["student_phone"]


@pytest.mark.parametrize(
    ("role", "raised"), [(Role.SCHOOL_TEACHER, ["staff_phone"]), (Role.GUARDIAN, [])]
)
def test_a_phone_of_staff_as_the_guardians_is_a_signal(role: Role, raised: list[str]) -> None:
    cast = Cast()
    give_phone(cast)
    owner = cast.users[role]
    owner.phone_sealed = User.PHONE.seal(PHONE, row=owner.public_id)
    owner.phone_index = User.PHONE.index(PHONE)
    owner.save()

    assert signed_by(cast, letter(cast)) == raised


def a_signal(cast: Cast) -> ProxySignal:
    give_phone(cast)
    other = other_family(cast)
    signed_by(other, letter(other), device="one")
    document = letter(cast)
    signed_by(cast, document, device="one", place="2.2.2.2")
    return ProxySignal.objects.get()


def test_a_signal_holds_nothing_up_and_is_judged_once_with_words() -> None:
    cast = Cast()
    signal = a_signal(cast)
    by = cast.by(Role.SCHOOL_COORDINATOR)

    with pytest.raises(WordsRefused):
        judge_signal(signal, verdict=SignalVerdict.GENUINE, note=" ", **by)
    judged = judge_signal(signal, verdict=SignalVerdict.PROXY, note="母亲说是老师签的", **by)

    placement = Signature.objects.get(pk=signal.signature_id).link.document.placement
    assert kept(placement).guardian_consented_on == cast.on
    assert (judged.verdict, judged.judged_by_id) == ("proxy", by["actor"].user_id)
    with pytest.raises(TransitionNotAllowed):
        judge_signal(signal, verdict=SignalVerdict.GENUINE, note="x", **by)


def test_nobody_but_the_school_sees_or_judges_a_signal() -> None:
    cast = Cast()
    signal = a_signal(cast)

    for role in (Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR, Role.GUARDIAN, Role.COMMISSION):
        with pytest.raises(NotPermitted):
            judge_signal(signal, verdict=SignalVerdict.GENUINE, note="x", **cast.by(role))
        assert not ProxySignal.objects.visible_to(cast.as_(role)).exists()
    assert ProxySignal.objects.visible_to(cast.as_(Role.SCHOOL_COORDINATOR)).exists()
