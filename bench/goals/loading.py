"""G9 and G10: ten thousand people from a workbook, and the whole district from files."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection, connections
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from backend import environment
from bench.district import run_command
from bench.measuring import Line, in_rounds
from bench.run import Run
from common.identifiers import check_id_number
from common.law_rows import sync_law
from exchange.format import TABLES
from exchange.loading.district import load_district
from people.models import Guardian, LearnerIdentity, Student

EMPTY = "bench_empty"
PEOPLE = 10_000
LONGEST_NAME = 50
BLOCK = 1 << 20
PERSONAL = (
    (Student.ID_NUMBER, "证件号码"),
    (LearnerIdentity.NATIONAL_NUMBER, "学籍号"),
    (LearnerIdentity.PHONE, "手机"),
    (Guardian.PHONE, "监护人手机"),
)
ROSTER_FLOOR = """
    CREATE SCHEMA IF NOT EXISTS bench;
    DROP TABLE IF EXISTS bench.person;
    CREATE TABLE bench.person (id bigserial PRIMARY KEY, school text, number text, name text,
        major text, class text, enrolled_on date, status text, sealed bytea[], index bytea[],
        UNIQUE (school, number));
"""
ATTENDANCE = "internships_attendanceday"
OTHERS = (
    "people_student",
    "people_learneridentity",
    "people_guardian",
    "people_enterprise",
    "internships_post",
    "internships_placement",
    "internships_terms",
    "internships_agreement",
    "insurance_policy",
    "insurance_insuredperiod",
    "compensation_paymententry",
    "apprenticeship_apprenticeidentity",
)
MONTHS_THERE = """
SELECT inhrelid::regclass::text FROM pg_inherits
WHERE inhparent = 'internships_attendanceday'::regclass AND inhrelid::regclass::text ~ '_[0-9]{6}$'
"""


@contextmanager
def in_empty_database(run: Run) -> Iterator[None]:
    """The application in a database of its own, migrated and without rows."""
    there = {name for (name,) in run.sql("SELECT datname FROM pg_database")}
    if EMPTY not in there:
        run.sql(f"CREATE DATABASE {EMPTY} OWNER {environment.OWNER_ROLE}")
    before = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    for name, url in before.items():
        os.environ[name] = url.replace(f"/{environment.DATABASE_NAME}?", f"/{EMPTY}?")
    settings = connection.settings_dict
    try:
        run_command(["migrate", "--verbosity", "0"])
        connections.close_all()
        settings["NAME"] = EMPTY
        sync_law()
        yield
    finally:
        connections.close_all()
        settings["NAME"] = environment.DATABASE_NAME
        os.environ |= before


def empty(run: Run) -> None:
    """Take every row of the house out of the empty database, the calendar's excepted."""
    names = run.sql(
        "SELECT string_agg(quote_ident(relname), ', ') FROM pg_class WHERE relkind IN ('r', 'p') "
        "AND relnamespace = 'public'::regnamespace AND NOT relispartition "
        "AND relname !~ '^(django|common|auth)_'",
        database=EMPTY,
    )[0][0]
    run.sql(f"SET session_replication_role = replica; TRUNCATE {names} CASCADE", database=EMPTY)
    # A first load finds no months of attendance: with them, it would fill them row by row.
    for (month,) in run.sql(MONTHS_THERE, database=EMPTY):
        run.sql(f"DROP TABLE {month}", database=EMPTY)


def load(path: Path, run: Run) -> None:
    """Take the files in; an error is ours."""
    report = load_district(path, at=run.at, by="bench")
    assert not report.problems, report.problems[:3]


def measure_roster(run: Run) -> None:
    """G9: a workbook read, validated, sealed and copied, beside the least that does the same."""
    run.say("G9")
    roster = write_roster(run)
    with in_empty_database(run), run.session() as session:
        session.execute(ROSTER_FLOOR)

        def clear() -> None:
            empty(run)
            session.execute("TRUNCATE bench.person")

        line = in_rounds(
            run.clock,
            Line("G9", f"{PEOPLE:,} people from a workbook", 3.0),
            run.rounds,
            lambda: load(roster, run),
            lambda: copy_roster(roster, session),
            before=clear,
        )
    run.lines.append(line)


def write_roster(run: Run) -> Path:
    """The first people of the district and its schools as a workbook of text cells."""
    path = run.district.home / "roster.xlsx"
    book = Workbook(write_only=True)
    for stem, most in (("schools", None), ("students", PEOPLE)):
        sheet = book.create_sheet(TABLES[stem].sheet)
        with (run.district.files / f"{stem}.csv").open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file)):
                if most is None or number <= most:
                    sheet.append(row)
    book.save(path)
    return path


