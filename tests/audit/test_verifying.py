"""Whatever is done to a chain shows, and the first event that is not as it was is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import chain
from audit.chain import recording, verifying
from audit.chain.heads import ask_to_keep_heads, keep_heads
from audit.chain.links import NOTHING_BEFORE, Link, digest
from audit.chain.verifying import Bad, Fault, heads_in, verify
from audit.models import AuditEvent, AuditHead, Outbox
from audit.outbox.draining import drain

AT = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
LONG, WRITERS = 12, 8


def write(events: int = LONG, *, chains: tuple[int | None, ...] = (None, 3, 7)) -> None:
    for number in range(events):
        for school in chains:
            chain.record(
                "case.note", subject=f"alert:{number}", by=7, at=AT, school=school, facts={"n": 1}
            )


def run(statement: str, *values: Any) -> None:
    """As somebody who may do everything to the database, past every trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def edit(of: int, seq: int, random: Random) -> Bad:
    column, value = random.choice(
        [
            ("what", "case.waive"),
            ("subject", "alert:99"),
            ("by", 8),
            ("entry", "f" * 32),
            ("facts", '{"n": 2}'),
            ("at", "2026-11-24T10:00:00.000001+08:00"),
            ("hash", b"x" * 32),
        ]
    )
    place = "WHERE chain = %s AND seq = %s"
    run(f"UPDATE audit_auditevent SET {column} = %s {place}", value, of, seq)
    return Bad(of, seq, Fault.CHANGED)


def delete(of: int, seq: int, random: Random) -> Bad:
    run("DELETE FROM audit_auditevent WHERE chain = %s AND seq = %s", of, seq)
    return Bad(of, seq, Fault.MISSING)


def swap(of: int, seq: int, random: Random) -> Bad:
    other = random.choice([place for place in range(1, LONG + 1) if place != seq])
    move = "UPDATE audit_auditevent SET seq = %s WHERE chain = %s AND seq = %s"
    run(move, -1, of, seq)
    run(move, seq, of, other)
    run(move, other, of, -1)
    return Bad(of, min(seq, other), Fault.UNBOUND)


def put_in(of: int, seq: int, random: Random) -> Bad:
    """An event of somebody's own at the end, rightly bound, which the head does not know."""
    last = AuditEvent.objects.filter(chain=of).latest("seq")
    link = Link(of, LONG + 1, AT, "case.note", "alert:1", 7, "", {})
    run(
        "INSERT INTO audit_auditevent (chain, seq, at, what, subject, by, entry, facts, prev, hash)"
        " VALUES (%s, %s, %s, 'case.note', 'alert:1', 7, '', '{}', %s, %s)",
        *(of, LONG + 1, AT, bytes(last.hash), digest(link, bytes(last.hash))),
    )
    return Bad(of, LONG + 1, Fault.HEAD)


def cut(of: int, seq: int, random: Random) -> Bad:
    """The end is gone, and the head was set back to what is left."""
    run("DELETE FROM audit_auditevent WHERE chain = %s AND seq >= %s", of, seq)
    left = AuditEvent.objects.filter(chain=of, seq=seq - 1).first()
    kept = bytes(left.hash) if left else NOTHING_BEFORE
    run("UPDATE audit_audithead SET seq = %s, hash = %s WHERE chain = %s", seq - 1, kept, of)
    return Bad(of, seq, Fault.MISSING)


def rewrite(of: int, seq: int, random: Random) -> Bad:
    """One event is another, and all after it were bound anew, the head too."""
    before = NOTHING_BEFORE
    for event in AuditEvent.objects.filter(chain=of).order_by("seq"):
        if event.seq >= seq:
            subject = "alert:99" if event.seq == seq else event.subject
            link = Link(of, event.seq, event.at, event.what, subject, event.by, "", event.facts)
            link_hash = digest(link, before)
            run(
                "UPDATE audit_auditevent SET subject = %s, prev = %s, hash = %s "
                "WHERE chain = %s AND seq = %s",
                *(subject, before, link_hash, of, event.seq),
            )
            before = link_hash
        else:
            before = bytes(event.hash)
    run("UPDATE audit_audithead SET hash = %s WHERE chain = %s", before, of)
    return Bad(of, LONG, Fault.REWRITTEN)


Tamper = Callable[[int, int, Random], Bad]
SHOWS: tuple[Tamper, ...] = (edit, delete, swap, put_in)
SHOWS_BY_HEADS: tuple[Tamper, ...] = (cut, rewrite)


def tampered(times: int) -> int:
    """How many of so many tamperings are found, each by itself, with the right event named."""
    write()
    kept = verify().heads
    random, found = Random(20261124), 0
    for number in range(times):
        ways = (*SHOWS, *SHOWS_BY_HEADS)
        way = ways[number % len(ways)]
        with transaction.atomic():
            bad = way(random.choice([0, 3, 7]), random.randint(1, LONG), random)
            alone, beside = verify().bad, verify(kept=kept).bad
            transaction.set_rollback(True)
        if way in SHOWS:
            found += alone == beside == [bad]
        else:
            found += (alone, beside) == ([], [bad])
    assert verify(kept=kept).bad == []
    return found


