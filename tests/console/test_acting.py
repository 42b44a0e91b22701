"""What each role may do with a case on its page, and what is said when it is refused."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from compliance.cases.moves import waive
from compliance.models import Alert
from people.actors import actor_for
from people.models import User
from people.roles import Role
from tests.console.sites import NOW, ON, District, crowded, join, signed_in, uninsured


def post(browser: Client, alert: Alert, key: str, **typed: Any) -> Any:
    """The form of that action, sent as the page would."""
    return browser.post(f"/alerts/{alert.public_id}/{key}", {"once": str(uuid4()), **typed})


@pytest.fixture
def coordinator(district: District) -> User:
    return join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])


@pytest.fixture
def people(district: District, coordinator: User) -> dict[str, User]:
    """Somebody in every part, and busy strangers who own cases of their own."""
    uninsured(district["B2"])
    return {
        "coordinator": coordinator,
        "teacher": join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"]),
        "commission": join("qu", Role.COMMISSION),
        "host": join("he", Role.ENTERPRISE_HR, district.enterprises["E"]),
        "mentor": join("me1", Role.ENTERPRISE_MENTOR, district.mentors["ME1"]),
        "student": join("a1", Role.STUDENT, district.learners["A1"].student),
        "school B": join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"]),
        "other teacher": join("tb1", Role.SCHOOL_TEACHER, district.teachers["TB1"]),
    }


# Who gets which answer to each action on a case of A1: 302 is done.
HANDLING = {
    "coordinator": 302,
    "teacher": 302,
    "commission": 403,
    "host": 403,
    "mentor": 403,
    "student": 403,
    "school B": 404,
    "other teacher": 404,
}
DECIDING = HANDLING | {"teacher": 403}


@pytest.mark.parametrize("key", ["acknowledge", "note", "assign", "waive", "end-waiver"])
def test_each_action_is_open_to_those_it_belongs_to_and_to_no_other(
    district: District, people: dict[str, User], key: str
) -> None:
    alert = uninsured(district["A1"], rule="HOST-07")
    if key == "end-waiver":
        granting = actor_for(people["coordinator"], on=ON)
        waive(alert, reason="试点岗位", until=ON, actor=granting, at=NOW)
    before = Alert.objects.values().get(pk=alert.pk)
    typed = {
        "note": {"note": "已联系企业"},
        "assign": {"to": str(people["teacher"].public_id)},
        "waive": {"reason": "试点岗位", "until": "2026-12-31"},
    }.get(key, {})

    answered, changed = {}, set()
    for who, user in people.items():
        with transaction.atomic():
            answered[who] = post(signed_in(user), alert, key, **typed).status_code
            if Alert.objects.values().get(pk=alert.pk) != before or answered[who] == 302:
                changed.add(who)
            transaction.set_rollback(True)

    assert answered == (HANDLING if key in ("acknowledge", "note") else DECIDING)
    assert changed == {who for who, status in answered.items() if status == 302}


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("coordinator", "acknowledge note assign waive"),
        ("teacher", "acknowledge note"),
        ("commission", ""),
        ("host", ""),
    ],
)
def test_the_page_offers_what_the_reader_may_do(
    district: District, people: dict[str, User], who: str, offered: str
) -> None:
    alert = uninsured(district["A1"], rule="HOST-07")

    page = signed_in(people[who]).get(f"/alerts/{alert.public_id}").content.decode()

    keys = ("acknowledge", "note", "assign", "waive", "end-waiver")
    shown = [key for key in keys if f'action="/alerts/{alert.public_id}/{key}"' in page]
    assert shown == offered.split()


def test_only_waivable_rules_offer_a_waiver_and_a_sent_one_is_refused_in_words(
    district: District, coordinator: User
) -> None:
    alert = uninsured(district["A1"])
    browser = signed_in(coordinator)

    page = browser.get(f"/alerts/{alert.public_id}").content.decode()
    answer = post(browser, alert, "waive", reason="试点岗位", until="2026-12-01")

    assert f"/alerts/{alert.public_id}/waive" not in page
    assert answer.status_code == 422
    assert "这类预警不能豁免" in answer.content.decode()
    assert "试点岗位" in answer.content.decode()


def test_the_commission_acts_on_what_has_climbed_to_it(
    district: District, people: dict[str, User]
) -> None:
    alert = uninsured(district["A1"])
    browser = signed_in(people["commission"])
    assert post(browser, alert, "acknowledge").status_code == 403
    Alert.objects.filter(pk=alert.pk).update(deadlines_from=date(2026, 11, 1))

    page = browser.get(f"/alerts/{alert.public_id}").content.decode()
    answer = post(browser, alert, "acknowledge")

    assert f"/alerts/{alert.public_id}/acknowledge" in page
    assert answer.status_code == 302
    assert Alert.objects.get(pk=alert.pk).acknowledged_by == people["commission"]


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("note", {"note": "  "}, "请写明说明内容"),
        ("note", {"note": "长" * 501}, "500"),
        ("assign", {"to": ""}, "请选择指定给谁"),
        ("assign", {"to": "nobody"}, "不能接手"),
        ("waive", {"reason": "试点岗位", "until": "2026-11-23"}, "豁免期限应在 2026-11-24 至"),
        ("waive", {"reason": "试点岗位", "until": "明天"}, "日期写成"),
        ("waive", {"reason": "", "until": "2026-12-01"}, "请写明豁免理由"),
    ],
)
def test_what_is_refused_comes_back_with_why_and_with_what_was_typed(
    district: District, coordinator: User, key: str, typed: dict[str, str], said: str
) -> None:
    alert = uninsured(district["A1"], rule="HOST-07")

    answer = post(signed_in(coordinator), alert, key, **typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert [word for word in typed.values() if word.strip() and word not in page] in (
        [],
        ["nobody"],
    )
    assert Alert.objects.get(pk=alert.pk).state == "open"


def test_a_case_that_was_closed_meanwhile_is_not_moved_and_the_page_says_so(
    district: District, coordinator: User
) -> None:
    alert = uninsured(district["A1"])
    Alert.objects.filter(pk=alert.pk).update(state="cured", closed_at=NOW)

    answer = post(signed_in(coordinator), alert, "acknowledge")

    assert answer.status_code == 409
    assert "这条预警现在是“已纠正”，不能这样做" in answer.content.decode()


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("acknowledge", {}),
        ("note", {"note": "已联系企业"}),
        ("assign", {"to": "CA"}),
        ("waive", {"reason": "试点岗位", "until": "2026-12-31"}),
    ],
)
def test_a_form_that_is_sent_twice_is_done_once_and_answered_alike(
    district: District, coordinator: User, key: str, typed: dict[str, str]
) -> None:
    alert = uninsured(district["A1"], rule="HOST-07")
    browser = signed_in(coordinator)
    form = {"once": str(uuid4()), **typed}
    if "to" in form:
        form["to"] = str(coordinator.public_id)

    answers = [browser.post(f"/alerts/{alert.public_id}/{key}", form) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert alert.steps.count() == 1


def test_ending_a_waiver_twice_ends_it_once(district: District, coordinator: User) -> None:
    alert = uninsured(district["A1"], rule="HOST-07")
    waive(alert, reason="试点", until=ON, actor=actor_for(coordinator, on=ON), at=NOW)
    browser, form = signed_in(coordinator), {"once": str(uuid4())}

    answers = [browser.post(f"/alerts/{alert.public_id}/end-waiver", form) for _ in range(2)]
    later = post(browser, alert, "end-waiver")

    assert [answer.status_code for answer in answers] == [302, 302]
    assert later.status_code == 409
    assert [step.kind for step in alert.steps.all()] == ["waived", "waiver_ended"]


def test_a_form_without_its_key_or_its_token_does_nothing(
    district: District, coordinator: User
) -> None:
    alert = uninsured(district["A1"])
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = signed_in(coordinator).cookies

    keyless = signed_in(coordinator).post(f"/alerts/{alert.public_id}/acknowledge")
    tokenless = post(careful, alert, "acknowledge")
    unknown = post(signed_in(coordinator), alert, "delete")
    read = signed_in(coordinator).get(f"/alerts/{alert.public_id}/acknowledge")

    answers = (keyless, tokenless, unknown, read)
    assert [answer.status_code for answer in answers] == [422, 403, 404, 405]
    assert not alert.steps.exists()


def test_a_case_of_a_host_is_given_to_nobody_of_the_schools_beside(
    district: District, people: dict[str, User]
) -> None:
    alert = crowded(district.enterprises["E"])
    browser = signed_in(people["coordinator"])

    page = browser.get(f"/alerts/{alert.public_id}").content.decode()
    beside = post(browser, alert, "assign", to=str(people["school B"].public_id))
    own = post(browser, alert, "assign", to=str(people["coordinator"].public_id))

    assert f'value="{people["school B"].public_id}"' not in page
    assert [beside.status_code, own.status_code] == [422, 302]


def test_a_waiver_of_a_hosts_case_is_changed_and_ended_by_the_school_that_gave_it(
    district: District, people: dict[str, User]
) -> None:
    alert = crowded(district.enterprises["E"])
    given = {"reason": "试点岗位", "until": "2026-12-31"}
    own, beside = signed_in(people["coordinator"]), signed_in(people["school B"])
    post(own, alert, "waive", **given)

    refused = [post(beside, alert, "waive", **given), post(beside, alert, "end-waiver")]
    taken = [post(own, alert, "waive", **given), post(own, alert, "end-waiver")]

    assert [answer.status_code for answer in refused] == [403, 403]
    assert [answer.status_code for answer in taken] == [302, 302]


def test_somebody_who_cannot_take_a_case_is_named_as_the_reason(
    district: District, people: dict[str, User]
) -> None:
    alert = uninsured(district["A1"])
    other = join("ta2", Role.SCHOOL_TEACHER, district.teachers["TA2"])
    browser = signed_in(people["coordinator"])
    asked = {
        "action": "assign",
        "alert": [str(alert.public_id)],
        "to": str(other.public_id),
        "once": str(uuid4()),
        "seen": 0,
    }

    answer = browser.post("/alerts", asked, follow=True)

    assert f"{other.display_name} 不负责这件事，不能接手" in answer.content.decode()


def test_what_somebody_else_gave_away_meanwhile_is_not_given_away_unseen(
    district: District, coordinator: User, people: dict[str, User]
) -> None:
    alert = uninsured(district["A1"])
    colleague = join("ca2", Role.SCHOOL_COORDINATOR, district.schools["A"])
    teacher = people["teacher"]

    first = post(signed_in(colleague), alert, "assign", to=str(teacher.public_id), seen=0)
    second = post(signed_in(coordinator), alert, "assign", to=str(coordinator.public_id), seen=0)
    seen = alert.steps.latest("pk").pk
    third = post(signed_in(coordinator), alert, "assign", to=str(coordinator.public_id), seen=seen)

    assert [answer.status_code for answer in (first, second, third)] == [302, 409, 302]
    assert "别人已给这条预警指定了负责人" in second.content.decode()
    assert Alert.objects.get(pk=alert.pk).assigned_to == coordinator
