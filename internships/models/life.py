"""The history of placements, and what each party gave its word to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.sound_values import calendar_days
from internships.models.moves import (
    GIVERS,
    WITH_A_MESSAGE,
    ApprovalKind,
    Party,
    PlacementMove,
)
from internships.models.placements import Placement, PlacementState
from people.access import VisibleQuerySet
from people.models import User

# Of a message, a reason, a waiver's words.
MOST_CHARACTERS = 500
# Bytes of SHA-256, as hexadecimal digits.
DIGEST = "^[0-9a-f]{64}$"


class PlacementStep(models.Model):
    """One move of a placement: what, from which state to which, in whose name, by whom, why.

    Written once and never changed; it outlives a placement that is taken back. `actor` is an id
    for people to read in a log. `detail` holds ids, words and days: terms that changed, approvals
    they voided, reasons of the gate that were waived, how a placement ended.
    """

    placement = models.ForeignKey(
        Placement, models.DO_NOTHING, related_name="steps", db_constraint=False
    )
    move = models.CharField(max_length=12, choices=PlacementMove)
    from_state = models.CharField(max_length=12, choices=PlacementState, blank=True)
    to_state = models.CharField(max_length=12, choices=PlacementState)
    party = models.CharField(max_length=10, choices=Party, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    written_at = models.DateTimeField(db_default=Now())
    actor = models.CharField(max_length=100)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    message = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    detail = models.JSONField(default=dict)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("安排经过")
        ordering = ("id",)
        constraints = (
            known_word("placement_step_move_is_a_known_one", "move", PlacementMove),
            known_word(
                "placement_step_comes_from_a_known_state",
                "from_state",
                PlacementState,
                may_be_empty=True,
            ),
            known_word("placement_step_leads_to_a_known_state", "to_state", PlacementState),
            known_word("placement_step_party_is_a_known_one", "party", Party, may_be_empty=True),
            models.CheckConstraint(
                condition=Q(move=PlacementMove.DRAFT, from_state="")
                | (~Q(move=PlacementMove.DRAFT) & ~Q(from_state="")),
                name="placement_step_comes_from_a_state_but_the_first",
            ),
            models.CheckConstraint(
                condition=~Q(move__in=WITH_A_MESSAGE) | ~Q(message=""),
                name="placement_step_against_somebody_says_why",
            ),
            calendar_days("placement_step_is_on_a_day_of_the_calendar", "on"),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.move}"


def _given_by_its_givers() -> Q:
    condition = Q()
    for kind, parties in GIVERS.items():
        condition |= Q(kind=kind, party__in=parties)
    return condition


class Approval(models.Model):
    """A party's word to what a placement says: `digest` is that of the terms it was given to.

    It stands while `voided_by` is empty and the placement still says the same; the step that
    voided it is all that is ever written into it.
    """

    placement = models.ForeignKey(
        Placement, models.DO_NOTHING, related_name="approvals", db_constraint=False
    )
    kind = models.CharField(max_length=10, choices=ApprovalKind)
    party = models.CharField(max_length=10, choices=Party)
    digest = models.CharField(max_length=64)
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    voided_by = models.ForeignKey(PlacementStep, models.PROTECT, null=True, related_name="voided")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("各方认可")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=_given_by_its_givers(),
                name="approval_is_given_by_a_party_that_can",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=DIGEST), name="approval_is_of_a_digest"
            ),
            models.UniqueConstraint(
                fields=("placement", "kind", "party"),
                condition=Q(voided_by__isnull=True),
                name="approval_stands_once_a_party",
            ),
            calendar_days("approval_is_given_on_a_day_of_the_calendar", "on"),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.kind} {self.party}"
