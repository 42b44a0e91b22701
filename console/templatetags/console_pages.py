"""The bar of pages with its bell, and links that change one thing of the address."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import QueryDict

from console.navigation import pages_for
from console.notices.bell import bell_of

register = template.Library()


@register.inclusion_tag("console/parts/pages.html", takes_context=True)
def page_bar(context: dict[str, Any]) -> dict[str, Any]:
    """The pages of the signed-in actor, the current one marked."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    match = getattr(request, "resolver_match", None)
    current = (match.url_name or "").partition("-")[0] if match else ""
    return {
        "pages": [
            (page, page.address in (current, f"{current}s", f"{current}es"))
            for page in (pages_for(actor) if actor else [])
        ]
    }


@register.inclusion_tag("console/parts/bell.html", takes_context=True)
def bell(context: dict[str, Any]) -> dict[str, Any]:
    """The bell of the signed-in actor; nothing for somebody whom no case is told to."""
    actor = getattr(context.get("request"), "actor", None)
    return {"bell": bell_of(actor) if actor else None}


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The query string of this page with some values changed; an empty value is taken out.

    Where a list stands is left behind: another question starts on its first page.
    """
    query: QueryDict = context["request"].GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
