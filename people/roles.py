"""The parts a user may play, and what a membership in each is tied to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    SCHOOL_COORDINATOR = "school_coordinator", _("学校实习管理员")
    SCHOOL_TEACHER = "school_teacher", _("校内导师")
    ENTERPRISE_HR = "enterprise_hr", _("企业人事")
    ENTERPRISE_MENTOR = "enterprise_mentor", _("企业师傅")
    STUDENT = "student", _("学生")
    GUARDIAN = "guardian", _("监护人")
    COMMISSION = "commission", _("区教委")


# The one record that a membership of a role acts for; the commission acts for the whole district.
TIE_OF_ROLE: dict[Role, str | None] = {
    Role.SCHOOL_COORDINATOR: "school",
    Role.SCHOOL_TEACHER: "teacher",
    Role.ENTERPRISE_HR: "enterprise",
    Role.ENTERPRISE_MENTOR: "mentor",
    Role.STUDENT: "student",
    Role.GUARDIAN: "guardian",
    Role.COMMISSION: None,
}
TIES: tuple[str, ...] = tuple(tie for tie in TIE_OF_ROLE.values() if tie)

# What an invitation may be tied to: students and guardians are not invited by these links.
INVITED_TIES = ("school", "teacher", "enterprise", "mentor")

# Roles in which somebody is one person of a roster, so that one account at a time may claim it.
PERSONAL_ROLES = (
    Role.SCHOOL_TEACHER,
    Role.ENTERPRISE_MENTOR,
    Role.STUDENT,
    Role.GUARDIAN,
)

# Roles that see many people's data: their sessions end when idle.
PRIVILEGED_ROLES = frozenset({Role.COMMISSION, Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR})

# Of these, those that come in by password and code together.
SECOND_FACTOR_ROLES = frozenset({Role.COMMISSION, Role.SCHOOL_COORDINATOR})
