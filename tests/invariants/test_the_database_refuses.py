"""Every invariant, broken in raw SQL on an otherwise sound row, is refused under its own name."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import Error, connection, transaction

from tests.invariants.breaches import BREACHES
from tests.invariants.names import names_on, tables_of
from tests.invariants.rows import make_learner, make_terms, sound_rows

HOUSE = (
    "audit",
    "people",
    "internships",
    "insurance",
    "compensation",
    "apprenticeship",
    "compliance",
)

# Triggers that count, and refuse nothing.
COUNTING = {"alert_added_is_counted", "alert_changed_is_counted", "alert_removed_is_counted"}

# Keys for joint references, which cannot be broken while the primary key holds.
NOT_BREAKABLE = {
    "learner_identity_belongs_to_one_school",
    "placement_belongs_to_one_school",
    "teacher_belongs_to_one_school",
    "mentor_belongs_to_one_enterprise",
    "post_belongs_to_one_enterprise",
    "policy_has_one_period",
}


@pytest.fixture
def sound(db: None) -> SimpleNamespace:
    """Sound rows and spare ones that nothing refers to."""
    rows = sound_rows()
    rows.second_learner = make_learner(rows.school, number="S2", serial=2)
    rows.student = rows.learner.student
    free = rows.placement.__class__.objects.create(
        code="A2",
        school=rows.school,
        learner=rows.second_learner,
        kind="orientation",
        arrangement="school",
        starts_on="2026-09-15",
        ends_on="2026-09-16",
    )
    rows.free_placement = free
    make_terms(free, rows.post)
    rows.other_enterprise = rows.enterprise.__class__.objects.create(
        credit_code="91110108551385082Q", name="另一企业", division_code="500117", staff_count=9
    )
    rows.other_teacher = rows.teacher.__class__.objects.create(
        school=rows.other_school, name="李老师"
    )
    rows.other_mentor = rows.mentor.__class__.objects.create(
        enterprise=rows.other_enterprise, name="王师傅"
    )
    rows.free_policy = rows.policy.__class__.objects.create(
        number="B2",
        kind="accident",
        insurer="示例保险",
        payer="enterprise",
        period=rows.policy.period,
    )
    return rows


@pytest.mark.parametrize("constraint", sorted(BREACHES))
def test_a_breach_is_refused_under_the_name_of_its_invariant(
    sound: SimpleNamespace, constraint: str
) -> None:
    ids = {name: row.pk for name, row in vars(sound).items()}
    statement = BREACHES[constraint].format(**ids)

    with pytest.raises(Error) as refused, transaction.atomic(), connection.cursor() as cursor:  # noqa: PT012
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    named = refused.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    assert named.replace("_202609", "") == constraint


def test_every_named_constraint_and_trigger_of_the_house_has_a_breach(db: None) -> None:
    named = names_on(tables_of(HOUSE))

    assert named - NOT_BREAKABLE - COUNTING - set(BREACHES) == set()
    assert len(named) >= 150


def test_periods_that_change_places_in_one_statement_are_accepted(sound: SimpleNamespace) -> None:
    later = sound.placement.__class__.objects.create(
        code="A3",
        school=sound.school,
        learner=sound.learner,
        kind="production",
        arrangement="school",
        starts_on="2027-03-15",
        ends_on="2027-06-30",
        state="approved",
        gate="imported",
    )
    make_terms(later, sound.post)

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE internships_placement SET "
            "starts_on = CASE WHEN id = %s THEN date '2026-09-15' ELSE date '2027-03-15' END, "
            "ends_on = CASE WHEN id = %s THEN date '2027-03-14' ELSE date '2027-06-30' END "
            "WHERE id IN (%s, %s)",
            [later.pk, later.pk, later.pk, sound.placement.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    later.refresh_from_db()
    assert str(later.starts_on) == "2026-09-15"


def test_a_policy_and_its_insured_period_may_shrink_together(sound: SimpleNamespace) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE insurance_policy SET period = '[2026-09-01,2027-01-01)' WHERE id = %s",
            [sound.policy.pk],
        )
        cursor.execute(
            "UPDATE insurance_insuredperiod SET period = '[2026-09-15,2027-01-01)' WHERE id = %s",
            [sound.insured.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    sound.insured.refresh_from_db()
    assert str(sound.insured.period.upper) == "2027-01-01"


def test_attendance_lands_in_the_partition_of_its_month(sound: SimpleNamespace) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM internships_attendanceday")
        (partition,) = cursor.fetchone()

    assert partition == "internships_attendanceday_202609"
