"""Every statement that changes what a rule judges writes one message of whom it touches."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from audit.models import Outbox
from audit.outbox.changes import EVENTS
from audit.outbox.quiet import quiet_load
from common.ranges import days
from compensation.models import PaymentEntry
from exchange.loading.district import load_district
from insurance.models import InsuredPeriod, Policy
from internships.models import (
    Agreement,
    AttendanceDay,
    FilingMatter,
    Placement,
    PlacementState,
    Post,
    Terms,
)
from people.models import Enterprise, LearnerIdentity, School, Student
from tests.loading.samples import sample, write_folder
from tests.rules.builders import (
    amend,
    attend,
    attend_all,
    file_matter,
    insure,
    make_apprentice,
    make_learner,
    make_placement,
    make_post,
    make_school,
    move_to,
    pay,
    sign,
    workdays,
)

Told = list[dict[str, Any]]
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


def told_by(change: Callable[[], object]) -> Told:
    """The payloads that `change` writes, oldest first."""
    Outbox.objects.all().delete()
    change()
    return list(Outbox.objects.order_by("id").values_list("payload", flat=True))


def test_a_changed_placement_tells_itself_and_its_student(db: None) -> None:
    placement = make_placement()
    other = make_learner()

    told = told_by(
        lambda: Placement.objects.filter(pk=placement.pk).update(
            learner=other, ends_on="2027-01-31"
        )
    )

    assert told == [
        {
            "placements": [placement.pk],
            "learners": sorted([placement.learner_id, other.pk]),
        }
    ]


def test_new_terms_tell_the_old_post_and_the_new(db: None) -> None:
    placement = make_placement()
    old, new = placement.terms.get().post_id, make_post()

    told = told_by(lambda: placement.terms.update(**move_to(new), mentor=None))

    assert told == [{"placements": [placement.pk], "posts": sorted([old, new.pk])}]


def test_terms_that_split_tell_in_both_statements(db: None) -> None:
    placement = make_placement()

    told = told_by(lambda: amend(placement, date(2026, 10, 1), agreed_pay=Decimal(3100)))

    assert len(told) == 2
    assert {tuple(one["placements"]) for one in told} == {(placement.pk,)}


def test_rows_of_one_statement_tell_in_one_message(db: None) -> None:
    first, second = make_placement(), make_placement()
    attend_all(first, workdays(*SEPTEMBER))
    attend_all(second, workdays(*SEPTEMBER))

    told = told_by(lambda: AttendanceDay.objects.update(confirmed=False))

    assert told == [{"placements": sorted([first.pk, second.pk])}]


def test_each_kind_of_row_tells_whom_it_touches(db: None) -> None:
    placement = make_placement()
    learner, post = placement.learner, placement.terms.get().post
    policy = insure(learner, *SEPTEMBER)
    apprentice = make_apprentice()

    told = {
        "attendance": told_by(lambda: attend(placement, date(2026, 9, 1))),
        "payment": told_by(lambda: pay(placement, date(2026, 9, 1), "3000.00")),
        "agreement": told_by(lambda: sign(placement)),
        "filing": told_by(lambda: file_matter(post, FilingMatter.NIGHT)),
        "policy": told_by(lambda: Policy.objects.update(status="void")),
        "insured": told_by(lambda: InsuredPeriod.objects.all().delete()),
        "post": told_by(lambda: Post.objects.filter(pk=post.pk).update(headcount=3)),
        "host": told_by(
            lambda: Enterprise.objects.filter(pk=post.enterprise_id).update(staff_count=5)
        ),
        "learner": told_by(
            lambda: LearnerIdentity.objects.filter(pk=learner.pk).update(status="suspended")
        ),
        "person": told_by(
            lambda: Student.objects.filter(pk=learner.student_id).update(born_on="2010-01-01")
        ),
        "apprentice": told_by(lambda: apprentice.__class__.objects.update(agreed_on=None)),
        "school": told_by(
            lambda: School.objects.filter(pk=learner.school_id).update(division_code="500101")
        ),
    }

    assert told == {
        "attendance": [{"placements": [placement.pk]}],
        "payment": [{"placements": [placement.pk]}],
        "agreement": [{"placements": [placement.pk]}],
        "filing": [{"posts": [post.pk]}],
        "policy": [{"policies": [policy.pk]}],
        "insured": [{"learners": [learner.pk]}],
        "post": [{"posts": [post.pk], "enterprises": [post.enterprise_id]}],
        "host": [{"enterprises": [post.enterprise_id]}],
        "learner": [{"learners": [learner.pk]}],
        "person": [{"students": [learner.student_id]}],
        "apprentice": [{"apprentices": [apprentice.pk]}],
        "school": [{"schools": [learner.school_id]}],
    }


def test_deleted_rows_tell_what_they_hung_on(db: None) -> None:
    placement = make_placement()
    post = placement.terms.get().post_id
    sign(placement)

    placement_id = placement.pk

    told = told_by(
        lambda: (Agreement.objects.all().delete(), Terms.objects.all().delete(), placement.delete())
    )

    assert told == [
        {"placements": [placement_id]},
        {"placements": [placement_id], "posts": [post]},
        {"placements": [placement_id], "learners": [placement.learner_id]},
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda placement: Enterprise.objects.update(name="改名企业", contact_phone="023-1"),
        lambda placement: LearnerIdentity.objects.update(name="改名", class_name="二班"),
        lambda placement: Post.objects.update(title="改名岗位"),
        lambda placement: Agreement.objects.update(template_version="2"),
        lambda placement: Placement.objects.update(state=PlacementState.SUSPENDED),
        lambda placement: AttendanceDay.objects.update(hours=Decimal(8)),
        lambda placement: Terms.objects.filter(placement=0).update(pay_day=3),
    ],
    ids=["host", "student", "post", "agreement", "finer-state", "same-hours", "no-row"],
)
def test_a_change_that_no_rule_judges_tells_nothing(
    db: None, change: Callable[[Placement], object]
) -> None:
    placement = make_placement()
    sign(placement)
    attend(placement, date(2026, 9, 1))

    told = told_by(lambda: change(placement))

    assert told == []


def test_a_statement_that_touches_very_many_rows_asks_for_a_sweep(db: None) -> None:
    placement = make_placement()
    at_most = [{"placements": list(range(1_000))}]
    with connection.cursor() as cursor:
        told = told_by(
            lambda: cursor.execute("SELECT publish_touched(%s::jsonb)", [json.dumps(at_most[0])])
        )
        more = json.dumps({"placements": list(range(1_000)), "learners": [placement.pk]})
        told_of_more = told_by(lambda: cursor.execute("SELECT publish_touched(%s::jsonb)", [more]))

    assert told == at_most
    assert told_of_more == [{"because": "many-changes"}]
    assert Outbox.objects.get().topic == "sweep"


def test_the_mute_of_a_load_ends_with_its_block_and_it_asks_for_one_sweep(db: None) -> None:
    def load() -> None:
        with quiet_load():
            make_placement()
            make_placement()

    told = told_by(load)
    told_after = told_by(make_placement)

    assert told == [{"because": "load"}]
    assert told_after != []


def test_a_district_that_is_loaded_asks_for_one_sweep_and_no_recheck(
    transactional_db: None, tmp_path: Path
) -> None:
    write_folder(sample(), tmp_path)
    at = datetime.fromisoformat("2026-11-24T11:00:00+08:00")

    first = told_by(lambda: load_district(tmp_path, at=at, by="test"))
    again = told_by(lambda: load_district(tmp_path, at=at, by="test"))

    assert first == [{"because": "load"}]
    assert again == []


def test_the_application_role_tells_of_its_changes_and_cannot_silence_the_triggers(
    as_application: Any,
) -> None:
    placement = make_placement()
    Outbox.objects.all().delete()

    as_application.execute(
        "UPDATE internships_placement SET ends_on = '2027-01-31' WHERE id = %s", [placement.pk]
    )
    with pytest.raises(Exception, match="permission denied|must be owner"):
        as_application.execute("SET session_replication_role = replica")
    with pytest.raises(Exception, match="must be owner"):
        as_application.execute("ALTER TABLE internships_placement DISABLE TRIGGER ALL")

    assert Outbox.objects.get().payload["placements"] == [placement.pk]


def test_a_change_that_is_rolled_back_tells_nothing(transactional_db: None) -> None:
    placement = make_placement()

    def change_in_vain() -> None:
        with transaction.atomic():
            Placement.objects.filter(pk=placement.pk).update(ends_on="2027-01-31")
            transaction.set_rollback(True)

    assert told_by(change_in_vain) == []


JUDGED_TABLES = {
    model._meta.db_table
    for model in (
        *(School, Enterprise, Student, LearnerIdentity, Placement, Terms, Agreement),
        *(AttendanceDay, Post, Policy, InsuredPeriod, PaymentEntry),
    )
} | {"internships_filing", "apprenticeship_apprenticeidentity"}


def test_every_table_that_rules_read_has_its_three_triggers(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, array_agg(tgname::text ORDER BY tgname) "
            "FROM pg_trigger WHERE tgname LIKE '%\\_is\\_told' AND tgparentid = 0 GROUP BY 1"
        )
        triggers = dict(cursor.fetchall())

    assert triggers == dict.fromkeys(
        JUDGED_TABLES, sorted(f"{event.lower()}_is_told" for event in EVENTS)
    )


def test_attendance_written_to_a_new_month_tells_as_any_other(db: None) -> None:
    placement = make_placement(ends_on=date(2027, 8, 31))
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_attendance_month('2027-08-01')")

    told = told_by(lambda: attend(placement, date(2027, 8, 2)))

    assert told == [{"placements": [placement.pk]}]


def test_a_policy_may_shrink_with_its_roster_and_both_tell(db: None) -> None:
    learner = make_learner(school=make_school())
    policy = insure(learner, *SEPTEMBER)

    def shrink() -> None:
        Policy.objects.update(period=days(date(2026, 9, 1), date(2026, 9, 20)))
        InsuredPeriod.objects.update(period=days(date(2026, 9, 1), date(2026, 9, 20)))

    assert told_by(shrink) == [{"policies": [policy.pk]}, {"learners": [learner.pk]}]
