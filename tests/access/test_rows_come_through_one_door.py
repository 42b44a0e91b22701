"""Edges reach rows by `visible_to` alone: whoever names a manager bare is refused here."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps

from people.access import VisibleQuerySet

CHECKOUT = Path(__file__).resolve().parents[2]
EDGES = ("api", "console", "exchange")
DOORS = {"visible_to", "unscoped"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}

# SQL of an edge's own passes every door, so each place that has some is named with its reason;
# exchange is operators' code: loads and exports are of the whole district.
SQL_ALLOWED = {"console/status.py": "estimates of tables and the version, no rows of anybody"}
SQL_EDGES = ("api", "console")


def bare_managers(source: str) -> list[int]:
    """Lines that use a manager for anything but asking who sees, or saying why everybody's."""
    tree = ast.parse(source)
    through_a_door = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in DOORS
    }
    managers = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and node not in through_a_door
    ]
    shortcuts = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in SHORTCUTS
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id[0].isupper()
    ]
    return sorted({node.lineno for node in (*managers, *shortcuts)})


def own_sql(source: str) -> list[int]:
    """Lines that write SQL by hand: a cursor, `raw`, or `extra`."""
    return sorted(
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"cursor", "raw", "extra"}
    )


def places(edges: tuple[str, ...], find: Callable[[str], list[int]]) -> set[str]:
    """Where `find` finds something in the code of `edges`, as path:line."""
    return {
        f"{file.relative_to(CHECKOUT).as_posix()}:{line}"
        for edge in edges
        for file in (CHECKOUT / edge).rglob("*.py")
        for line in find(file.read_text(encoding="utf-8"))
    }


def test_no_edge_reaches_rows_past_the_door() -> None:
    found = places(EDGES, bare_managers)

    assert found == set()


def test_no_edge_for_people_writes_sql_of_its_own_but_where_it_is_said_why() -> None:
    found = {place.partition(":")[0] for place in places(SQL_EDGES, own_sql)}

    assert found == set(SQL_ALLOWED)


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("Placement.objects.visible_to(actor).filter(code=code)", []),
        ("Placement.objects.unscoped(reason='nightly sweep').count()", []),
        ("Placement.objects.filter(code=code)", [1]),
        ("Placement.objects.all()", [1]),
        ("rows = Placement.objects", [1]),
        ("get_object_or_404(Placement, code=code)", [1]),
        ("get_object_or_404(Placement.objects.visible_to(actor), code=code)", []),
        ("get_object_or_404(Placement._default_manager, pk=1)", [1]),
        ("Placement.objects.filter(x=1).visible_to(actor)", [1]),
    ],
)
def test_the_lint_tells_a_door_from_a_hole(line: str, lines: list[int]) -> None:
    assert bare_managers(line) == lines


def test_every_model_that_an_edge_can_reach_has_the_door() -> None:
    house = ("people", "internships", "apprenticeship", "insurance", "compensation", "compliance")
    models = [model for app in house for model in apps.get_app_config(app).get_models()]

    without = {
        model._meta.label
        for model in models
        if not isinstance(model._default_manager.all(), VisibleQuerySet)
    }

    assert without <= {"people.SignInTries", "people.SignInLink"}
