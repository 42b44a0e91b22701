"""What is done to a case over the API, by whom, and what stays refused."""

from __future__ import annotations

from datetime import date

from compliance.cases.moves import acknowledge
from compliance.models import AlertState, AlertStep
from people.actors import actor_for
from people.roles import Role
from tests.api.clients import Browser, signed_in
from tests.api.test_refusals import refused
from tests.console.sites import NOW, ON, District, crowded, join, uninsured


def test_a_case_is_acknowledged_and_the_answer_says_what_is_open_then(
    district: District, coordinator: Browser
) -> None:
    alert = uninsured(district["A1"])
    address = f"/alerts/{alert.public_id}"
    before = coordinator.get(address).json()

    answer = coordinator.post(f"{address}/acknowledge")

    alert.refresh_from_db()
    assert alert.state == AlertState.ACKNOWLEDGED
    assert answer.status_code == 200
    assert [move["key"] for move in before["moves"]] == ["acknowledge", "note", "assign"]
    assert [move["key"] for move in answer.json()["moves"]] == ["note", "assign"]
    assert answer.json()["moves"][0]["href"] == f"/api/v1{address}/note"
    assert answer.json()["steps"][-1]["kind"] == "acknowledged"
    assert answer.json() == coordinator.get(address).json()


def test_a_case_is_explained_in_both_languages_with_its_article(
    district: District, coordinator: Browser
) -> None:
    alert = uninsured(district["A1"])

    said = coordinator.get(f"/alerts/{alert.public_id}").json()

    zh, en = said["explanation"]["zh"], said["explanation"]["en"]
    assert zh["sentence"] == said["sentence"]
    assert zh["sentence"].startswith("2026-11-12 至 2026-11-24 共 13 天没有实习责任保险")
    assert en["sentence"] != zh["sentence"]
    assert "第三十五条" in zh["article"]
    assert zh["acknowledge_by"] == "2026-11-25"


def test_a_note_and_a_colleague_are_written_down(district: District, coordinator: Browser) -> None:
    alert = uninsured(district["A1"])
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"])
    address = f"/alerts/{alert.public_id}"

    coordinator.post(f"{address}/note", {"note": "已联系保险公司"})
    candidates = coordinator.get(f"{address}/candidates").json()
    given = coordinator.post(f"{address}/assign", {"to": str(teacher.public_id)}, if_match="*")

    assert [row["name"] for row in candidates] == ["ca", "ta1"]
    assert given.json()["assigned_to"] == "ta1"
    assert [step["note"] for step in given.json()["steps"]] == ["已联系保险公司", None]


def test_a_case_is_given_to_nobody_who_could_not_act_on_it(
    district: District, coordinator: Browser
) -> None:
    alert = uninsured(district["A1"])
    foreign = join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"])

    answer = coordinator.post(
        f"/alerts/{alert.public_id}/assign", {"to": str(foreign.public_id)}, if_match="*"
    )

    assert refused(answer, 422, "invalid")["errors"][0]["place"] == "/to"
    assert not AlertStep.objects.exists()


def test_a_breach_of_a_host_is_waived_up_to_a_day_and_called_back(
    district: District, coordinator: Browser
) -> None:
    alert = crowded(district.enterprises["E"])
    address = f"/alerts/{alert.public_id}"
    asked = {"reason": "下月扩招", "until": "2026-12-01"}

    early = coordinator.post(f"{address}/waive", asked | {"until": "2026-11-23"}, if_match="*")
    waived = coordinator.post(f"{address}/waive", asked, if_match="*")
    meanwhile = coordinator.post(f"{address}/acknowledge")
    ended = coordinator.post(f"{address}/end-waiver", if_match="*")

    refused(early, 422, "invalid")
    assert (waived.json()["state"], waived.json()["waived_until"]) == ("waived", "2026-12-01")
    assert ended.json()["state"] == "open"
    refused(meanwhile, 409, "not-in-this-state")


def test_a_case_of_a_student_is_waived_by_nobody(district: District, coordinator: Browser) -> None:
    alert = uninsured(district["A1"])
    asked = {"reason": "算了", "until": f"{ON}"}

    answer = coordinator.post(f"/alerts/{alert.public_id}/waive", asked, if_match="*")

    refused(answer, 422, "invalid")


def test_what_is_ones_own_to_see_and_not_to_do_is_forbidden_with_a_reason(
    district: District,
) -> None:
    alert = uninsured(district["A1"])
    host = signed_in(join("he", Role.ENTERPRISE_HR, district.enterprises["E"]))
    address = f"/alerts/{alert.public_id}"

    answers = [
        host.post(f"{address}/acknowledge"),
        host.post(f"{address}/note", {"note": "不归我们"}),
        host.get(f"{address}/candidates"),
    ]

    assert host.get(address).status_code == 200
    assert host.get(address).json()["moves"] == []
    assert [refused(answer, 403, "not-permitted")["detail"] for answer in answers]
    assert not AlertStep.objects.exists()


def test_a_foreign_case_is_not_there_whatever_is_tried(district: District) -> None:
    alert = uninsured(district["A1"])
    uninsured(district["B1"])
    stranger = signed_in(join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"]))
    address = f"/alerts/{alert.public_id}"

    answers = [stranger.get(address), stranger.get(f"{address}/candidates")] + [
        stranger.post(f"{address}/{key}", {"note": "x", "reason": "x", "until": f"{ON}"})
        for key in ("acknowledge", "note", "assign", "waive", "end-waiver")
    ]

    assert [answer.status_code for answer in answers] == [404] * 7
    assert not AlertStep.objects.exists()


def test_names_and_notes_of_the_school_are_not_told_to_the_host(district: District) -> None:
    alert = uninsured(district["A1"])
    school = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    acknowledge(alert, actor=actor_for(school, on=date(2026, 11, 24)), at=NOW)
    host = signed_in(join("he", Role.ENTERPRISE_HR, district.enterprises["E"]))

    said = host.get(f"/alerts/{alert.public_id}").json()

    assert said["holder"] is None
    assert said["assigned_to"] is None
    assert [(step["kind"], step["by"]) for step in said["steps"]] == [("acknowledged", None)]
