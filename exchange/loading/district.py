"""One load of a district, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import sql

from audit.models import Operation, OperationKind
from audit.operations import operation_on_record
from audit.outbox import quiet_load
from compliance.cases.meanwhile import hold_off_sweeps
from exchange.format import TABLES
from exchange.loading.checks import check, refused
from exchange.loading.counting import count_retracted, count_rows
from exchange.loading.current import KEYS
from exchange.loading.encoding import SQL_TYPES
from exchange.loading.findings import Findings, Place, in_file_order, problem_of
from exchange.loading.invariants import broken
from exchange.loading.merging import merge
from exchange.loading.refusals import REFUSALS
from exchange.loading.report import LoadReport
from exchange.loading.retracting import check_retraction, retract_rows
from exchange.loading.staging import Progress, create_staging, drop_staging, stage
from exchange.reading import DistrictSource, Problem, TableSource, open_district
from exchange.reading.problems import LIMIT

LOCK = "load_district"
"""Two loads at once: the second waits for the first, then judges the state it left."""

WORK_MEMORY = "128MB"

OUT_OF_RESOURCES = "53"
"""The class of PostgreSQL's error codes for no memory, disk, locks or connections left."""

DISTRICT_APPS = ("people", "internships", "apprenticeship", "insurance", "compensation")
"""The apps whose tables a district fills, in the order of the house."""

ROWS_WORTH_STATISTICS = 1_000


class _Undone(Exception):
    """Leaves the transaction without a trace: a refusal, a dry run, or nothing to write."""


def load_district(
    path: Path,
    *,
    at: datetime,
    by: str,
    dry_run: bool = False,
    retract: bool = False,
    progress: Progress = lambda stem, rows: None,
) -> LoadReport:
    """Take in the district at `path`, or with `retract` take its rows back.

    One transaction: with any problem, and in a dry run, nothing is written, sequences included.
    `at` and `by` go into the audit record, which is written only when a row was. `progress` hears
    of rows read, by table.
    """
    report = LoadReport(is_dry_run=dry_run)
    source = open_district(path, keys_only=retract)
    try:
        with transaction.atomic():
            _load(source, report, retract=retract, progress=progress)
            if (
                report.is_refused
                or dry_run
                or not any(counts.written for counts in report.tables.values())
            ):
                raise _Undone
            report.operation_id = uuid4()
            hold_off_sweeps()
            with quiet_load():
                _write(source, report, path, at=at, by=by, retract=retract)
    except _Undone:
        pass
    except IntegrityError as error:
        _refuse_all(report, _broken_invariant(error, path))
    except OperationalError as error:
        state = getattr(error.__cause__, "sqlstate", None) or ""
        if not state.startswith(OUT_OF_RESOURCES):
            raise
        _refuse_all(report, _problem_of_all(path, "out_of_resources", state=state))
    return report


def _refuse_all(report: LoadReport, problem: Problem) -> None:
    report.operation_id = None
    report.tables.clear()
    report.problems.append(problem)


def _load(source: DistrictSource, report: LoadReport, *, retract: bool, progress: Progress) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
        cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEMORY])
        present = _stage(cursor, source, retract=retract, progress=progress)
        if not present and not source.errors:
            report.problems.append(_problem_of_all(source.path, "nothing_to_load"))
            return
        findings = (
            check_retraction(cursor, present, incomplete=_incomplete(source, retract=True))
            if retract
            else check(cursor, present, incomplete=_incomplete(source, retract=False))
        )
        _report_problems(source, findings, report)
        if report.is_refused:
            return
        for stem in TABLES:
            if stem in present:
                report.tables[stem] = (
                    count_retracted(cursor, stem) if retract else count_rows(cursor, stem)
                )


def _stage(cursor: Any, source: DistrictSource, *, retract: bool, progress: Progress) -> set[str]:
    present = set()
    for table in source.tables():
        stem = table.table.stem
        stage(cursor, stem, table.values(), keys_only=retract, progress=progress)
        present.add(stem)
    for stem in TABLES.keys() - present:
        create_staging(cursor, stem, keys_only=retract)
    for stem in TABLES:
        _stage_refused(cursor, stem, source)
    return present


