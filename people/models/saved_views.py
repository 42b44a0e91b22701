"""Lists as somebody likes to see them: a name, and the question that the address asks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.access.registry import VisibleQuerySet
from people.models.accounts import User

LONGEST_NAME = 30
LONGEST_QUERY = 500


class SavedView(models.Model):
    """The list of cases under the filters of `query`, as a query string, by the user's name for it.

    What rows it shows is asked anew each time: it grants nothing.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("名称"), max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    saved_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("常用视图")
        ordering = ("saved_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "name"), name="saved_view_is_named_once_by_a_user"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name_to_call_it"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.pk}"
