"""Requests as a careless or hostile program would make them, from what the API says of itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from hypothesis import strategies as st

METHODS = ("get", "post", "patch", "delete")
# One in so many values is of any form whatever.
ODD = 5
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)
DAYS = st.dates().map(str) | st.sampled_from(
    ["2026-11-24", "2026-12-10", "2027-02-30", "0001-01-01"]
)
MOMENTS = st.sampled_from(
    ["2026-11-24T01:00:00Z", "2026-12-10T00:00:00+08:00", "9999-12-31T23:59:59Z"]
)


@dataclass(frozen=True)
class Operation:
    """One method of one path, as the description has it."""

    method: str
    path: str
    said: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


@dataclass(frozen=True)
class Sent:
    """A request: its address, its body and what goes with it."""

    address: str
    body: Any
    headers: dict[str, str]


def operations_of(described: dict[str, Any]) -> list[Operation]:
    """Every operation, in the order of the description."""
    return [
        Operation(method, path, operations[method])
        for path, operations in described["paths"].items()
        for method in METHODS
        if method in operations
    ]


def requests_to(
    operation: Operation, described: dict[str, Any], keys: list[Any]
) -> st.SearchStrategy[Sent]:
    """Requests to the operation: mostly as it asks for them; rows are among `keys`, or nobody's."""
    parameters = operation.said.get("parameters", [])
    named = {one["name"]: one["schema"] for one in parameters if one["in"] == "path"}
    asked = {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}
    content = operation.said.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema")

    @st.composite
    def made(draw: Any) -> Sent:
        address = operation.path
        for name, schema in named.items():
            wanted = str if schema.get("format") == "uuid" else int
            fitting = [key for key in keys if isinstance(key, int) == (wanted is int)]
            key = draw(st.sampled_from(fitting))
            address = address.replace("{" + name + "}", str(key))
        chosen = draw(st.lists(st.sampled_from(sorted(asked)), unique=True)) if asked else []
        query = {name: draw(values_of(asked[name], described, keys)) for name in chosen}
        marks = draw(st.sampled_from(["*", '"old"', ""]))
        headers = {"idempotency-key": uuid4().hex} | ({"if-match": marks} if marks else {})
        sent = draw(values_of(body, described, keys)) if body else None
        return Sent(with_query(address, query), sent, headers)

    return made()


def with_query(address: str, query: dict[str, Any]) -> str:
    """The address with its parameters, whatever they are, as text."""
    texts = {name: one if isinstance(one, str) else json.dumps(one) for name, one in query.items()}
    return f"{address}?{urlencode(texts, errors='replace')}" if texts else address


def values_of(
    schema: dict[str, Any], described: dict[str, Any], keys: list[Any]
) -> st.SearchStrategy[Any]:
    """Values of the schema, and one in so many of any form."""
    fitting = _fitting(schema, described, keys)
    return st.integers(1, ODD).flatmap(lambda drawn: JSON_VALUES if drawn == ODD else fitting)


def _fitting(
    schema: dict[str, Any], described: dict[str, Any], keys: list[Any]
) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _fitting(described["components"]["schemas"][name], described, keys)
    for word in ("oneOf", "anyOf", "allOf"):
        if word in schema:
            return st.one_of([_fitting(one, described, keys) for one in schema[word]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema.get("type", "object")
    ways = [_of_type(kind, schema, described, keys) for kind in _listed(kinds)]
    return st.one_of(ways)


def _listed(kinds: Any) -> list[str]:
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _of_type(
    kind: str, schema: dict[str, Any], described: dict[str, Any], keys: list[Any]
) -> st.SearchStrategy[Any]:
    numbers = [key for key in keys if isinstance(key, int)]
    uuids = [str(key) for key in keys if not isinstance(key, int)]
    if kind == "object":
        properties = {
            name: values_of(one, described, keys)
            for name, one in schema.get("properties", {}).items()
            if not one.get("readOnly")
        }
        needed = [name for name in schema.get("required", ()) if name in properties]
        left = {name: one for name, one in properties.items() if name not in needed}
        return st.fixed_dictionaries({name: properties[name] for name in needed}, optional=left)
    if kind == "array":
        return st.lists(values_of(schema.get("items", {}), described, keys), max_size=3)
    if kind == "string":
        return {
            "date": DAYS,
            "date-time": MOMENTS,
            "uuid": st.sampled_from(uuids),
            "decimal": st.decimals(-1, 10**7, places=2).map(str),
        }.get(schema.get("format", ""), st.text(max_size=20))
    return {
        "integer": st.sampled_from(numbers) | st.integers(-1, 30),
        "number": st.floats(allow_nan=False, allow_infinity=False),
        "boolean": st.booleans(),
        "null": st.none(),
    }[kind]
