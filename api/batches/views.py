"""Endpoints of filing batches: the list, one, gathering, filing, and who is in none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Asked, row_named, rows_named
from api.batches.rows import (
    BatchAsked,
    BatchSerializer,
    FilingAsked,
    MissingSerializer,
    PlacementsAsked,
    WholeBatchSerializer,
)
from api.doing import KEY_PARAMETER, done_once, plain_json
from api.filtering import RowNumber
from api.views import RowsView, RowView, SeenRows
from audit.answers import Answer
from internships.hosts.batches import add_to_batch, file_batch, in_no_batch, open_batch, take_out
from internships.models import FilingBatch, Placement
from people.actors import Actor
from people.models import School


class BatchFilters(django_filters.FilterSet):
    """What a list of batches may be asked."""

    school = RowNumber(field_name="school", help_text=_("学校的 id"))
    filed = django_filters.BooleanFilter(
        field_name="filed_on", lookup_expr="isnull", exclude=True, help_text=_("已备案的")
    )


class SeenBatches(SeenRows):
    """Filing batches of the actor's schools; for the commission those filed."""

    serializer_class: Any = WholeBatchSerializer
    lookup_field = "public_id"

    def seen(self, actor: Actor) -> Any:
        """The actor's batches."""
        return FilingBatch.objects.visible_to(actor).select_related("school")

    def answer(self, batch: FilingBatch, status: int) -> Answer:
        """The batch as it is now."""
        row = self.seen(self.actor).get(pk=batch.pk)
        context = self.get_serializer_context()
        return Answer(status, plain_json(WholeBatchSerializer(row, context=context).data))

    def placements(self, keys: list[int]) -> list[Placement]:
        """The placements of those ids; Problem for one that the actor does not see."""
        return rows_named(Placement.objects.visible_to(self.actor), "placements", keys)


@extend_schema_view(get=extend_schema(summary=_("备案批次"), tags=["filings"]))
class BatchesView(SeenBatches, RowsView):
    """The batches that the actor sees."""

    serializer_class = BatchSerializer
    filterset_class = BatchFilters

    @extend_schema(
        summary=_("新建备案批次"),
        tags=["filings"],
        request=BatchAsked,
        responses={201: WholeBatchSerializer},
        parameters=[KEY_PARAMETER],
    )
    def post(self, request: Request) -> Response:
        """403 for anybody but a coordinator of the school, 422 for what is not the actor's."""
        self.check_parameters(frozenset())
        return done_once(request, self._opened)

    def _opened(self) -> Answer:
        asked = BatchAsked(data=self.request.data)
        asked.is_valid(raise_exception=True)
        sent = dict(asked.validated_data)
        school = row_named(School.objects.visible_to(self.actor), "school", sent.pop("school"))
        placements = self.placements(sent.pop("placements"))
        made = open_batch(
            school, placements=placements, actor=self.actor, at=timezone.now(), **sent
        )
        return self.answer(made, 201)


@extend_schema_view(get=extend_schema(summary=_("一个备案批次"), tags=["filings"]))
class BatchView(SeenBatches, RowView):
    """One of them, with its placements."""


class BatchChangeView(SeenBatches):
    """Changes one batch, and answers with it as it is then."""

    filter_backends: list[Any] = []
    service: ClassVar[Callable[..., FilingBatch]]
    asks: ClassVar[type[Asked]] = PlacementsAsked

    def post(self, request: Request, public_id: Any) -> Response:
        """404 for a batch that the actor does not see, 403 for who is not of the school, 409 once
        it is filed."""
        self.check_parameters(frozenset())
        batch = self.get_object()
        return done_once(request, lambda: self._changed(batch))

    def _changed(self, batch: FilingBatch) -> Answer:
        asked = type(self).asks(data=self.request.data)
        asked.is_valid(raise_exception=True)
        sent = dict(asked.validated_data)
        if "placements" in sent:
            sent["placements"] = self.placements(sent["placements"])
        service = type(self).service
        return self.answer(service(batch, actor=self.actor, at=timezone.now(), **sent), 200)


def _described(summary: Any, asks: Any = PlacementsAsked) -> Any:
    return extend_schema_view(
        post=extend_schema(
            summary=summary,
            tags=["filings"],
            request=asks,
            responses=WholeBatchSerializer,
            parameters=[KEY_PARAMETER],
        )
    )


@_described(_("加入备案批次"))
class AddView(BatchChangeView):
    """Put more placements in."""

    service = add_to_batch


@_described(_("移出备案批次"))
class TakeOutView(BatchChangeView):
    """Take placements out."""

    service = take_out


@_described(_("提交备案"), FilingAsked)
class FileView(BatchChangeView):
    """File it: the commission has it from then on, and it is not changed any more."""

    service = file_batch
    asks = FilingAsked


class MissingFilters(django_filters.FilterSet):
    """What the list of those in no batch may be asked."""

    school = RowNumber(field_name="school", help_text=_("学校的 id"))


@extend_schema_view(get=extend_schema(summary=_("未列入备案批次的实习安排"), tags=["filings"]))
class MissingView(RowsView):
    """岗位实习, not over, that the actor sees and that are in no batch."""

    serializer_class = MissingSerializer
    filterset_class = MissingFilters

    def seen(self, actor: Actor) -> Any:
        """Those in no batch."""
        return in_no_batch(actor).select_related("school", "learner")
