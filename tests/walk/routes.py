"""Every route of the site: what it names, how it is asked, or why it names nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import URLPattern, get_resolver

from internships.models import AssessedPoint
from tests.console.sites import ON

NUMBER_OF_NOBODY = 999_999_999
ID_OF_NOBODY = UUID("00000000-0000-7000-8000-000000000000")
CASES = ("case", "host's case", "waived case")
FINDINGS = dict.fromkeys(AssessedPoint.values, "好")
VISIT = {
    "visited_on": f"{ON}",
    "visitors": "李老师",
    "findings": FINDINGS,
    "passed": True,
    "valid_until": "2027-11-24",
}
CHECK = {"record": "credit", "checked_on": f"{ON}", "source": "x", "valid_until": "2027-11-24"}
CHOICE = {"decided_on": f"{ON}", "meeting": "x"}
BATCHES = ("batch", "filed batch")
NUMBERED = {"number": "合职教备〔2026〕9号", "filed_on": f"{ON}"}
COMPLAINTS = ("complaint", "complaint looked into", "complaint answered", "complaint of school")
SAID = {"words": "已核实，退还押金"}
DECISION = {"from_day": f"{ON}", "reason": "宿舍消防不合格"}
WAIVER = {"reason": "下月扩招", "until": f"{ON}"}


class Scan:
    """A file that is sent as often as it is asked for."""

    name = "scan.pdf"

    def read(self, size: int = -1) -> bytes:
        """The smallest that passes for a PDF."""
        return b"%PDF-1.7\n%%EOF\n"


COPY = {"kind": "consent", "party": "guardian", "file": Scan()}


@dataclass(frozen=True)
class Walked:
    """A route with an object in it: of which kinds, by which methods, with which body."""

    kinds: tuple[str, ...]
    methods: tuple[str, ...] = ("GET", "HEAD")
    body: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    # Whether everybody who sees the object is answered a GET.
    to_all: bool = True
    # Left to the deep walk: one of the same form, by the same code, is asked in the quick one.
    is_slow: bool = False


def _moves(prefix: str, slug: str) -> dict[str, list[Walked]]:
    """What is done to cases, at one address each or at one that has the word in it."""
    moves = {
        "acknowledge": (("case",), {}),
        "note": (CASES, {"note": "已联系"}),
        "assign": (("case",), {}),
        "waive": (("host's case",), WAIVER),
        "end-waiver": (("waived case",), {}),
    }
    table: dict[str, list[Walked]] = {}
    for key, (kinds, body) in moves.items():
        route = f"{prefix}/{slug or key}"
        table.setdefault(route, []).append(Walked(kinds, ("POST",), body, key))
    return table


WHY = {"message": "岗位调整"}
ELSEWHERE = WHY | {
    "last_day": f"{ON}",
    "starts_on": "2026-12-01",
    "ends_on": "2026-12-31",
}
CHANGED = {"from_day": "2026-12-10", "changes": {"pay_day": 12}}
ASKED_AT_ONCE = ("submit", "accept", "start", "end")
PLACED = "api/v1/placements/<int:pk>"
AMENDED = "api/v1/amendments/<int:pk>"


def _lives() -> dict[str, list[Walked]]:
    """What is done with placements over the API, and with changes of them."""
    moves: dict[str, tuple[str, dict[str, Any]]] = {
        "submit": ("draft", {}),
        "accept": ("submitted", {}),
        "consent": ("accepted", {}),
        "decline": ("accepted", WHY),
        "sign": ("consented", {}),
        "send-back": ("submitted", WHY),
        "refuse": ("submitted", WHY),
        "withdraw": ("submitted", WHY),
        "start": ("approved", {}),
        "suspend": ("placement", WHY),
        "resume": ("suspended", {}),
        "end": ("placement", WHY | {"last_day": f"{ON}"}),
        "settle": ("ended", {}),
        "archive": ("settled", {}),
    }
    table = {
        f"{PLACED}/{key}": [Walked((kind,), ("POST",), body, is_slow=key not in ASKED_AT_ONCE)]
        for key, (kind, body) in moves.items()
    }
    return table | {
        PLACED: [Walked(("placement",)), Walked(("draft",), ("PATCH",), {"pay_day": 12})],
        f"{PLACED}/steps": [Walked(("placement",), to_all=False)],
        f"{PLACED}/successor": [Walked(("placement to follow",), ("POST",), ELSEWHERE)],
        f"{PLACED}/terms": [Walked(("placement",))],
        f"{PLACED}/gate": [Walked(("draft",), to_all=False)],
        f"{PLACED}/settlement": [Walked(("ended",), to_all=False, is_slow=True)],
        f"{PLACED}/amendments": [
            Walked(("placement",), to_all=False),
            Walked(("suspended",), ("POST",), CHANGED),
        ],
        AMENDED: [Walked(("amendment",))],
        f"{AMENDED}/gate": [Walked(("amendment",), to_all=False)],
        f"{AMENDED}/agree": [Walked(("amendment",), ("POST",))],
        f"{AMENDED}/turn-down": [Walked(("amendment",), ("POST",), WHY, is_slow=True)],
    }


WALKED: dict[str, list[Walked]] = {
    "api/v1/devices/<uuid:public_id>": [Walked(("device",), ("DELETE",))],
    "api/v1/schools/<int:pk>": [Walked(("school",))],
    "api/v1/enterprises/<int:pk>": [Walked(("enterprise",))],
    "api/v1/posts/<int:pk>": [Walked(("post",))],
    "api/v1/placements/<int:pk>/wording": [
        Walked(("placement",)),
        Walked(("offered placement",), ("POST",), {"place": "别处"}),
    ],
    "api/v1/placements/<int:pk>/documents": [
        Walked(("placement",)),
        Walked(("offered placement",), ("POST",), {"kind": "agreement"}),
    ],
    "api/v1/documents/<uuid:public_id>": [Walked(("document",))],
    "api/v1/documents/<uuid:public_id>/links": [
        Walked(("document",)),
        Walked(("offered document",), ("POST",), {"party": "guardian"}),
    ],
    "api/v1/signing-links/<uuid:public_id>/withdraw": [Walked(("signing link",), ("POST",))],
    "api/v1/documents/<uuid:public_id>/pdf": [Walked(("document",))],
    **_lives(),
    "api/v1/alerts/<uuid:public_id>": [Walked(CASES)],
    "api/v1/alerts/<uuid:public_id>/candidates": [Walked(CASES)],
    "api/v1/hosts/<int:pk>": [Walked(("host", "frozen host"))],
    "api/v1/hosts/<int:pk>/freeze": [Walked(("host",), ("POST",), DECISION)],
    "api/v1/hosts/<int:pk>/unfreeze": [Walked(("frozen host",), ("POST",), DECISION)],
    "api/v1/complaints/<uuid:public_id>": [Walked(COMPLAINTS)],
    "api/v1/complaints/<uuid:public_id>/look-into": [Walked(("complaint",), ("POST",))],
    "api/v1/complaints/<uuid:public_id>/answer": [
        Walked(("complaint looked into",), ("POST",), SAID)
    ],
    "api/v1/complaints/<uuid:public_id>/close": [Walked(("complaint answered",), ("POST",), SAID)],
    "complaints/<uuid:public_id>": [Walked(COMPLAINTS)],
    "complaints/<uuid:public_id>/<slug:key>": [
        Walked(("complaint",), ("POST",), {}, "look_into"),
        Walked(("complaint looked into",), ("POST",), SAID, "answer"),
        Walked(("complaint answered",), ("POST",), SAID, "close"),
    ],
    "api/v1/batches/<uuid:public_id>": [Walked(BATCHES)],
    "api/v1/batches/<uuid:public_id>/add": [Walked(("batch",), ("POST",))],
    "api/v1/batches/<uuid:public_id>/take-out": [Walked(("batch",), ("POST",))],
    "api/v1/batches/<uuid:public_id>/file": [Walked(("batch to file",), ("POST",), NUMBERED)],
    "batches/<uuid:public_id>": [Walked(BATCHES)],
    "batches/<uuid:public_id>/take-out": [Walked(("batch",), ("POST",))],
    "batches/<uuid:public_id>/file": [Walked(("batch",), ("POST",), NUMBERED)],
    "batches/<uuid:public_id>/export.xlsx": [Walked(BATCHES)],
    "api/v1/hosts/<int:pk>/records": [Walked(("host", "frozen host"))],
    "api/v1/hosts/<int:pk>/assess": [Walked(("own host",), ("POST",), VISIT)],
    "api/v1/hosts/<int:pk>/check": [Walked(("own host",), ("POST",), CHECK)],
    "api/v1/hosts/<int:pk>/decide": [Walked(("own host",), ("POST",), CHOICE)],
    "hosts/<int:number>/records/<slug:key>": [
        Walked(("kept host",), ("GET", "HEAD", "POST"), CHOICE, "decide")
    ],
    "hosts/<int:number>": [Walked(("host", "frozen host"))],
    "hosts/<int:number>/freeze": [Walked(("host",), ("POST",), DECISION)],
    "hosts/<int:number>/unfreeze": [Walked(("frozen host",), ("POST",), DECISION)],
    "placements/<int:number>": [Walked(("placement",))],
    "placements/<int:number>/papers": [Walked(("placement",))],
    "placements/<int:number>/papers/wording": [
        Walked(("offered placement",), ("POST",), {"place": "别处", "notice_days": 7})
    ],
    "placements/<int:number>/papers/issue": [
        Walked(("offered placement",), ("POST",), {"kind": "agreement"})
    ],
    "placements/<int:number>/papers/copy": [Walked(("offered placement",), ("POST",), COPY)],
    "papers/<uuid:public_id>": [Walked(("document",))],
    "papers/<uuid:public_id>/link": [
        Walked(("offered document",), ("POST",), {"party": "guardian"})
    ],
    "copies/<uuid:public_id>": [Walked(("paper copy",))],
    "signals/<int:number>/judge": [
        Walked(("proxy signal",), ("POST",), {"verdict": "genuine", "note": "已电话核实"})
    ],
    "placements/<int:number>/edit": [Walked(("placement",), ("GET", "HEAD", "POST"), to_all=False)],
    "placements/<int:number>/gate": [Walked(("placement",), ("GET", "HEAD", "POST"), to_all=False)],
    "placements/<int:number>/moves/<slug:key>": [
        Walked(("placement",), ("POST",), {"message": "设备检修"}, "suspend"),
    ],
    "alerts/<uuid:public_id>": [Walked(CASES)],
    "alerts/views/<int:number>/drop": [Walked(("view",), ("POST",))],
    "notices/<int:notice_id>/read": [Walked(("notice",), ("POST",))],
    "people/invitations/<uuid:public_id>/withdraw": [Walked(("invitation",), ("POST",))],
    "people/<uuid:public_id>/reset": [Walked(("account",), ("POST",))],
    "people/<int:number>/leave": [Walked(("tenure",), ("GET", "HEAD", "POST"))],
    **_moves("api/v1/alerts/<uuid:public_id>", ""),
    **_moves("alerts/<uuid:public_id>", "<slug:key>"),
}

# The token in the address is the right itself: there is no owner beside whoever has it.
RIGHT_IN_THE_ADDRESS = {
    "sign-in/demo/<str:token>",
    "invitations/<str:token>",
    "password/reset/<str:token>",
    "sign/<str:token>",
    "sign/<str:token>/code",
    "sign/<str:token>/paper.pdf",
}

# Nothing of anybody's is named: what they show is the asker's, and tests of lists hold them to it.
WITHOUT_OBJECT = {
    *(f"api/v1/{word}" for word in ("tokens", "tokens/refresh", "tokens/end", "devices", "me")),
    *(f"api/v1/{word}" for word in ("schools", "enterprises", "posts", "placements", "alerts")),
    *(f"api/v1/{word}" for word in ("learners", "teachers", "mentors")),
    *(f"api/v1/placements/{word}" for word in ("submit", "accept", "sign")),
    *("api/v1/schema", "api/v1/^.*$"),
    *("sign-in/code", "sign-in/second-factor"),
    *("", "sign-in", "sign-out", "password", "people", "people/invite", "language", "status"),
    *("hosts", "api/v1/freezes", "complaints", "complaints/new", "complaints/changes"),
    *("batches", "batches/gather", "api/v1/batches", "api/v1/batches/missing"),
    *("api/v1/complaints", "api/v1/complaints/changes"),
    *("placements", "placements/new", "placements/waiting"),
    *("alerts", "alerts/export.xlsx", "alerts/views", "today", "district"),
    *("notices", "notices/read", "healthz", "readyz"),
}


def routes_of_the_site() -> list[str]:
    """Every route of the URLconf, the included ones with what leads to them."""
    return list(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: Any, before: str) -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        else:
            yield from _routes(pattern.url_patterns, here)


def without_a_sample(routes: list[str]) -> set[str]:
    """Routes that no table names."""
    return set(routes) - set(WALKED) - RIGHT_IN_THE_ADDRESS - WITHOUT_OBJECT


def address_of(route: str, key: Any, word: str) -> str:
    """The address of that object by the route."""
    parts = [
        word if part == "<slug:key>" else str(key) if part.startswith("<") else part
        for part in route.split("/")
    ]
    return "/" + "/".join(parts)


def nobodys_key(key: Any) -> Any:
    """A key of the same form that never was."""
    return ID_OF_NOBODY if isinstance(key, UUID) else NUMBER_OF_NOBODY


def ask(client: Client, method: str, address: str, body: dict[str, Any]) -> Any:
    """The request, as a program or as a page sends it."""
    if not address.startswith("/api/"):
        form = {"once": f"{uuid4()}", **body}
        return client.post(address, form) if method == "POST" else client.generic(method, address)
    headers = {"idempotency-key": uuid4().hex, "if-match": "*"}
    return client.generic(
        method,
        address,
        json.dumps(body) if method in ("POST", "PUT", "PATCH") else "",
        content_type="application/json",
        headers=headers,
    )
