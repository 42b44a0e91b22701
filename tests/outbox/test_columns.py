"""A column that a rule reads is one whose change is told: asked of the database, rule by rule."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from compliance.cases.still_judged import still_judged
from compliance.found_rows import COLUMNS
from compliance.registry import Rule, all_rules
from compliance.scopes import Rows
from internships.models import Placement

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)
Column = tuple[str, str]

# What the law says of days; only a release changes it, and asks for a sweep by being one.
LAW_TABLES = {"common_calendarday", "common_calendarmonth"}

# Told of though no rule reads them: what a case's school and host follow, and what the law asks
# of regions, levels and forms, which no rule of the contract tells apart yet.
TOLD_BESIDES = {
    "apprenticeship_apprenticeidentity": {
        *("enterprise_id", "form", "labour_contract_number", "school_id"),
    },
    "insurance_policy": {"limit_per_person", "period"},
    "internships_placement": {"arrangement"},
    "people_enterprise": {"division_code"},
    "people_school": {"division_code", "level"},
}

# Every column that a view reads, in itself or in a view that it reads.
READ = """
    WITH RECURSIVE reads(view, kind, object, number) AS (
        SELECT r.ev_class, d.refclassid, d.refobjid, d.refobjsubid
        FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass
            AND d.objid = r.oid AND d.refobjid <> r.ev_class
        WHERE r.ev_class = %s::regclass
        UNION
        SELECT r.ev_class, d.refclassid, d.refobjid, d.refobjsubid
        FROM reads JOIN pg_class v ON v.oid = object AND v.relkind = 'v'
        JOIN pg_rewrite r ON r.ev_class = v.oid JOIN pg_depend d
            ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refobjid <> r.ev_class
    )
    SELECT DISTINCT c.relname::text, a.attname::text
    FROM reads JOIN pg_class c ON c.oid = object AND c.relkind <> 'v'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = number AND number > 0
    WHERE kind = 'pg_class'::regclass
"""
KEYS = """
    SELECT conrelid::regclass::text, attname::text FROM pg_constraint
    JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey) WHERE contype = 'p'
"""
# Each generated column with each column that it is made of.
GENERATED = """
    SELECT d.adrelid::regclass::text, made.attname::text, base.attname::text
    FROM pg_attrdef d
    JOIN pg_attribute made ON made.attrelid = d.adrelid AND made.attnum = d.adnum
        AND made.attgenerated <> ''
    JOIN pg_depend on_base ON on_base.classid = 'pg_attrdef'::regclass AND on_base.objid = d.oid
        AND on_base.refobjid = d.adrelid AND on_base.refobjsubid <> d.adnum
    JOIN pg_attribute base ON base.attrelid = d.adrelid AND base.attnum = on_base.refobjsubid
"""
TELLING = """
    SELECT tgrelid::regclass::text, prosrc FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid
    WHERE tgname = 'update_is_told' AND tgparentid = 0
"""


def rows_of(statement: str, *params: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def columns_read(rows: Rows) -> set[Column]:
    """The columns that the query of these rows reads, as the database itself records them."""
    try:
        statement, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return set()
    with connection.cursor() as cursor:
        text = cursor.cursor.mogrify(statement, params)
        cursor.execute(f"CREATE TEMPORARY VIEW asked AS SELECT 1 AS one FROM ({text}) AS it")
        cursor.execute(READ, ["asked"])
        read = {(table, column) for table, column in cursor.fetchall()}
        cursor.execute("DROP VIEW asked")
    return read


def columns_told() -> dict[str, set[str]]:
    """By table, the columns whose change the triggers that are installed tell of."""
    told = {}
    for table, source in rows_of(TELLING):
        (listed,) = {*re.findall(r"SELECT ([\w, ]+) FROM old_rows EXCEPT", source)}
        told[table] = {column.strip() for column in listed.split(",")}
    return told


def untold(read: set[Column]) -> set[Column]:
    """Of the columns read, those whose change tells nobody.

    A key is of a row for good. A generated column is told of when all that it is made of is.
    """
    told = columns_told()
    for table, made, _ in (generated := rows_of(GENERATED)):
        bases = {base for its, name, base in generated if (its, name) == (table, made)}
        if bases <= told.get(table, set()):
            told[table].add(made)
    keys = set(rows_of(KEYS))
    return {
        (table, column)
        for table, column in read
        if table not in LAW_TABLES
        and column not in told.get(table, set())
        and not (table in told and (table, column) in keys)
    }


@cache
def asked_by(rule: Rule) -> set[Column]:
    """The columns that decide whether the rule finds somebody, and whether it judges them still."""
    subjects = rule.scope.subjects(ON)
    return columns_read(rule.find(subjects, on=ON).values(*COLUMNS)) | columns_read(
        still_judged(rule, ON, among=rule.scope.model._default_manager.all())
    )


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_change_of_any_column_that_the_rule_reads_is_told(rule: Rule) -> None:
    with CaptureQueriesContext(connection) as asked:
        rule.find(rule.scope.subjects(ON), on=ON)
        still_judged(rule, ON, among=rule.scope.model._default_manager.all())
    read = asked_by(rule)

    assert untold(read) == set()
    assert len(read) > 3
    # What a rule asked before its query would be read by no view.
    assert len(asked) == 0


def test_what_is_told_of_is_read_by_a_rule_or_named_here() -> None:
    told = {(table, column) for table, columns in columns_told().items() for column in columns}

    read = set().union(*(asked_by(rule) for rule in all_rules()))
    made_of = {(table, base) for table, made, base in rows_of(GENERATED) if (table, made) in read}
    besides = {(table, column) for table, columns in TOLD_BESIDES.items() for column in columns}

    assert told - read - made_of <= besides


@pytest.mark.parametrize(
    ("reading", "found"),
    [
        (Q(judged__post__title=""), {("internships_post", "title")}),
        (Q(judged__teacher__name=""), {("people_teacher", "name"), ("people_teacher", "id")}),
        (Q(learner__student__id_number_index=b""), {("people_student", "id_number_index")}),
        (Q(state="active"), {("internships_placement", "state")}),
        (Q(months__month=ON, period__contains=ON, status="active"), set()),
        (Q(months__workdays=21) & ~Q(judged__post__enterprise__venue=F("judged__stage")), set()),
    ],
    ids=["title", "teacher", "number", "state", "generated", "view"],
)
def test_a_rule_that_reads_more_is_found_out(reading: Q, found: set[Column]) -> None:
    rows = Placement.objects.with_judged_terms(ON).filter(reading).values("pk")

    assert untold(columns_read(rows)) == found
