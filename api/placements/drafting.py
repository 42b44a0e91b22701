"""What a new placement must say, and what an edit may: rows are those that the actor sees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from api.asking import Asked, Day, RowId, row_named
from api.placements.moves import MayMessageInAName
from internships.life.agreed import Agreed
from internships.models import Arrangement, PayBasis, Placement, PlacementKind, Post, Stage
from internships.models.moves import Party
from people.actors import Actor
from people.models import LearnerIdentity, Mentor, Teacher

ROWS: dict[str, Any] = {"post": Post, "teacher": Teacher, "mentor": Mentor}
PLACEMENTS = {"instead_of", "follows"}


class AgreedAsked(Asked):
    """What is to be agreed; pay in yuan by the basis, paid on a day of the following month."""

    post = RowId()
    teacher = RowId(allow_null=True, required=False)
    mentor = RowId(allow_null=True, required=False)
    stage = serializers.ChoiceField(Stage.choices, required=False)
    pay_basis = serializers.ChoiceField(PayBasis.choices, required=False)
    agreed_pay = serializers.DecimalField(
        12, 2, min_value=Decimal(0), allow_null=True, required=False
    )
    pay_day = serializers.IntegerField(min_value=1, max_value=28, required=False)
    daily_hours = serializers.DecimalField(
        4, 2, min_value=Decimal("0.01"), max_value=Decimal(24), allow_null=True, required=False
    )


class DraftAsked(AgreedAsked):
    """A placement of a student, from the first to the last day, both included.

    `instead_of` is the placement whose consent was declined, `follows` the one that this succeeds.
    """

    learner = serializers.UUIDField()
    kind = serializers.ChoiceField(PlacementKind.choices)
    arrangement = serializers.ChoiceField(Arrangement.choices, required=False)
    starts_on = Day()
    ends_on = Day()
    instead_of = RowId(required=False)
    follows = RowId(required=False)


class EditAsked(AgreedAsked, MayMessageInAName):
    """What is to be changed; a host names its own mentor, everything else is the school's."""

    post = RowId(required=False)
    kind = serializers.ChoiceField(PlacementKind.choices, required=False)
    arrangement = serializers.ChoiceField(Arrangement.choices, required=False)
    starts_on = Day(required=False)
    ends_on = Day(required=False)
    safety_trained_on = Day(allow_null=True, required=False)


def read_rows(asked: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """The values, with the rows that ids name; Problem for one that the actor does not see."""
    values = dict(asked)
    for name in values:
        if name in ROWS:
            rows = ROWS[name].objects.visible_to(actor)
            values[name] = row_named(rows, name, values[name])
        elif name in PLACEMENTS:
            values[name] = row_named(Placement.objects.visible_to(actor), name, values[name])
        elif name == "learner":
            rows = LearnerIdentity.objects.visible_to(actor)
            values[name] = row_named(rows, name, values[name], column="public_id")
    if "party" in values:
        values["party"] = Party(values["party"])
    return values


def drafted(asked: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """What the verb that drafts takes."""
    values = read_rows(asked, actor)
    names = [name for name in Agreed.__dataclass_fields__ if name in values]
    return values | {"agreed": Agreed(**{name: values.pop(name) for name in names})}


def edited(asked: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """What the verb that edits takes."""
    values = read_rows(asked, actor)
    beside = {name: values.pop(name) for name in ("party", "message") if name in values}
    return beside | {"changes": values}
