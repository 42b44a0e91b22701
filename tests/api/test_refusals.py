"""Every refusal is a problem document with a stable code, in Chinese and in English."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from api.problems import MEDIA_TYPE, ProblemCode
from people.models import User
from people.roles import Role
from tests.api.clients import ROOT, Browser, signed_in, stranger
from tests.console.sites import District, join, uninsured
from tests.console.sites import signed_in as browser_of


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The document of the answer, which has that status and code and nothing odd."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    said: dict[str, Any] = answer.json()
    assert (said["status"], said["code"]) == (status, code)
    assert said["type"] == f"urn:shuangyuan:problem:{code}"
    assert said["title"]
    assert said["detail"]
    return said


def test_who_is_not_signed_in_is_asked_to_and_told_nothing_more(district: District) -> None:
    there, never = (stranger().get(f"/schools/{pk}") for pk in (district.schools["A"].pk, 999999))

    assert refused(there, 401, "not-signed-in")["instance"] != never.json()["instance"]
    assert there.headers["WWW-Authenticate"].partition(" ")[2] == 'realm="shuangyuan"'
    refused(never, 401, "not-signed-in")


def test_who_holds_no_role_today_is_told_so(district: District) -> None:
    user = User.objects.create(username="nobody", display_name="示例无任")

    answer = signed_in(user).get("/schools")

    refused(answer, 403, "no-role")
    assert signed_in(user).get("/me").json()["memberships"] == []


def test_a_foreign_row_and_one_that_never_was_are_answered_alike(
    district: District, coordinator: Browser
) -> None:
    foreign, never = district["B1"].pk, 999_999_999

    answers = [coordinator.get(f"/placements/{pk}") for pk in (foreign, never, 10**30)]

    said = [refused(answer, 404, "not-found") for answer in answers]
    assert [{**one, "instance": ""} for one in said] == [{**said[0], "instance": ""}] * 3
    assert coordinator.get(f"/placements/{district['A1'].pk}").status_code == 200


def test_what_has_no_endpoint_is_a_problem_too(coordinator: Browser) -> None:
    refused(coordinator.get("/nothing/here"), 404, "not-found")
    refused(stranger().post("/nothing"), 404, "not-found")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_method_that_an_address_has_not_is_refused(coordinator: Browser, method: str) -> None:
    answer = getattr(coordinator.client, method)(f"{ROOT}/schools")

    refused(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_only_json_is_answered_and_read(district: District, coordinator: Browser) -> None:
    alert = uninsured(district["A1"])
    address = f"{ROOT}/alerts/{alert.public_id}/note"

    refused(coordinator.get("/schools", accept="text/html"), 406, "not-acceptable")
    form = coordinator.client.post(address, {"note": "已联系"}, headers={"idempotency-key": "a"})
    refused(form, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"note": NaN}',
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"note": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_body_that_cannot_be_read_is_named_so(
    district: District, coordinator: Browser, body: bytes
) -> None:
    alert = uninsured(district["A1"])
    address = f"{ROOT}/alerts/{alert.public_id}/note"

    answer = coordinator.client.post(
        address, body, content_type="application/json", headers={"idempotency-key": "a"}
    )

    if body:
        refused(answer, 400, "malformed")
    else:
        refused(answer, 422, "invalid")


def test_a_body_past_a_mebibyte_is_not_read(district: District, coordinator: Browser) -> None:
    alert = uninsured(district["A1"])

    answer = coordinator.post(f"/alerts/{alert.public_id}/note", {"note": "a" * 1024 * 1024})

    refused(answer, 413, "too-large")


def test_what_is_wrong_in_a_body_is_named_by_its_place(
    district: District, coordinator: Browser
) -> None:
    alert = uninsured(district["A1"])
    address = f"/alerts/{alert.public_id}/note"

    missing = refused(coordinator.post(address, {}), 422, "invalid")
    nul = refused(coordinator.post(address, {"note": "a\x00"}), 422, "invalid")
    listed = refused(coordinator.post(address, ["a"]), 422, "invalid")

    assert missing["errors"] == [
        {"in": "body", "place": "/note", "code": "required", "detail": "该字段是必填项。"}
    ]
    assert nul["errors"][0]["code"] == "null_characters_not_allowed"
    assert listed["errors"][0]["place"] == ""


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("/alerts?severity=purple", "/severity"),
        ("/alerts?enterprise=-1", "/enterprise"),
        ("/alerts?enterprise=99999999999999999999", "/enterprise"),
        ("/alerts?name=A", "/name"),
        ("/alerts?cursor=xyz", "/cursor"),
        ("/alerts?cursor=cD1hYmM%3D", "/cursor"),
        ("/alerts?limit=0", "/limit"),
        ("/alerts?limit=201", "/limit"),
        ("/placements?code=%00", "/code"),
        ("/placements?at_work_on=2026-02-30", "/at_work_on"),
        ("/schools/1?x=1", "/x"),
    ],
)
def test_a_parameter_that_is_wrong_or_unknown_is_named(
    district: District, coordinator: Browser, query: str, place: str
) -> None:
    query = query.replace("/schools/1", f"/schools/{district.schools['A'].pk}")

    said = refused(coordinator.get(query), 422, "invalid")

    assert [(error["in"], error["place"]) for error in said["errors"]] == [("query", place)]


def test_an_unsafe_request_of_a_session_carries_the_pages_token(district: District) -> None:
    alert = uninsured(district["A1"])
    user = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser_of(user).cookies
    address = f"{ROOT}/alerts/{alert.public_id}/acknowledge"

    without = client.post(address, "{}", content_type="application/json")
    client.cookies["csrftoken"] = "a" * 32
    token = {"X-CSRFToken": "a" * 32, "Idempotency-Key": "a"}
    carried = client.post(address, "{}", content_type="application/json", headers=token)

    refused(without, 403, "csrf")
    assert carried.status_code == 200


def test_an_account_may_ask_so_often_a_minute_and_another_is_not_kept_out(
    district: District, settings: Any
) -> None:
    settings.API_REQUESTS_A_MINUTE = {"read": 3, "write": 1}
    busy = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))
    other = signed_in(join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"]))

    statuses = [busy.get("/schools").status_code for _ in range(3)]
    answer = busy.get("/schools")

    assert statuses == [200, 200, 200]
    refused(answer, 429, "throttled")
    assert answer.headers["Retry-After"] == "60"
    assert other.get("/schools").status_code == 200


def test_without_the_broker_nobody_is_kept_out(
    district: District, coordinator: Browser, settings: Any
) -> None:
    settings.CACHES = settings.CACHES | {
        "requests": settings.CACHES["requests"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }

    assert coordinator.get("/schools").status_code == 200


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(
    district: District, coordinator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*words: Any) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("api.institutions.SchoolsView.seen", fail)
    coordinator.client.raise_request_exception = False

    answer = coordinator.get("/schools")

    said = refused(answer, 500, "failed")
    assert "secret" not in str(said)


def test_refusals_are_said_in_the_readers_language(coordinator: Browser) -> None:
    chinese = coordinator.get("/nothing").json()
    english = coordinator.get("/nothing", accept_language="en").json()

    assert (chinese["code"], chinese["title"]) == ("not-found", "找不到，或者不属于您")
    assert (english["code"], english["title"]) == ("not-found", "Not found, or not yours")


@pytest.mark.parametrize("code", ProblemCode)
def test_every_code_has_a_title_in_both_languages(code: ProblemCode) -> None:
    with override("zh-hans"):
        chinese = str(code.title)
    with override("en"):
        english = str(code.title)

    assert chinese != english
    assert english.isascii()
