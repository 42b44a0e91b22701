"""What the pages of signing in share."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

REFUSED, TOO_MANY = 422, 429


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Refuse a try without looking at what was typed; `wait` is in seconds."""
    page = {"minutes": -(-wait // 60)}
    response = render(request, "console/accounts/too_many_tries.html", page, status=TOO_MANY)
    response.headers["Retry-After"] = str(wait)
    return response
