"""The page of notices, and marking them as read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from compliance.models import Notice
from compliance.notices.reading import is_told, mark_read
from compliance.registry import all_rules
from console.accounts.middleware import actor_of
from console.notices.listing import groups, morning, page_of
from people.actors import Actor


def told_actor(request: HttpRequest) -> Actor:
    """The actor, who must hold a role that cases are told to; PermissionDenied otherwise."""
    actor = actor_of(request)
    if not is_told(actor):
        raise PermissionDenied
    return actor


@require_safe
@never_cache
def list_notices(request: HttpRequest) -> HttpResponse:
    """Unread notices by rule; of one rule, or read ones too, as a list."""
    actor = told_actor(request)
    titles = {rule.id: rule.title for rule in all_rules()}
    rule, everything = asked_rule(request.GET.get("rule", "")), request.GET.get("show") == "all"
    context: dict[str, Any] = {"rule": rule, "title": titles.get(rule), "everything": everything}
    if rule or everything:
        lines, after = page_of(
            actor, rule=rule, unread=not everything, before=request.GET.get("after", "")
        )
        newest = lines[0].notice.pk if lines else 0
        context |= {"lines": lines, "after": after}
    else:
        shown = groups(actor)
        newest = max((line.notice.pk for group in shown for line in group.lines), default=0)
        context |= {
            "groups": shown,
            "total": sum(group.total for group in shown),
            "morning": morning(actor),
        }
    return render(request, "console/notices/list.html", context | {"up_to": newest})


def asked_rule(text: str) -> str:
    """The rule of that id; nothing for an id no rule has."""
    return text if text in {rule.id for rule in all_rules()} else ""


@require_POST
def read_many(request: HttpRequest) -> HttpResponse:
    """Mark all unread notices as read, or those of a rule, up to the newest that was shown."""
    actor = told_actor(request)
    rule, up_to = asked_rule(request.POST.get("rule", "")), request.POST.get("up_to", "")
    if not (up_to.isascii() and up_to.isdigit() and len(up_to) < 19):
        raise Http404
    number = mark_read(actor=actor, at=timezone.now(), rule=rule, up_to=int(up_to))
    messages.success(request, _("已标为已读：%(number)s 条") % {"number": number})
    return redirect("notices")


@require_POST
def read_one(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read and go to its case, or back to the list; 404 for another's."""
    actor = told_actor(request)
    mine = Notice.objects.visible_to(actor).filter(pk=notice_id).select_related("alert").first()
    if mine is None:
        raise Http404
    mark_read(actor=actor, at=timezone.now(), notice_id=notice_id)
    if request.POST.get("then") == "case":
        return redirect("alert", public_id=mine.alert.public_id)
    rule = asked_rule(request.POST.get("rule", ""))
    return redirect(reverse("notices") + (f"?{urlencode({'rule': rule})}" if rule else ""))
