"""Where students may be placed: which hosts, at which posts, how many and for how long."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Count, F, Func, Min, Q, Sum, Value
from django.utils.translation import gettext_lazy as _

from common.day_sql import NumberOfDaysIn
from common.law_sql import IsOneOf, codes_of
from compliance.findings import Severity
from compliance.found_rows import found, word_of
from compliance.registry import rule
from compliance.scopes import (
    Rows,
    hosts,
    learners_placed,
    posts,
    standing_placements,
    standing_production,
)
from internships.models import AT_WORK_STATUSES, PlacementKind, PlacementStatus
from internships.placement_queries import PlacementQuerySet
from law.legal_values import value_on
from people.models import EnterpriseNature, VenueKind

# 专业代码 begins with 21–39, 41–59 or 61–79: the ordinal of its major group plus 20, 40 or 60.
CODES_PER_LEVEL = 20


class MajorGroup(Func):
    """The two-digit ordinal of the major group of a 专业代码."""

    template = (
        "lpad(mod(left(%(expressions)s, 2)::int, " + str(CODES_PER_LEVEL) + ")::text, 2, '0')"
    )
    output_field = CharField()


@rule(
    "HOST-04",
    title=_("禁止安排的场所"),
    severity=Severity.BLOCK,
    scope=standing_placements,
    numbers=("banned_venues",),
)
def at_barred_venue(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements at a bar, a night club or another barred venue."""
    banned = codes_of(VenueKind)(value_on("banned_venues", on))
    return found(
        placements.with_judged_terms(on).filter(judged__post__enterprise__venue__in=banned),
        subject="code",
        since="starts_on",
        venue=word_of("judged__post__enterprise__venue", VenueKind),
    )


@rule(
    "HOST-05",
    title=_("通过中介机构或劳务派遣机构安排"),
    severity=Severity.BLOCK,
    scope=standing_placements,
    numbers=("barred_host_natures",),
)
def through_intermediary(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements at an intermediary or a labour dispatch agency."""
    barred = codes_of(EnterpriseNature)(value_on("barred_host_natures", on))
    return found(
        placements.with_judged_terms(on).filter(judged__post__enterprise__nature__in=barred),
        subject="code",
        since="starts_on",
    )


@rule(
    "HOST-07",
    title=_("岗位与专业不对口"),
    severity=Severity.WARNING,
    scope=standing_production,
)
def outside_major_group(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements at a post that lists major groups, none of them the student's."""
    return found(
        placements.with_judged_terms(on)
        .filter(judged__post__major_groups__len__gt=0)
        .exclude(IsOneOf(MajorGroup("learner__major_code"), F("judged__post__major_groups"))),
        subject="code",
        since="starts_on",
    )


def interning_on(on: date, terms: str) -> Q:
    """Active 岗位实习 on `on`, by the path that leads to the terms in force that day."""
    return Q(
        **{
            f"{terms}__period__contains": on,
            f"{terms}__placement__kind": PlacementKind.PRODUCTION,
            f"{terms}__placement__status": PlacementStatus.ACTIVE,
            f"{terms}__placement__starts_on__lte": on,
            f"{terms}__placement__last_on__gte": on,
        }
    )


def hosting(enterprises: Rows, on: date) -> Rows:
    """Enterprises with an intern: when the last has left, nothing is in order or not."""
    return enterprises.filter(interning_on(on, "posts__terms"))


@rule(
    "HOST-08",
    title=_("实习生占职工总数比例过高"),
    severity=Severity.WARNING,
    scope=hosts,
    numbers=("interns_share_of_staff",),
    judges=hosting,
)
def too_many_interns_for_staff(enterprises: Rows, *, on: date) -> Rows:
    """Enterprises whose interns of all schools exceed their lawful share of the staff."""
    share = value_on("interns_share_of_staff", on)
    interning = hosting(enterprises, on).annotate(
        interns=Count("posts__terms__placement"), since=Min("posts__terms__placement__starts_on")
    )
    return found(
        interning.filter(interns__gt=F("staff_count") * Value(share)),
        subject="credit_code",
        since="since",
        interns="interns",
        staff="staff_count",
    )


def manned(posts_judged: Rows, on: date) -> Rows:
    """Posts with an intern."""
    return posts_judged.filter(interning_on(on, "terms"))


@rule(
    "HOST-09",
    title=_("实习生占同岗位人数比例过高"),
    severity=Severity.WARNING,
    scope=posts,
    numbers=("interns_share_of_post",),
    judges=manned,
)
def too_many_interns_for_post(posts_judged: Rows, *, on: date) -> Rows:
    """Posts whose interns of all schools exceed their lawful share of its staff."""
    share = value_on("interns_share_of_post", on)
    interning = manned(posts_judged, on).annotate(
        interns=Count("terms__placement"), since=Min("terms__placement__starts_on")
    )
    return found(
        interning.filter(interns__gt=F("headcount") * Value(share)),
        subject="code",
        since="since",
        interns="interns",
        staff="headcount",
    )


@rule(
    "HOST-10",
    title=_("岗位实习累计时间过长"),
    severity=Severity.WARNING,
    scope=learners_placed,
    numbers=("internship_days_norm",),
)
def longer_than_six_months(learners: Rows, *, on: date) -> Rows:
    """Students whose 岗位实习, past, running and approved, sum to more than the norm."""
    norm = value_on("internship_days_norm", on)
    summed = learners.filter(
        placements__kind=PlacementKind.PRODUCTION, placements__status__in=AT_WORK_STATUSES
    ).annotate(days=Sum(NumberOfDaysIn("placements__period")), since=Min("placements__starts_on"))
    name = Func(
        F("school__code"),
        Value(":"),
        F("student_number"),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=CharField(),
    )
    return found(summed.filter(days__gt=norm), subject=name, since="since", days="days")
