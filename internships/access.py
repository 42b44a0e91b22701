"""Who reaches placements and what hangs on them, and whom placements let somebody reach."""

from __future__ import annotations

from django.db.models import Q

from internships.models import (
    OFFERED_STATES,
    Agreement,
    Amendment,
    Approval,
    AttendanceDay,
    Complaint,
    ComplaintStep,
    CreditRecord,
    Document,
    DocumentKind,
    Filing,
    FilingBatch,
    FilingBatchEntry,
    HostDecision,
    HostFreeze,
    PaperCopy,
    Placement,
    PlacementStatus,
    PlacementStep,
    Post,
    ProxySignal,
    Signature,
    SigningLink,
    SiteAssessment,
    Terms,
    Wording,
)
from people.access import EVERYTHING, Condition, reachable, register, through
from people.access.conditions import own_ids, through_learner
from people.accounts.powers import lasting, let_invite
from people.actors import Reach
from people.models import Enterprise, LearnerIdentity, Membership, Mentor, School, Teacher
from people.roles import Role

AGREED_STATUSES = (PlacementStatus.APPROVED, PlacementStatus.ACTIVE)


def _named_in_terms(reach: Reach, path: str) -> Q:
    """Placements whose terms of the day name one of the records at `path`."""
    terms = Terms.objects.filter(**{f"{path}__in": reach.ids}, period__contains=reach.on)
    return Q(pk__in=terms.values("placement"))


def students_of_teacher(reach: Reach) -> Q:
    """Placements whose terms of the day name the teacher."""
    return _named_in_terms(reach, "teacher")


def placed_at_enterprise(reach: Reach) -> Q:
    """Placements offered to the enterprise or running there; gone the day after the last day."""
    return _named_in_terms(reach, "post__enterprise") & Q(
        state__in=OFFERED_STATES, last_on__gte=reach.on
    )


def apprentices_of_mentor(reach: Reach) -> Q:
    """Agreed placements whose terms of the day name the mentor; gone the day after the last day."""
    return _named_in_terms(reach, "mentor") & Q(status__in=AGREED_STATUSES, last_on__gte=reach.on)


def through_placement(path: str, *roles: Role) -> dict[Role, Condition]:
    """For each of `roles`: rows whose placement, at `path`, the role reaches."""
    return {role: through(path, Placement, role) for role in roles}


def _learners_placed(role: Role) -> Condition:
    return lambda reach: Q(pk__in=reachable(Placement, role, reach).values("learner"))


def _named_by_terms(column: str, role: Role) -> Condition:
    """Rows that the terms, on the day, of a placement the role reaches name in `column`."""

    def condition(reach: Reach) -> Q:
        terms = Terms.objects.filter(
            placement__in=reachable(Placement, role, reach), period__contains=reach.on
        )
        return Q(pk__in=terms.exclude(**{column: None}).values(column))

    return condition


def _filings_for_schools_of(role: Role) -> Condition:
    """Filings of the posts the role reaches, save those that another school made for itself."""

    def condition(reach: Reach) -> Q:
        schools = reachable(School, role, reach).values("pk")
        own = Q(school__isnull=True) | Q(school__in=schools)
        return own & Q(post__in=reachable(Post, role, reach))

    return condition


register(
    Placement,
    {
        Role.SCHOOL_COORDINATOR: own_ids("school"),
        Role.SCHOOL_TEACHER: students_of_teacher,
        Role.ENTERPRISE_HR: placed_at_enterprise,
        Role.ENTERPRISE_MENTOR: apprentices_of_mentor,
        Role.COMMISSION: EVERYTHING,
    }
    | through_learner("learner", Role.STUDENT, Role.GUARDIAN),
)
register(
    LearnerIdentity,
    {
        role: _learners_placed(role)
        for role in (Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR, Role.ENTERPRISE_MENTOR)
    },
)
register(
    Terms,
    through_placement("placement", *(role for role in Role if role != Role.COMMISSION))
    | {Role.COMMISSION: EVERYTHING},
)
register(
    Wording,
    through_placement("placement", *(role for role in Role if role != Role.COMMISSION))
    | {Role.COMMISSION: EVERYTHING},
)
register(
    Agreement,
    through_placement(
        "placement", Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR, Role.STUDENT, Role.GUARDIAN
    )
    | {
        Role.SCHOOL_COORDINATOR: own_ids("placement__school"),
        Role.COMMISSION: EVERYTHING,
    },
)
# How a placement came about is for those who made it so; a mentor looks after what came of it.
for history in (PlacementStep, Approval, Amendment):
    register(
        history,
        through_placement(
            "placement", Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR, Role.STUDENT, Role.GUARDIAN
        )
        | {
            Role.SCHOOL_COORDINATOR: own_ids("placement__school"),
            Role.COMMISSION: EVERYTHING,
        },
    )


def _agreements_of(role: Role) -> Condition:
    """Agreements, and no consents, of placements that the role reaches."""
    placed = through("placement", Placement, role)
    return lambda reach: placed(reach) & Q(kind=DocumentKind.AGREEMENT)


