"""What changes something is done once by its key, and decided on what was seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from audit.answers import KEPT_FOR, Answer, KeyReused, answered_once
from audit.models import KeptAnswer
from compliance.models import AlertStep
from people.roles import Role
from tests.api.clients import ROOT, Browser, signed_in, stranger
from tests.api.test_refusals import refused
from tests.console.sites import NOW, District, crowded, join, uninsured

AT_ONCE = 16


@pytest.fixture
def district(db: None, at_nine: None) -> District:
    return District()


def unsafe_operations(described: dict[str, Any]) -> set[tuple[str, str]]:
    """Method and path of what changes something."""
    return {
        (method, path)
        for path, operations in described["paths"].items()
        for method in operations
        if method in {"post", "put", "patch", "delete"}
    }


def test_every_unsafe_operation_of_who_is_signed_in_asks_for_a_key(coordinator: Browser) -> None:
    described = coordinator.get("/schema").json()
    without = {
        (method, path)
        for method, path in unsafe_operations(described)
        if "Idempotency-Key"
        not in {
            parameter["name"]
            for parameter in described["paths"][path][method].get("parameters", [])
            if parameter["required"]
        }
    }

    assert without == {("post", "/api/v1/tokens"), ("post", "/api/v1/tokens/refresh")}


@pytest.mark.parametrize("key", ["", "a b", "键", "a" * 101])
def test_without_a_key_nothing_is_done(district: District, coordinator: Browser, key: str) -> None:
    alert = uninsured(district["A1"])
    headers = {"idempotency-key": key.encode().decode("latin-1")} if key else {}

    answer = coordinator.client.post(
        f"{ROOT}/alerts/{alert.public_id}/acknowledge",
        "{}",
        content_type="application/json",
        headers=headers,
    )

    refused(answer, 400, "idempotency-key-required")
    assert not AlertStep.objects.exists()


def test_sent_again_it_is_done_once_and_answered_the_same(
    district: District, coordinator: Browser
) -> None:
    alert = uninsured(district["A1"])
    address, asked = f"/alerts/{alert.public_id}/note", {"note": "已联系"}

    first = coordinator.post(address, asked, idempotency_key="k1")
    coordinator.post(address, {"note": "又问了"}, idempotency_key="k2")
    again = coordinator.post(address, asked, idempotency_key="k1")

    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert AlertStep.objects.count() == 2


def test_a_key_stands_for_one_request_of_one_person(
    district: District, coordinator: Browser
) -> None:
    alert, other = uninsured(district["A1"]), uninsured(district["A2"])
    teacher = signed_in(join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"]))
    address, asked = f"/alerts/{alert.public_id}/note", {"note": "已联系"}
    coordinator.post(address, asked, idempotency_key="k1")

    answers = [
        coordinator.post(address, {"note": "改口"}, idempotency_key="k1"),
        coordinator.post(f"/alerts/{other.public_id}/note", asked, idempotency_key="k1"),
        coordinator.post(f"/alerts/{alert.public_id}/acknowledge", idempotency_key="k1"),
    ]
    another = teacher.post(address, asked, idempotency_key="k1")

    for answer in answers:
        refused(answer, 422, "idempotency-key-reused")
    assert another.status_code == 200
    assert "Idempotency-Replayed" not in another.headers
    assert AlertStep.objects.count() == 2


def test_what_was_refused_is_judged_anew_under_the_same_key(
    district: District, coordinator: Browser
) -> None:
    alert = crowded(district.enterprises["E"])
    address = f"/alerts/{alert.public_id}"
    asked = {"reason": "下月扩招", "until": "2026-12-01"}

    early = coordinator.post(f"{address}/waive", asked, idempotency_key="k1", if_match='"old"')
    later = coordinator.post(f"{address}/waive", asked, idempotency_key="k1", if_match="*")

    refused(early, 412, "changed-meanwhile")
    assert later.status_code == 200
    assert KeptAnswer.objects.count() == 1


def test_a_kept_answer_is_not_given_to_who_may_see_the_case_no_more(
    district: District, coordinator: Browser
) -> None:
    alert = uninsured(district["A1"])
    user = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    teacher, address = signed_in(user), f"/alerts/{alert.public_id}/note"
    teacher.post(address, {"note": "已联系"}, idempotency_key="k1")

    user.memberships.all().delete()
    join("ta1", Role.SCHOOL_TEACHER, district.teachers["TB1"])
    again = teacher.post(address, {"note": "已联系"}, idempotency_key="k1")

    refused(again, 404, "not-found")


def test_the_database_keeps_the_answer_sealed(district: District, coordinator: Browser) -> None:
    alert = uninsured(district["A1"])

    coordinator.post(f"/alerts/{alert.public_id}/note", {"note": "已联系"}, idempotency_key="k1")

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text, answer_sealed FROM audit_keptanswer k")
        text, sealed = cursor.fetchone()
    assert "示例A1" not in text
    assert "示例A1".encode() not in bytes(sealed)
    assert bytes(sealed)[0] == 1


def test_answers_are_kept_for_seven_days(db: None) -> None:
    def told(at: Any) -> int:
        return answered_once(
            actor="user:1", key="k", request="a", at=at, run=lambda: Answer(200, at.isoformat())
        ).body

    first = told(NOW)

    assert told(NOW + KEPT_FOR - timedelta(seconds=1)) == first
    assert told(NOW + KEPT_FOR) != first
    with pytest.raises(KeyReused):
        answered_once(actor="user:1", key="k", request="b", at=NOW, run=lambda: Answer(200))


def test_a_command_that_fails_leaves_its_key_free(db: None) -> None:
    def fail() -> Answer:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        answered_once(actor="user:1", key="k", request="a", at=NOW, run=fail)

    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_have_one_effect_and_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    district = District()
    alert = uninsured(district["A1"])
    user = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    browsers = [signed_in(user) for _ in range(AT_ONCE)]
    start = Barrier(AT_ONCE)

    def send(browser: Browser) -> tuple[int, bytes]:
        start.wait()
        try:
            answer = browser.post(
                f"/alerts/{alert.public_id}/note", {"note": "已联系"}, idempotency_key="k1"
            )
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(send, browsers))

    assert [status for status, _ in answers] == [200]
    assert AlertStep.objects.count() == 1


@pytest.mark.parametrize("key", ["assign", "waive"])
def test_a_decision_names_what_it_was_decided_on(
    district: District, coordinator: Browser, key: str
) -> None:
    alert = crowded(district.enterprises["E"])

    refused(coordinator.post(f"/alerts/{alert.public_id}/{key}"), 428, "if-match-required")


def test_what_changed_since_it_was_read_is_not_decided_on(
    district: District, coordinator: Browser
) -> None:
    alert = crowded(district.enterprises["E"])
    address = f"/alerts/{alert.public_id}"
    asked = {"reason": "下月扩招", "until": "2026-12-01"}
    seen = coordinator.mark(address)
    coordinator.post(f"{address}/note", {"note": "刚接到电话"})

    stale = coordinator.post(f"{address}/waive", asked, if_match=seen)
    fresh = coordinator.post(f"{address}/waive", asked, if_match=stale.headers["ETag"])

    refused(stale, 412, "changed-meanwhile")
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] == coordinator.mark(address) != seen


def test_a_weak_or_foreign_mark_is_none(district: District, coordinator: Browser) -> None:
    alert, other = uninsured(district["A1"]), uninsured(district["A2"])
    mark = coordinator.mark(f"/alerts/{alert.public_id}")
    foreign = coordinator.mark(f"/alerts/{other.public_id}")
    address = f"/alerts/{alert.public_id}/acknowledge"

    for sent in (f"W/{mark}", foreign, mark[:-1], '""'):
        refused(coordinator.post(address, if_match=sent), 412, "changed-meanwhile")

    assert coordinator.post(address, if_match=f"{foreign}, {mark}").status_code == 200


def test_who_is_not_signed_in_is_asked_for_that_and_not_for_a_key(district: District) -> None:
    alert = uninsured(district["A1"])

    refused(stranger().post(f"/alerts/{alert.public_id}/note"), 401, "not-signed-in")


def test_answers_are_kept_by_nobody_on_the_way(coordinator: Browser) -> None:
    assert coordinator.get("/me").headers["Cache-Control"] == "no-store"
    assert coordinator.get("/nothing").headers["Cache-Control"] == "no-store"