def _stage_refused(cursor: Any, stem: str, source: DistrictSource) -> None:
    """The keys of rows that could not be read, so that nothing is blamed on their absence."""
    table = TABLES[stem]
    if table.key_needs is not None:
        return
    columns = [table.by_field[name] for name in KEYS[stem]]
    name = sql.Identifier(refused(stem))
    cursor.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(
            name,
            sql.SQL(", ").join(
                sql.SQL("{} {}").format(
                    sql.Identifier(column.field), sql.SQL(SQL_TYPES.get(column.kind, "text"))
                )
                for column in columns
            ),
        )
    )
    keys = source.errors.refused_keys.get(stem)
    if keys:
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
            for key in keys:
                copy.write_row(key)


def _incomplete(source: DistrictSource, *, retract: bool) -> set[str]:
    """Tables of which rows are missing that nobody can name: unread, or with an unreadable key.

    A retraction is not told the keys of rows held back, so every row held back counts.
    """
    errors = source.errors
    incomplete = set(errors.incomplete_tables)
    most = 1 if retract else LIMIT
    incomplete |= {stem for stem, keys in errors.refused_keys.items() if len(keys) >= most}
    places = {table.place: table.table for table in source.tables()}
    for problem in errors:
        table = places.get(problem.place)
        if table is not None and problem.column in {
            table.by_field[name].title for name in table.key
        }:
            incomplete.add(table.stem)
    return incomplete


def _report_problems(source: DistrictSource, findings: Findings, report: LoadReport) -> None:
    places = _places(source)
    problems = list(source.errors) + [problem_of(found, places) for found in findings.kept]
    order = {place.name: number for number, place in enumerate(places.values())}
    report.problems = in_file_order(problems, order)[:LIMIT]
    report.further_problems = source.errors.total + findings.total - len(report.problems)


def _places(source: DistrictSource) -> Mapping[str, Place]:
    return {table.table.stem: Place(table.place, _letters(table)) for table in source.tables()}


def _letters(table: TableSource) -> dict[str, str | None]:
    if table.layout is None:
        return {}
    return {column.field: table.layout.letter(column) for column in table.layout.columns}


def _write(
    source: DistrictSource,
    report: LoadReport,
    path: Path,
    *,
    at: datetime,
    by: str,
    retract: bool,
) -> None:
    assert report.operation_id is not None
    operation = Operation(
        id=report.operation_id,
        kind=OperationKind.RETRACT if retract else OperationKind.LOAD,
        made_at=at,
        made_by=by,
        source=_source_record(path),
        counts={stem: counts.as_dict() for stem, counts in report.tables.items()},
    )
    operation.save(force_insert=True)
    stems = {stem for stem, counts in report.tables.items() if counts.written}
    with connection.cursor() as cursor:
        if retract:
            retract_rows(cursor, set(report.tables), operation_id=report.operation_id)
        else:
            merge(cursor, stems, operation_id=report.operation_id)
        # The last line behind the checks; deferred again for whoever called inside a transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        drop_staging(cursor)
        if sum(counts.written for counts in report.tables.values()) >= ROWS_WORTH_STATISTICS:
            _refresh_statistics(cursor)
    operation_on_record(operation, rows=sum(counts.written for counts in report.tables.values()))


def _refresh_statistics(cursor: Any) -> None:
    """Tell the planner what was written now: autovacuum would, long after the first sweep."""
    for model in apps.get_models():
        if model._meta.managed and model._meta.app_label in {*DISTRICT_APPS, "common"}:
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))


def _source_record(path: Path) -> dict[str, object]:
    """The digests of the files that were read; others in the folder are nobody's business."""
    if not path.is_dir():
        return {"files": {path.name.encode(errors="replace").decode(): _digest(path)}}
    names = (*(table.file_name for table in TABLES.values()), "district.json")
    return {"files": {name: _digest(path / name) for name in names if (path / name).is_file()}}


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _broken_invariant(error: IntegrityError, path: Path) -> Problem:
    """An invariant that no check foresaw, named by its constraint and without any row's values."""
    constraint, meaning = broken(getattr(error.__cause__, "diag", None))
    return _problem_of_all(path, "invariant", constraint=constraint, meaning=meaning)


def _problem_of_all(path: Path, code: str, **words: object) -> Problem:
    reason, remedy = REFUSALS[code]
    return Problem(
        place=path.name,
        row=None,
        column=None,
        letter=None,
        value=None,
        reason=str(reason) % words,
        remedy=str(remedy) % words,
        code=code,
    )
