"""The API describes itself without a warning, and answers as it says."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from internships.models import Placement, PlacementState
from people.roles import Role
from tests.api.clients import Browser, signed_in, stranger
from tests.console.sites import District, crowded, join, uninsured


@pytest.fixture
def described(coordinator: Browser) -> dict[str, Any]:
    answer = coordinator.get("/schema")
    assert answer.status_code == 200
    said: dict[str, Any] = answer.json()
    return said


def check(described: dict[str, Any], path: str, answer: Any, method: str = "get") -> None:
    """The answer is what the description says of that operation."""
    responses = described["paths"][f"/api/v1{path}"][method]["responses"]
    told = responses.get(str(answer.status_code), responses["default"])
    media_type = answer.headers["Content-Type"]
    schema = told["content"][media_type]["schema"] | {"components": described["components"]}
    found = list(Draft202012Validator(schema).iter_errors(answer.json()))
    assert found == [], (path, found[:3])


def test_the_description_is_made_without_a_warning(tmp_path: Any) -> None:
    made = tmp_path / "schema.yaml"

    call_command("spectacular", validate=True, fail_on_warn=True, file=str(made))

    assert made.read_text(encoding="utf-8").startswith("openapi: 3.1")


def test_the_description_is_for_who_is_signed_in(district: District) -> None:
    assert stranger().get("/schema").status_code == 401


def test_every_parameter_of_a_list_says_what_it_is_for(described: dict[str, Any]) -> None:
    parameters = [
        (path, parameter["name"])
        for path, operations in described["paths"].items()
        for parameter in operations.get("get", {}).get("parameters", [])
        if parameter["in"] == "query" and not parameter.get("description")
    ]

    assert parameters == []


@pytest.mark.parametrize("role", [Role.SCHOOL_COORDINATOR, Role.COMMISSION])
def test_answers_are_what_the_description_says(
    district: District, described: dict[str, Any], role: Role
) -> None:
    alert = uninsured(district["A1"])
    crowded(district.enterprises["E"])
    Placement.objects.filter(code="A2").update(state=PlacementState.DRAFT, gate="")
    school = district.schools["A"]
    reader = signed_in(join("r", role, school if role != Role.COMMISSION else None))

    for path in ("/me", "/schools", "/enterprises", "/posts", "/placements", "/alerts"):
        check(described, path, reader.get(path))
    for path, key in (
        ("/schools/{id}", school.pk),
        ("/enterprises/{id}", district.enterprises["E"].pk),
        ("/posts/{id}", district.posts["E"].pk),
        ("/placements/{id}", district["A2"].pk),
    ):
        check(described, path, reader.get(path.format(id=key)))
        check(described, path, reader.get(path.format(id=999_999)))
    case = "/alerts/{public_id}"
    check(described, case, reader.get(case.format(public_id=alert.public_id)))
    moved = reader.post(f"/alerts/{alert.public_id}/acknowledge")
    check(described, f"{case}/acknowledge", moved, "post")
