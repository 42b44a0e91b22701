"""Letters of consent that wait for a guardian, the links to them, and who opens one."""

from __future__ import annotations

from typing import Any

from django.test import Client

from internships.models import (
    Document,
    DocumentKind,
    Party,
    SigningLink,
)
from internships.signing.links import make_link
from people.roles import Role
from tests.life.cast import Cast
from tests.signing.papers import issued, worded

PHONE = "+8613800138000"


def letter_of(cast: Cast, **terms: Any) -> Document:
    return issued(cast, worded(cast, cast.accepted(**terms)), DocumentKind.CONSENT)


def link_of(cast: Cast, document: Document, **values: Any) -> tuple[SigningLink, str]:
    given = {"party": Party.GUARDIAN} | values
    return make_link(document, **given, **cast.by(Role.SCHOOL_COORDINATOR))


def form(code: str, **values: str) -> dict[str, str]:
    return {"name": "示例家长", "code": code, "choice": "agreed"} | values


def with_code(token: str, told: Any, client: Client | None = None) -> tuple[Client, str]:
    """Somebody who opened the link and got the code."""
    browser = client or Client()
    assert browser.post(f"/sign/{token}/code").status_code == 200
    return browser, told()[-1]