def test_of_sixty_tamperings_each_is_found_and_its_event_named(db: None) -> None:
    assert tampered(60) == 60


@pytest.mark.deep
def test_of_two_thousand_tamperings_each_is_found_and_its_event_named(db: None) -> None:
    assert tampered(2_000) == 2_000


def test_chains_that_nobody_touched_are_whole(db: None) -> None:
    write()

    result = verify()

    assert (result.bad, result.events) == ([], 3 * LONG)
    assert [(head.chain, head.seq) for head in result.heads] == [(0, 12), (3, 12), (7, 12)]


def test_chains_that_were_emptied_whole_are_missed_by_what_was_kept(db: None) -> None:
    write(chains=(3,))
    kept = verify().heads
    run("DELETE FROM audit_auditevent")
    run("DELETE FROM audit_audithead")

    assert verify().bad == []
    assert verify(kept=kept).bad == [Bad(3, 1, Fault.MISSING)]


def test_the_command_names_the_first_bad_event_and_ends_with_one(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    write()
    call_command("verify_audit")
    whole = capsys.readouterr().out
    edit(3, 5, Random(1))
    delete(3, 8, Random(1))

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", format="json")

    assert whole == "3 条链，36 条记录\n没有发现改动\n"
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["bad"] == [
        {"chain": 3, "seq": 5, "fault": "changed"}
    ]


def test_heads_are_kept_each_night_in_the_file_of_the_day_and_hold_the_chain_to_them(
    transactional_db: None,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.AUDIT_HEADS_DIRECTORY = tmp_path / "heads"
    write(chains=(3,))
    ask_to_keep_heads()
    drain(clock=lambda: AT)
    write(1, chains=(3,))
    path = keep_heads(at=AT)

    cut(3, 6, Random(1))

    assert not Outbox.objects.filter(done_at=None).exists()
    assert path.name == "2026-11-24.jsonl"
    assert [head.seq for head in heads_in(path)] == [LONG, LONG + 1]
    with pytest.raises(SystemExit):
        call_command("verify_audit", heads=[path])
    assert "学校 3 链第 6 条：这一条不见了" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["{}", "no json", '{"chain": 1, "seq": 2, "hash": "zz"}', "[1]"])
def test_a_file_that_holds_no_heads_is_refused_by_its_line(
    db: None, tmp_path: Path, line: str
) -> None:
    path = tmp_path / "heads.jsonl"
    path.write_text(f'{{"chain": 0, "seq": 1, "hash": "00"}}\n{line}\n', encoding="utf-8")

    with pytest.raises(CommandError, match="第 2 行"):
        call_command("verify_audit", heads=[path])


def test_events_written_meanwhile_are_no_fault(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(chains=(3,))
    read_heads = verifying.standing_heads

    def and_then_somebody_writes() -> Any:
        heads = read_heads()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(written_by_somebody_else).result()
        return heads

    monkeypatch.setattr(verifying, "standing_heads", and_then_somebody_writes)

    result = verify()

    assert (result.bad, result.events) == ([], LONG)
    assert AuditHead.objects.get(chain=3).seq == LONG + 1


def written_by_somebody_else() -> None:
    try:
        write(1, chains=(3,))
    finally:
        connection.close()


def at_once() -> list[BaseException | None]:
    """Eight write five events each to one chain at the same moment; what stopped them."""
    begin = Barrier(WRITERS)

    def work(number: int) -> BaseException | None:
        begin.wait()
        try:
            for _ in range(5):
                chain.record("case.note", subject="alert:1", by=number, at=AT, school=3)
        except DatabaseError as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(work, range(WRITERS)))


def test_eight_writers_at_once_break_no_link(transactional_db: None) -> None:
    stopped = at_once()

    assert stopped == [None] * WRITERS
    assert (verify().bad, verify().events) == ([], WRITERS * 5)


def test_writers_that_do_not_wait_for_the_head_would_break_it(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.record("case.note", subject="alert:1", by=1, at=AT, school=3)
    unheld = "SELECT seq, hash FROM audit_audithead WHERE chain = %(chain)s"
    monkeypatch.setattr(recording, "_HEAD", unheld)

    stopped = at_once()

    assert any(stopped)
    assert verify().bad == []


def test_heads_that_cannot_be_kept_name_the_place_and_the_remedy(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.AUDIT_HEADS_DIRECTORY = tmp_path / "taken"
    settings.AUDIT_HEADS_DIRECTORY.write_text("")

    with pytest.raises(CommandError, match=r"写不了链尾文件.*taken.*请"):
        call_command("verify_audit", "--keep")
