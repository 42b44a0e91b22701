"""Schools and enterprises, as far as the actor sees them."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from api.views import RowsView, RowView
from api.words import Word
from people.actors import Actor
from people.models import Enterprise, School
from people.models.institutions import VenueKind


class SchoolSerializer(serializers.ModelSerializer[School]):
    """A school."""

    class Meta:
        model = School
        fields = ("id", "code", "name", "level", "division_code")
        read_only_fields = fields


class SchoolFilters(django_filters.FilterSet):
    """What a list of schools may be asked."""

    code = django_filters.CharFilter(help_text=_("学校标识码"))
    name = django_filters.CharFilter(lookup_expr="contains", help_text=_("名称中的几个字"))


@extend_schema_view(get=extend_schema(summary=_("学校"), tags=["schools"]))
class SchoolsView(RowsView):
    """The schools that the actor sees."""

    serializer_class = SchoolSerializer
    filterset_class = SchoolFilters

    def seen(self, actor: Actor) -> Any:
        """The actor's schools."""
        return School.objects.visible_to(actor)


@extend_schema_view(get=extend_schema(summary=_("一所学校"), tags=["schools"]))
class SchoolView(RowView):
    """One of them."""

    serializer_class = SchoolSerializer

    def seen(self, actor: Actor) -> Any:
        """The actor's schools."""
        return School.objects.visible_to(actor)


class EnterpriseSerializer(serializers.ModelSerializer[Enterprise]):
    """A host; whom to call there is told on no list."""

    venue = Word(VenueKind.choices)

    class Meta:
        model = Enterprise
        fields = (
            "id",
            "credit_code",
            "name",
            "division_code",
            "staff_count",
            "address",
            "venue",
            "nature",
        )
        read_only_fields = fields


class EnterpriseFilters(django_filters.FilterSet):
    """What a list of enterprises may be asked."""

    credit_code = django_filters.CharFilter(help_text=_("统一社会信用代码"))
    name = django_filters.CharFilter(lookup_expr="contains", help_text=_("名称中的几个字"))
    division_code = django_filters.CharFilter(help_text=_("行政区划代码"))


@extend_schema_view(get=extend_schema(summary=_("企业"), tags=["enterprises"]))
class EnterprisesView(RowsView):
    """The enterprises that the actor sees."""

    serializer_class = EnterpriseSerializer
    filterset_class = EnterpriseFilters

    def seen(self, actor: Actor) -> Any:
        """The actor's enterprises."""
        return Enterprise.objects.visible_to(actor)


@extend_schema_view(get=extend_schema(summary=_("一家企业"), tags=["enterprises"]))
class EnterpriseView(RowView):
    """One of them."""

    serializer_class = EnterpriseSerializer

    def seen(self, actor: Actor) -> Any:
        """The actor's enterprises."""
        return Enterprise.objects.visible_to(actor)
