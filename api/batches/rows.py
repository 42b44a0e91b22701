"""Filing batches as answers have them, and what is sent to gather and to file one."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.asking import Asked, Day, RowId
from api.placements.rows import LearnerSerializer, NamedSerializer
from internships.hosts.batches import MOST_IN_A_BATCH
from internships.models import FilingBatch, FilingMatter
from internships.models.batches import LONGEST_NUMBER


class BatchSerializer(serializers.Serializer[Any]):
    """A batch of a school; `number` and `filed_on` are null until it is filed."""

    id = serializers.UUIDField(source="public_id")
    school = NamedSerializer()
    matters = serializers.ListField(child=serializers.CharField())
    number = serializers.SerializerMethodField()
    filed_on = serializers.DateField(allow_null=True)
    made_on = serializers.DateField()

    def get_number(self, batch: FilingBatch) -> str | None:
        """备案编号."""
        return batch.number or None


class EntrySerializer(serializers.Serializer[Any]):
    """A placement in a batch, and the code of the filing that came of it."""

    placement = serializers.IntegerField(source="placement_id")
    code = serializers.CharField(source="placement.code")
    learner = LearnerSerializer(source="placement.learner")
    starts_on = serializers.DateField(source="placement.starts_on")
    last_on = serializers.DateField(source="placement.last_on")
    filing = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"]})
    def get_filing(self, entry: Any) -> str | None:
        """The code of the filing that the rules read; null where no matter was filed."""
        return str(entry.filing.code) if entry.filing_id else None


class WholeBatchSerializer(BatchSerializer):
    """A batch with its placements."""

    entries = serializers.SerializerMethodField()

    @extend_schema_field(EntrySerializer(many=True))
    def get_entries(self, batch: FilingBatch) -> Any:
        """The placements in it."""
        rows = batch.entries.select_related("placement__learner", "filing")
        return EntrySerializer(rows, many=True, context=self.context).data


class MissingSerializer(serializers.Serializer[Any]):
    """A placement that is in no batch."""

    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    school = NamedSerializer()
    learner = LearnerSerializer()
    starts_on = serializers.DateField()
    last_on = serializers.DateField()


class PlacementsAsked(Asked):
    """Which placements, by their ids."""

    placements = serializers.ListField(child=RowId(), min_length=1, max_length=MOST_IN_A_BATCH)


class BatchAsked(PlacementsAsked):
    """Of which school, which placements, and what leave is asked for; none of it, none."""

    school = RowId()
    matters = serializers.ListField(
        child=serializers.CharField(max_length=12),
        max_length=len(FilingMatter.values),
        required=False,
        default=list,
    )


class FilingAsked(Asked):
    """Under which number, as of which day, today or before."""

    number = serializers.CharField(max_length=LONGEST_NUMBER)
    filed_on = Day()
