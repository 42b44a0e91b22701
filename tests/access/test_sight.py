"""Each role sees exactly its own rows of every model, beside strangers who own rows too."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from apprenticeship.models import ApprenticeIdentity
from compensation.models import PaymentEntry
from insurance.models import InsuredPeriod, Policy
from internships.models import (
    Agreement,
    Amendment,
    Approval,
    AttendanceDay,
    Document,
    Filing,
    Placement,
    PlacementStep,
    Post,
    Terms,
    Wording,
)
from people.access.registry import registered
from people.actors import Actor, ActorKind, Held, actor_for, system_actor
from people.models import Enterprise, Guardian, LearnerIdentity, Mentor, School, Student, Teacher
from people.roles import Role
from tests.access.district import LABELS, TODAY, District, acting, join, sight

ALL = "A1 A2 A3 B1 B2 C1"
PERSONAL = (Student, LearnerIdentity, Placement, Terms, Wording, ApprenticeIdentity)
PAPERS = (
    *(Agreement, PlacementStep, Approval, Amendment, Document),
    *(PaymentEntry, InsuredPeriod, Policy),
)

# viewpoint → students; then what is seen besides, where it is not the students' own rows
STUDENTS = {
    "coordinator of A": "A1 A2 A3",
    "coordinator of B": "B1 B2",
    "teacher TA1": "A1 A3",
    "HR of E": "A1 A2 B1",
    "HR of F": "A3 B2",
    "mentor ME1": "A1 B1",
    "student A1": "A1",
    "guardian of A1": "A1",
    "commission": ALL,
}
OTHERS: dict[str, dict[type[Model], str]] = {
    "coordinator of A": {
        School: "A",
        Enterprise: "E F G",
        Teacher: "TA1 TA2",
        Mentor: "ME1 ME2 MF1",
        Post: "PE PF PG",
        Filing: "FE FEA FG",
    },
    "coordinator of B": {
        School: "B",
        Enterprise: "E F G",
        Teacher: "TB1",
        Mentor: "ME1 MF1",
        Post: "PE PF PG",
        Filing: "FE FFB FG",
    },
    "teacher TA1": {
        School: "A",
        Enterprise: "E F",
        Teacher: "TA1",
        Mentor: "ME1 MF1",
        Post: "PE PF",
        Filing: "FE FEA",
    },
    "HR of E": {
        School: "A B",
        Enterprise: "E",
        Teacher: "TA1 TA2 TB1",
        Mentor: "ME1 ME2",
        Post: "PE",
        Filing: "FE FEA",
        Guardian: "",
    },
    "HR of F": {
        School: "A B",
        Enterprise: "F",
        Teacher: "TA1 TB1",
        Mentor: "MF1",
        Post: "PF",
        Filing: "FFB",
        Guardian: "",
    },
    "mentor ME1": {
        School: "A B",
        Enterprise: "E",
        Teacher: "TA1 TB1",
        Mentor: "ME1",
        Post: "PE",
        Filing: "",
        Guardian: "",
        **dict.fromkeys(PAPERS, ""),
    },
    "student A1": {
        School: "A",
        Enterprise: "E",
        Teacher: "TA1",
        Mentor: "ME1",
        Post: "PE",
        Filing: "",
    },
    "guardian of A1": {
        School: "A",
        Enterprise: "E",
        Teacher: "TA1",
        Mentor: "ME1",
        Post: "PE",
        Filing: "",
    },
    "commission": {
        School: "A B C",
        Enterprise: "E F G",
        Teacher: "TA1 TA2 TB1 TC1",
        Mentor: "ME1 ME2 MF1 MG1",
        Post: "PE PF PG",
        Filing: "FE FEA FFB FG",
        Document: "",
    },
}

# Models that nobody is shown through the registry, and why
NOBODYS = {
    "people.User": "accounts are shown to their owner by the session itself",
    "people.SignInLink": "a token's digest is nobody's to read",
    "people.SignInTries": "counts behind keyed digests",
    "people.Device": "the list asks for the reader's own alone",
    "people.SavedView": "the list asks for the reader's own alone",
    "people.SecondFactor": "a sealed secret is nobody's to read",
    "people.RecoveryCode": "a keyed digest is nobody's to read",
    "people.PasswordReset": "a token's digest is nobody's to read",
    "people.Invitation": "shown to who may invite for its record, in the tests of inviting",
    "people.Membership": "the actor carries what it needs of them",
}


def viewpoint(district: District, name: str) -> Actor:
    """The actor of that viewpoint; every other viewpoint has an account as well."""
    guardian = Guardian.objects.get(learner=district.learners["A1"])
    users = {
        "coordinator of A": (Role.SCHOOL_COORDINATOR, district.schools["A"]),
        "coordinator of B": (Role.SCHOOL_COORDINATOR, district.schools["B"]),
        "teacher TA1": (Role.SCHOOL_TEACHER, district.teachers["TA1"]),
        "HR of E": (Role.ENTERPRISE_HR, district.enterprises["E"]),
        "HR of F": (Role.ENTERPRISE_HR, district.enterprises["F"]),
        "mentor ME1": (Role.ENTERPRISE_MENTOR, district.mentors["ME1"]),
        "student A1": (Role.STUDENT, district.learners["A1"].student),
        "guardian of A1": (Role.GUARDIAN, guardian),
        "commission": (Role.COMMISSION, None),
    }
    accounts = {who: join(who.lower(), role, tie) for who, (role, tie) in users.items()}
    return acting(accounts[name])


@pytest.mark.parametrize("name", STUDENTS)
def test_a_viewpoint_sees_its_own_rows_of_every_model_each_once(
    district: District, name: str
) -> None:
    actor = viewpoint(district, name)

    seen = {model: sight(actor, model) for model in LABELS}

    expected = {model: OTHERS[name].get(model, STUDENTS[name]).split() for model in LABELS}
    assert seen == expected


def test_nobody_without_a_membership_sees_anything(district: District) -> None:
    strangers = (
        actor_for(None, on=TODAY),
        Actor(ActorKind.LINK, TODAY),
        system_actor("nightly sweep", on=TODAY),
    )

    seen = {model: [sight(stranger, model) for stranger in strangers] for model in LABELS}

    assert seen == {model: [[], [], []] for model in LABELS}
    assert all(model._default_manager.exists() for model in LABELS)


def test_a_model_that_no_layer_registered_is_seen_by_nobody(district: District) -> None:
    from people.models import User

    commission = viewpoint(district, "commission")

    assert not User.objects.visible_to(commission).exists()
    assert User.objects.count() == len(STUDENTS)


def test_every_table_of_the_house_is_registered_or_named_as_nobodys() -> None:
    house = ("people", "internships", "apprenticeship", "insurance", "compensation")
    models = [model for app in house for model in apps.get_app_config(app).get_models()]

    unregistered = {
        model._meta.label
        for model in models
        if model._meta.managed and not registered(model) and model._meta.label not in NOBODYS
    }

    assert unregistered == set()


def test_one_account_in_two_roles_sees_both_and_nothing_twice(district: District) -> None:
    join("both", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    user = join("both", Role.SCHOOL_COORDINATOR, district.schools["B"])

    seen = {model: sight(acting(user), model) for model in (*PERSONAL, *PAPERS, AttendanceDay)}

    assert all(rows == ["A1", "A3", "B1", "B2"] for rows in seen.values())


def test_what_is_seen_can_be_narrowed_counted_and_ordered_further(district: District) -> None:
    join("both", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    user = join("both", Role.SCHOOL_COORDINATOR, district.schools["B"])
    seen = LearnerIdentity.objects.visible_to(acting(user))

    narrowed = seen.filter(student_number__startswith="B").order_by("-student_number")

    assert (seen.count(), narrowed.count()) == (4, 2)
    assert [row.student_number for row in narrowed[:1]] == ["B2"]
    assert seen.filter(placements__code="A1").exists()
    assert not seen.filter(placements__code="C1").exists()


def test_the_commission_sees_masked_and_nobody_else_does() -> None:
    commission = Actor(ActorKind.USER, TODAY, (Held(Role.COMMISSION, 0),), 1)
    coordinator = Actor(ActorKind.USER, TODAY, (Held(Role.SCHOOL_COORDINATOR, 7),), 2)

    assert commission.sees_masked
    assert not coordinator.sees_masked


def test_a_second_role_takes_no_mask_off_the_commission() -> None:
    both = (Held(Role.COMMISSION, 0), Held(Role.GUARDIAN, 7))

    actor = Actor(ActorKind.USER, TODAY, both, 1)

    assert actor.sees_masked


def test_reading_everybodys_rows_needs_a_reason(district: District) -> None:
    rows = Placement.objects.unscoped(reason="nightly sweep")

    with pytest.raises(ValueError, match="reason"):
        Placement.objects.unscoped(reason=" ")

    assert rows.count() == 6
