"""An event is bound to the one before, in the transaction of its command, and holds no name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from audit import chain
from audit.chain.entries import NameTheEntry, entry
from audit.chain.links import DISTRICT, NOTHING_BEFORE, Link, digest
from audit.chain.recording import FactRefused
from audit.models import AuditEvent, AuditHead, OperationKind

AT = datetime.fromisoformat("2026-11-24T10:00:00+08:00")


def noted(what: str = "case.note", **given: Any) -> None:
    asked: dict[str, Any] = {"subject": "alert:1", "by": 7, "at": AT} | given
    chain.record(what, **asked)


def test_an_event_is_bound_to_the_one_before_it_in_its_own_chain(db: None) -> None:
    noted()
    noted(school=3)
    noted("case.assign", facts={"to": 9, "fields": ["assignee"]})

    first, second = AuditEvent.objects.filter(chain=DISTRICT).order_by("seq")
    link = Link(0, 2, AT, "case.assign", "alert:1", 7, "", {"fields": ["assignee"], "to": 9})
    assert bytes(first.prev) == NOTHING_BEFORE
    assert bytes(second.prev) == bytes(first.hash)
    assert bytes(second.hash) == digest(link, bytes(first.hash))
    assert AuditHead.objects.get(chain=3).seq == 1


def test_an_event_is_gone_with_the_command_that_was_rolled_back(db: None) -> None:
    with transaction.atomic():
        noted()
        transaction.set_rollback(True)

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "value",
    ["李雷", "13800138000", "+8613800138000", "110101200801011234", "a@school.example", 1.5, True],
)
def test_what_could_be_a_persons_own_is_not_taken(db: None, value: Any) -> None:
    with pytest.raises(FactRefused):
        noted(facts={"value": value})
    with pytest.raises(FactRefused):
        noted(facts={"value": ["kept", value]})

    assert not AuditEvent.objects.exists()


def test_the_member_of_an_enumeration_is_written_as_its_word(db: None) -> None:
    noted(facts={"kind": OperationKind.LOAD, "kinds": [OperationKind.LOAD, "other"]})

    event = AuditEvent.objects.get()
    link = Link(0, 1, AT, "case.note", "alert:1", 7, "", event.facts)
    assert event.facts == {"kind": "load", "kinds": ["load", "other"]}
    assert bytes(event.hash) == digest(link, NOTHING_BEFORE)


def test_a_value_that_must_be_proven_is_written_as_a_keyed_digest(db: None) -> None:
    kept = chain.commitment("13800138000", of="phone")
    noted(facts={"phone": kept})

    assert kept == chain.commitment("13800138000", of="phone")
    assert kept != chain.commitment("13800138000", of="number")
    assert len(kept) == 64


def test_events_of_one_request_carry_its_number() -> None:
    answer: Any = NameTheEntry(lambda _request: HttpResponse(entry()))
    seen = [answer(None).content for _ in range(2)]

    assert len(set(seen)) == 2
    assert entry() == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET what = 'case.waive'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "UPDATE audit_audithead SET seq = seq + 1",
        "DELETE FROM audit_audithead",
        "INSERT INTO audit_audithead (chain, seq, hash) VALUES (9, 3, sha256('x'))",
    ],
)
def test_the_application_cannot_change_what_is_on_record(
    as_application: psycopg.Connection[tuple[Any, ...]], statement: str
) -> None:
    noted()

    with pytest.raises(psycopg.Error):
        as_application.execute(statement)


def test_the_application_adds_events(
    as_application: psycopg.Connection[tuple[Any, ...]],
) -> None:
    noted()
    head = as_application.execute(
        "INSERT INTO audit_audithead AS head (chain, seq, hash) "
        "VALUES (0, 0, decode(repeat('00', 32), 'hex')) "
        "ON CONFLICT (chain) DO UPDATE SET seq = head.seq RETURNING seq"
    ).fetchone()
    as_application.execute(
        "INSERT INTO audit_auditevent (chain, seq, at, what, subject, entry, facts, prev, hash) "
        "SELECT chain, seq + 1, now(), 'case.note', 'alert:1', '', '{}', hash, sha256('y') "
        "FROM audit_audithead"
    )
    as_application.commit()

    assert head == (1,)
    assert AuditHead.objects.get(chain=DISTRICT).seq == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash = sha256('y') FROM audit_audithead")
        assert cursor.fetchone() == (True,)