# They name the student and the guardian whole, so the commission reads none; a guardian's consent
# is no paper of the host's.
register(
    Document,
    through_placement("placement", Role.SCHOOL_TEACHER, Role.STUDENT, Role.GUARDIAN)
    | {
        Role.SCHOOL_COORDINATOR: own_ids("placement__school"),
        Role.ENTERPRISE_HR: _agreements_of(Role.ENTERPRISE_HR),
    },
)
# What a link was made for and what became of it is for the school that made it.
register(SigningLink, {Role.SCHOOL_COORDINATOR: own_ids("document__placement__school")})
register(Signature, {Role.SCHOOL_COORDINATOR: own_ids("link__document__placement__school")})
register(
    ProxySignal, {Role.SCHOOL_COORDINATOR: own_ids("signature__link__document__placement__school")}
)
register(PaperCopy, {Role.SCHOOL_COORDINATOR: own_ids("placement__school")})
register(
    AttendanceDay,
    through_placement(
        "placement",
        Role.SCHOOL_TEACHER,
        Role.ENTERPRISE_HR,
        Role.ENTERPRISE_MENTOR,
        Role.STUDENT,
        Role.GUARDIAN,
    )
    | {Role.SCHOOL_COORDINATOR: own_ids("school"), Role.COMMISSION: EVERYTHING},
)
register(
    Post,
    {
        Role.SCHOOL_COORDINATOR: EVERYTHING,
        Role.ENTERPRISE_HR: own_ids("enterprise"),
        Role.COMMISSION: EVERYTHING,
    }
    | {
        role: _named_by_terms("post", role)
        for role in (Role.SCHOOL_TEACHER, Role.ENTERPRISE_MENTOR, Role.STUDENT, Role.GUARDIAN)
    },
)
register(
    Filing,
    {
        Role.SCHOOL_COORDINATOR: _filings_for_schools_of(Role.SCHOOL_COORDINATOR),
        Role.SCHOOL_TEACHER: _filings_for_schools_of(Role.SCHOOL_TEACHER),
        Role.ENTERPRISE_HR: own_ids("post__enterprise"),
        Role.COMMISSION: EVERYTHING,
    },
)
register(
    Enterprise,
    {
        role: _named_by_terms("post__enterprise", role)
        for role in (Role.SCHOOL_TEACHER, Role.STUDENT, Role.GUARDIAN)
    },
)
register(
    Teacher,
    {
        role: _named_by_terms("teacher", role)
        for role in (Role.ENTERPRISE_HR, Role.ENTERPRISE_MENTOR, Role.STUDENT, Role.GUARDIAN)
    },
)
register(
    Mentor,
    {
        role: _named_by_terms("mentor", role)
        for role in (
            Role.SCHOOL_COORDINATOR,
            Role.SCHOOL_TEACHER,
            Role.STUDENT,
            Role.GUARDIAN,
        )
    },
)
# That a host may take nobody is no secret of any school; students find it in no list.
register(
    HostFreeze,
    {
        Role.SCHOOL_COORDINATOR: EVERYTHING,
        Role.SCHOOL_TEACHER: through("enterprise", Enterprise, Role.SCHOOL_TEACHER),
        Role.ENTERPRISE_HR: own_ids("enterprise"),
        Role.COMMISSION: EVERYTHING,
    },
)
# Host, mentor and teacher never learn of a complaint, the school of none about itself; a guardian
# has what the guardian raised, for a student may complain without the parents.
register(
    Complaint,
    {
        Role.SCHOOL_COORDINATOR: lambda reach: Q(school__in=reach.ids, against_school=False),
        Role.GUARDIAN: lambda reach: Q(
            raised_by=reach.user_id, learner__in=reachable(LearnerIdentity, Role.GUARDIAN, reach)
        ),
        Role.COMMISSION: EVERYTHING,
    }
    | through_learner("learner", Role.STUDENT),
)
for _role in (Role.SCHOOL_COORDINATOR, Role.STUDENT, Role.GUARDIAN):
    register(ComplaintStep, {_role: through("complaint", Complaint, _role)})
register(ComplaintStep, {Role.COMMISSION: EVERYTHING})
# A batch is the school's until it is filed; then the commission has it, too.
register(
    FilingBatch,
    {
        Role.SCHOOL_COORDINATOR: own_ids("school"),
        Role.COMMISSION: lambda reach: Q(filed_on__isnull=False),
    },
)
for _role in (Role.SCHOOL_COORDINATOR, Role.COMMISSION):
    register(FilingBatchEntry, {_role: through("batch", FilingBatch, _role)})
for _kept in (SiteAssessment, CreditRecord, HostDecision):
    register(_kept, {Role.SCHOOL_COORDINATOR: own_ids("school"), Role.COMMISSION: EVERYTHING})


def hosts_without_an_account(reach: Reach) -> Q:
    """Hosts where the schools have a standing placement and for which nobody has an account yet."""
    placed = Placement.objects.standing(reach.on).with_judged_terms(reach.on)
    hosts = placed.filter(school__in=reach.ids).values("judged__enterprise")
    told = Membership.objects.filter(lasting(reach.on), role=Role.ENTERPRISE_HR)
    return Q(pk__in=hosts) & ~Q(pk__in=told.values("enterprise"))


let_invite(Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, hosts_without_an_account)
