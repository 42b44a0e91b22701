"""Keeping and dropping a user's saved views."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from common.plain_text import plain
from people.actors import Actor
from people.models import SavedView, User
from people.models.saved_views import LONGEST_NAME, LONGEST_QUERY

MOST_VIEWS = 20


class ViewRefused(Exception):
    """A view that cannot be kept; its text says why."""


@transaction.atomic
def save_view(*, name: str, query: str, actor: Actor, at: datetime) -> SavedView:
    """Keep `query` under `name` for the actor; a name that is taken is given the new query.

    Raises ViewRefused for a name that is empty or longer than thirty characters, without a user,
    and beyond twenty views.
    """
    name = plain(name).strip()
    if not name:
        raise ViewRefused(_("请给视图起个名字"))
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise ViewRefused(_("名称最多 %(most)s 个字，筛选条件也不要太多") % {"most": LONGEST_NAME})
    if actor.user_id is None:
        raise ViewRefused(_("只有登录的用户可以保存视图"))
    # The user's own row is the queue: two tabs saving at once do not pass the limit together.
    User.objects.select_for_update().get(pk=actor.user_id)
    own = SavedView.objects.visible_to(actor)
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise ViewRefused(_("最多保存 %(most)s 个视图，请先删除不用的") % {"most": MOST_VIEWS})
    kept, _created = SavedView.objects.update_or_create(
        user_id=actor.user_id, name=name, defaults={"query": query, "saved_at": at}
    )
    return kept


def delete_view(*, number: int, actor: Actor) -> int:
    """Drop the actor's own view; how many that were: another's is not found, one gone is gone."""
    dropped, _by_model = SavedView.objects.visible_to(actor).filter(pk=number).delete()
    return dropped