def copy_roster(path: Path, session: Any) -> None:
    """The floor of G9: parsed, its cells looked at, four values sealed and found again, copied."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(TABLES["students"].sheet)
    titles, *people = ([str(cell) for cell in row] for row in rows.to_python())
    place = {title: number for number, title in enumerate(titles)}
    columns = [place[it] for it in ("学校标识码", "学号", "姓名", "专业代码", "班级", "入学日期")]
    personal = [(sealed, place[title]) for sealed, title in PERSONAL]
    copy = (
        "COPY bench.person (school, number, name, major, class, enrolled_on, status, sealed, "
        "index) FROM STDIN"
    )
    with session.transaction(), session.cursor().copy(copy) as out:
        for person in people:
            check_id_number(person[place["证件号码"]])
            if not 0 < len(person[place["姓名"]]) <= LONGEST_NAME:
                raise ValueError("a name of the roster is too long")
            row = uuid4()
            texts = [(sealed, person[at]) for sealed, at in personal]
            out.write_row(
                (
                    *(person[at] for at in columns),
                    person[place["学籍状态"]],
                    [sealed.seal(text, row=row) for sealed, text in texts],
                    [sealed.index(text) for sealed, text in texts],
                )
            )


def measure_load(run: Run) -> None:
    """G10: the district's files into an empty database, beside COPY of the rows they become."""
    rounds = run.rounds if run.district.size <= 20_000 else 1
    people = Line("G10", "all but attendance loaded", 4.0)
    attendance = Line("G10", "attendance loaded", 2.0)
    parts = _parted(run)
    with in_empty_database(run):
        for round_number in range(rounds):
            run.say(f"G10 round {round_number + 1}")
            empty(run)
            with run.session(EMPTY) as session:
                session.execute("VACUUM ANALYZE")
            products = [run.clock.take(partial(load, part, run)) for part in parts]
            floors = [
                run.clock.take(partial(copy_rows, run, names)) for names in (OTHERS, (ATTENDANCE,))
            ]
            for line, product, floor in zip((people, attendance), products, floors, strict=True):
                line.add(product, floor)
        for line, names in ((people, OTHERS), (attendance, (ATTENDANCE,))):
            rows = sum(
                run.sql(f"SELECT count(*) FROM {name}", database=EMPTY)[0][0]  # noqa: S608
                for name in names
            )
            line.note = f"{rows:,} rows"
        empty(run)
    run.lines += [people, attendance]


def _parted(run: Run) -> list[Path]:
    """Two folders of links to the district's files: all but attendance, and attendance."""
    folders = [run.district.home / "others", run.district.home / "attendance"]
    for folder in folders:
        folder.mkdir(exist_ok=True)
    for file in run.district.files.glob("*.csv"):
        link = folders[file.stem == "attendance"] / file.name
        if not link.exists():
            os.link(file, link)
    return folders


def copy_rows(run: Run, names: Sequence[str]) -> None:
    """The floor of G10: the rows of tables, piped from the loaded database into bare copies.

    The keys and indexes of each are built after its rows. Reading them is in the floor's time, as
    reading the files is in the product's.
    """
    with run.session() as source, run.session() as target:
        target.execute("DROP SCHEMA IF EXISTS bench_copy CASCADE; CREATE SCHEMA bench_copy")
        for name in names:
            columns = source.execute(
                "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
                "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
                "AND attgenerated = ''",
                (name,),
            ).fetchone()
            assert columns is not None
            with target.transaction():
                target.execute(
                    f"CREATE TABLE bench_copy.{name} (LIKE {name} INCLUDING ALL EXCLUDING INDEXES)"
                )
                taken = f"COPY (SELECT {columns[0]} FROM {name}) TO STDOUT"  # noqa: S608
                given = f"COPY bench_copy.{name} ({columns[0]}) FROM STDIN"
                with (
                    source.cursor().copy(taken) as rows,
                    target.cursor().copy(given) as out,
                ):
                    for block in rows:
                        out.write(block)
                for (index,) in source.execute(
                    "SELECT pg_get_indexdef(indexrelid) FROM pg_index "
                    "WHERE indrelid = %s::regclass AND NOT indisexclusion",
                    (name,),
                ).fetchall():
                    made = index.replace(" ON ONLY ", " ON ").replace("public.", "bench_copy.")
                    target.execute(made)
        target.execute("DROP SCHEMA bench_copy CASCADE")
