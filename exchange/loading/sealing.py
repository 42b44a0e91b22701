"""Seals what is personal in rows of students before any of it reaches the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from uuid6 import uuid7

from common.identifiers import mask_id_number
from common.sensitive import Sealed
from exchange.format import TABLES
from exchange.loading.encoding import NULL, encode_bytes, encoder
from exchange.reading.rowchecks import birth_date
from people.models import Guardian, LearnerIdentity, Student

STUDENTS = TABLES["students"]

# Field, what seals it, and the column of the public id that its ciphertext is bound to.
SEALS: tuple[tuple[str, Sealed, str], ...] = (
    ("id_number", Student.ID_NUMBER, "student_public_id"),
    ("national_number", LearnerIdentity.NATIONAL_NUMBER, "learner_public_id"),
    ("phone", LearnerIdentity.PHONE, "learner_public_id"),
    ("guardian_phone", Guardian.PHONE, "guardian_public_id"),
)

SEALED_FIELDS = frozenset(("students", field) for field, _, _ in SEALS)
"""Columns that are staged as blind indexes."""

SEALED_COLUMNS: list[tuple[str, str]] = [
    ("student_public_id", "uuid"),
    ("learner_public_id", "uuid"),
    ("guardian_public_id", "uuid"),
    ("born_on", "date"),
    ("id_number_masked", "text"),
    *((f"{field}_sealed", "bytea") for field, _, _ in SEALS),
    ("corrected_public_id", "uuid"),
    ("corrected_id_number_sealed", "bytea"),
]
"""What the staging table of students has besides the columns of the file."""

KNOWN_STUDENTS = """
SELECT id_number_index, public_id FROM people_student WHERE id_number_index = ANY(%s)
"""

KNOWN_LEARNERS = """
SELECT school.code, learner.student_number, learner.public_id, guardian.public_id,
    student.public_id, student.id_number_index
FROM unnest(%s::text[], %s::text[]) AS wanted (school_code, student_number)
JOIN people_school school ON school.code = wanted.school_code
JOIN people_learneridentity learner
    ON learner.school_id = school.id AND learner.student_number = wanted.student_number
JOIN people_student student ON student.id = learner.student_id
LEFT JOIN people_guardian guardian ON guardian.learner_id = learner.id
"""


def seal_students(cursor: Any, chunk: Sequence[tuple[int, Sequence[Any]]]) -> Iterator[str]:
    """Lines for COPY of a chunk of students: blind indexes and ciphertext, no plain number.

    Ciphertext is bound to the public id of its row, so ids that exist are asked for first and
    the others made here.
    """
    rows = [(number, dict(zip(STUDENTS.fields, values, strict=True))) for number, values in chunk]
    indexes = [Student.ID_NUMBER.index(cells["id_number"]) for _, cells in rows]
    students, learners = _known(cursor, rows, indexes)
    encoders = [(column.field, encoder("students", column)) for column in STUDENTS.columns]
    return (
        _line(number, cells, index, students, learners, encoders)
        for (number, cells), index in zip(rows, indexes, strict=True)
    )


class Known(NamedTuple):
    """The public ids that an identity has in the database, and its person's blind index."""

    learner: UUID | None = None
    guardian: UUID | None = None
    student: UUID | None = None
    id_number: bytes | None = None


def _known(
    cursor: Any, rows: Sequence[tuple[int, dict[str, Any]]], indexes: list[bytes]
) -> tuple[dict[bytes, UUID], dict[tuple[str, str], Known]]:
    cursor.execute(KNOWN_STUDENTS, [indexes])
    students = {bytes(index): public_id for index, public_id in cursor.fetchall()}
    keys = [(cells["school_code"], cells["student_number"]) for _, cells in rows]
    cursor.execute(KNOWN_LEARNERS, [[school for school, _ in keys], [number for _, number in keys]])
    learners = {(row[0], row[1]): Known(*row[2:]) for row in cursor.fetchall()}
    return students, learners


def _line(
    number: int,
    cells: dict[str, Any],
    index: bytes,
    students: dict[bytes, UUID],
    learners: dict[tuple[str, str], Known],
    encoders: list[tuple[str, Any]],
) -> str:
    known = learners.get((cells["school_code"], cells["student_number"]), Known())
    public_ids = {
        "student_public_id": students.get(index) or uuid7(),
        "learner_public_id": known.learner or uuid7(),
        "guardian_public_id": known.guardian or uuid7(),
    }
    sealed = {
        field: (None, None)
        if cells[field] is None
        else (seal.index(cells[field]), seal.seal(cells[field], row=public_ids[bound_to]))
        for field, seal, bound_to in SEALS
    }
    texts = [
        encode_bytes(sealed[field][0]) if field in sealed else encode(cells[field])
        for field, encode in encoders
    ]
    texts += [str(public_id) for public_id in public_ids.values()]
    texts += [birth_date(cells["id_number"]).isoformat(), mask_id_number(cells["id_number"])]
    texts += [encode_bytes(ciphertext) for _, ciphertext in sealed.values()]
    texts += _correction(cells["id_number"], known if index not in students else Known(), index)
    return "\t".join((str(number), *texts)) + "\n"


def _correction(id_number: str, known: Known, index: bytes) -> tuple[str, str]:
    """A number nobody has yet, sealed for the person whose identity the row is: a correction."""
    if known.student is None or known.id_number == index:
        return NULL, NULL
    sealed = Student.ID_NUMBER.seal(id_number, row=known.student)
    return str(known.student), encode_bytes(sealed)
