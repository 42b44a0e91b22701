"""Posts that students are placed on."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from api.filtering import RowNumber
from api.views import RowsView, RowView
from api.words import Word
from internships.models import Hazard, LabourGrade, Post
from people.actors import Actor


class PostSerializer(serializers.ModelSerializer[Post]):
    """A post and its hazards; what it pays is told with the placement, to who sees its papers."""

    labour_grade = Word(LabourGrade.choices)
    enterprise = serializers.IntegerField(source="enterprise_id", read_only=True)

    class Meta:
        model = Post
        fields = (
            "id",
            "code",
            "enterprise",
            "title",
            "headcount",
            "major_groups",
            "labour_grade",
            "hazards",
        )
        read_only_fields = fields


class PostFilters(django_filters.FilterSet):
    """What a list of posts may be asked."""

    code = django_filters.CharFilter(help_text=_("岗位编号"))
    enterprise = RowNumber(help_text=_("企业的 id"))
    title = django_filters.CharFilter(lookup_expr="contains", help_text=_("名称中的几个字"))
    hazard = django_filters.ChoiceFilter(
        field_name="hazards",
        lookup_expr="contains",
        choices=Hazard.choices,
        method="with_hazard",
        help_text=_("有这种危险因素的岗位"),
    )

    def with_hazard(self, rows: Any, name: str, hazard: str) -> Any:
        """Posts that have the hazard among theirs."""
        return rows.filter(hazards__contains=[hazard])


@extend_schema_view(get=extend_schema(summary=_("岗位"), tags=["posts"]))
class PostsView(RowsView):
    """The posts that the actor sees."""

    serializer_class = PostSerializer
    filterset_class = PostFilters

    def seen(self, actor: Actor) -> Any:
        """The actor's posts."""
        return Post.objects.visible_to(actor)


@extend_schema_view(get=extend_schema(summary=_("一个岗位"), tags=["posts"]))
class PostView(RowView):
    """One of them."""

    serializer_class = PostSerializer

    def seen(self, actor: Actor) -> Any:
        """The actor's posts."""
        return Post.objects.visible_to(actor)
