"""Rings after requests that may have written: what triggers publish nobody rings for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.outbox.doorbell import ring

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class RingAfterWrites:
    """Rings once a request that may write is answered; a reading request rings nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in READING:
            ring()
        return response
