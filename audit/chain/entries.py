"""Which request a change came with, so that its events can be found together."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

_ENTRY: ContextVar[str] = ContextVar("audit_entry", default="")


def entry() -> str:
    """The request that is being answered; empty in a command or a task."""
    return _ENTRY.get()


class NameTheEntry:
    """Gives each request a number of its own, by which the events it caused belong together."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _ENTRY.set(uuid4().hex)
        try:
            return self.get_response(request)
        finally:
            _ENTRY.reset(token)
