"""The form of an endpoint: rows that the actor sees, a page or one of them, or a refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import generics
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from people.actors import Actor, ActorKind

Rows = list[Any]
PAGE_PARAMETERS = frozenset({"cursor", "limit"})
# The schema is made without a request: of rows that nobody sees.
NOBODY = Actor(ActorKind.USER, date(2021, 12, 31))


class Endpoint(APIView):
    """Answers the methods that it has and no others; the description says which those are."""

    http_method_names = ["get", "head", "post", "patch", "delete"]

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer, which nothing on the way may keep: it is one person's."""
        response.headers.setdefault("Cache-Control", "no-store")
        return super().finalize_response(request, response, *args, **kwargs)


class SeenRows(Endpoint, generics.GenericAPIView[Any]):
    """Rows by what the actor sees; a subclass says of which model, and how they are read."""

    @property
    def actor(self) -> Actor:
        """Who asks, on the day of the request."""
        return NOBODY if getattr(self, "swagger_fake_view", False) else self.request.actor  # type: ignore[attr-defined]

    def seen(self, actor: Actor) -> Any:
        """The rows that `actor` may see."""
        raise NotImplementedError

    def get_queryset(self) -> Any:
        """The rows of who asks."""
        return self.seen(self.actor)

    def check_parameters(self, known: frozenset[str]) -> None:
        """ValidationError for a parameter that is not understood, and would change nothing."""
        unknown = sorted(set(self.request.query_params) - known)
        if unknown:
            raise ValidationError({name: [_("没有这个参数")] for name in unknown})


class RowsView(SeenRows, generics.ListAPIView[Any]):
    """A list: a page of rows, filtered by parameters that are documented."""

    filterset_class: Any = None

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The page that the address asks for."""
        self.check_parameters(PAGE_PARAMETERS | frozenset(self.filterset_class.base_filters))
        return super().list(request, *args, **kwargs)

    def paginate_queryset(self, queryset: Any) -> Any:
        """The rows of the page, with what is asked once for all of them."""
        page = super().paginate_queryset(queryset)
        return None if page is None else self.prepared(list(page))

    def prepared(self, rows: Rows) -> Rows:
        """The rows as the serializer reads them."""
        return rows


class RowView(SeenRows, generics.RetrieveAPIView[Any]):
    """One row that the actor sees; 404 for any other."""

    filter_backends: list[Any] = []
    # What a decision on the row names, where there is one; `prepared` says it.
    mark: str | None = None

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The row, with its mark."""
        self.check_parameters(frozenset())
        response = super().retrieve(request, *args, **kwargs)
        if self.mark is not None:
            response.headers["ETag"] = self.mark
        return response

    def get_object(self) -> Any:
        """The row, with what the serializer reads of it."""
        return self.prepared([super().get_object()])[0]

    def prepared(self, rows: Rows) -> Rows:
        """The rows as the serializer reads them."""
        return rows


class NotThere(Endpoint):
    """Whatever has no endpoint, whatever the method, to whoever asks."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    throttle_classes: list[Any] = []
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """404."""
        raise NotFound
