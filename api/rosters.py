"""Those whom a placement names: students, teachers and mentors that the actor sees."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from api.filtering import RowNumber
from api.placements.rows import LearnerSerializer
from api.views import RowsView
from people.access.masking import shown_name
from people.actors import Actor
from people.models import LearnerIdentity, Mentor, Teacher


class EnrolledSerializer(LearnerSerializer):
    """A student of a school; a placement is drafted by `id`."""

    school = serializers.IntegerField(source="school_id")


class LearnerFilters(django_filters.FilterSet):
    """What a list of students may be asked; they are found by number, never by name."""

    student_number = django_filters.CharFilter(help_text=_("学号"))
    school = RowNumber(help_text=_("学校的 id"))


@extend_schema_view(get=extend_schema(summary=_("学生"), tags=["rosters"]))
class LearnersView(RowsView):
    """The students that the actor sees."""

    serializer_class = EnrolledSerializer
    filterset_class = LearnerFilters

    def seen(self, actor: Actor) -> Any:
        """The actor's students."""
        return LearnerIdentity.objects.visible_to(actor)


class PersonSerializer(serializers.Serializer[Any]):
    """Somebody who looks after students, by name; masked for who sees names so."""

    id = serializers.IntegerField(source="pk")
    name = serializers.SerializerMethodField()

    def get_name(self, person: Any) -> str:
        """The name as the actor may read it."""
        return shown_name(person.name, actor=self.context["view"].actor)


class TeacherSerializer(PersonSerializer):
    """A 校内导师 of a school."""

    school = serializers.IntegerField(source="school_id")


class MentorSerializer(PersonSerializer):
    """A 企业师傅 of a host."""

    enterprise = serializers.IntegerField(source="enterprise_id")


class TeacherFilters(django_filters.FilterSet):
    """What a list of teachers may be asked."""

    school = RowNumber(help_text=_("学校的 id"))


class MentorFilters(django_filters.FilterSet):
    """What a list of mentors may be asked."""

    enterprise = RowNumber(help_text=_("企业的 id"))


@extend_schema_view(get=extend_schema(summary=_("校内导师"), tags=["rosters"]))
class TeachersView(RowsView):
    """The teachers that the actor sees."""

    serializer_class = TeacherSerializer
    filterset_class = TeacherFilters

    def seen(self, actor: Actor) -> Any:
        """The actor's teachers."""
        return Teacher.objects.visible_to(actor)


@extend_schema_view(get=extend_schema(summary=_("企业师傅"), tags=["rosters"]))
class MentorsView(RowsView):
    """The mentors that the actor sees."""

    serializer_class = MentorSerializer
    filterset_class = MentorFilters

    def seen(self, actor: Actor) -> Any:
        """The actor's mentors."""
        return Mentor.objects.visible_to(actor)
