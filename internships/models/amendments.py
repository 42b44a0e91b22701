"""Changes of what was agreed, proposed by one side and agreed by the other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.sound_values import calendar_days
from internships.models.life import MOST_CHARACTERS
from internships.models.moves import Party
from internships.models.placements import Placement
from internships.models.terms import Terms
from people.access import VisibleQuerySet
from people.models import User

SIDES = (Party.SCHOOL, Party.ENTERPRISE)


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("待对方同意")
    AGREED = "agreed", _("双方已同意")
    TURNED_DOWN = "turned_down", _("未达成一致")


class Amendment(models.Model):
    """A dated change of a placement's terms or of its end (补充协议): `changes` are the new values.

    Ids, words, days and amounts by the names of `internships.life.content`. Agreed, it is an
    episode of `terms` from `from_day` on, or a new end; `was` holds what it changed, so that what
    was known before `decided_at` can be told still. Decided once, it is never changed.
    """

    placement = models.ForeignKey(
        Placement, models.DO_NOTHING, related_name="amendments", db_constraint=False
    )
    state = models.CharField(max_length=12, choices=AmendmentState, default=AmendmentState.PROPOSED)
    from_day = models.DateField(_("生效日期"), null=True)
    changes = models.JSONField()
    was = models.JSONField(default=dict)
    message = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    proposed_for = models.CharField(max_length=10, choices=Party)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField()
    proposed_at = models.DateTimeField()
    decided_for = models.CharField(max_length=10, choices=Party, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    terms = models.ForeignKey(
        Terms, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("补充协议")
        ordering = ("id",)
        constraints = (
            known_word("amendment_state_is_a_known_one", "state", AmendmentState),
            models.CheckConstraint(
                condition=Q(proposed_for__in=SIDES), name="amendment_is_proposed_by_a_side"
            ),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.PROPOSED, decided_at__isnull=True, decided_for="")
                | (
                    ~Q(state=AmendmentState.PROPOSED)
                    & Q(decided_at__isnull=False, decided_on__isnull=False, decided_for__in=SIDES)
                ),
                name="amendment_is_decided_by_a_side_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=AmendmentState.AGREED) | ~Q(decided_for=F("proposed_for")),
                name="amendment_is_agreed_by_the_other_side",
            ),
            models.CheckConstraint(
                condition=Q(terms__isnull=True)
                | Q(state=AmendmentState.AGREED, from_day__isnull=False),
                name="amendment_has_terms_when_it_is_agreed",
            ),
            models.CheckConstraint(condition=~Q(changes={}), name="amendment_changes_something"),
            models.UniqueConstraint(
                fields=("placement",),
                condition=Q(state=AmendmentState.PROPOSED),
                name="amendment_is_proposed_one_at_a_time",
            ),
            calendar_days(
                "amendment_days_are_of_the_calendar", "from_day", "proposed_on", "decided_on"
            ),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.state}"
