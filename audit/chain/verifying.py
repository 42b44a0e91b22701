"""Reads the chains again: the first event of each that is not as it was written, and the heads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from audit.chain.links import NOTHING_BEFORE, Link, digest
from audit.chain.rows import AuditEvent, AuditHead
from common.one_moment import one_moment

BATCH = 5_000
COLUMNS = ("chain", "seq", "at", "what", "subject", "by", "entry", "facts", "prev", "hash")


class Fault(TextChoices):
    """What is wrong with an event, as far as the chain can tell."""

    MISSING = "missing", _("这一条不见了")
    UNBOUND = "unbound", _("与前一条接不上")
    CHANGED = "changed", _("内容被改过")
    HEAD = "head", _("链尾与最后一条不符")
    REWRITTEN = "rewritten", _("与留存的链尾不符")


@dataclass(frozen=True, slots=True)
class Head:
    """The latest event of a chain at some moment: its place, and its hash in hex."""

    chain: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Bad:
    """The first event of a chain that is not as it was written: its place and what is wrong."""

    chain: int
    seq: int
    fault: Fault


@dataclass
class Verified:
    """How many events were read, what is wrong by chain, and where each chain ends."""

    events: int = 0
    bad: list[Bad] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)


class HeadsUnreadable(Exception):
    """A file of heads that is none of ours, with the line at fault."""


def verify(
    *, kept: Iterable[Head] = (), progress: Callable[[int], object] = lambda _: None
) -> Verified:
    """Read every chain from its first event, and hold it against its head and those `kept` outside.

    The chain alone shows a row changed, left out, put in or moved. That its end was cut off, or
    all of it written anew, shows only against heads that were kept where nobody could reach them.
    One bad event a chain is named, the first; `progress` is told of events as they are read.
    Events written meanwhile are not looked at: heads and events are read as of one moment.
    """
    with one_moment(read_only=True):
        return _verified(_by_place(kept), progress)


def _verified(
    anchors: Mapping[int, Mapping[int, str]], progress: Callable[[int], object]
) -> Verified:
    result = Verified(heads=standing_heads())
    heads = {head.chain: head for head in result.heads}
    rows = AuditEvent.objects.order_by("chain", "seq").values_list(*COLUMNS)
    read: set[int] = set()
    for chain, events in groupby(rows.iterator(chunk_size=BATCH), key=itemgetter(0)):
        read.add(chain)
        counted = _counted(events, result, progress)
        if bad := _first_bad(chain, counted, heads.get(chain), anchors.get(chain, {})):
            result.bad.append(bad)
    emptied = (heads.keys() | anchors.keys()) - read
    result.bad.extend(Bad(chain, 1, Fault.MISSING) for chain in emptied)
    result.bad.sort(key=lambda bad: bad.chain)
    return result


def standing_heads() -> list[Head]:
    """Where each chain that has events ends now, by chain."""
    heads = AuditHead.objects.filter(seq__gt=0).order_by("chain")
    return [Head(head.chain, head.seq, bytes(head.hash).hex()) for head in heads]


def _by_place(kept: Iterable[Head]) -> dict[int, dict[int, str]]:
    anchors: dict[int, dict[int, str]] = {}
    for head in kept:
        anchors.setdefault(head.chain, {})[head.seq] = head.hash
    return anchors


def _counted(
    events: Iterable[Any], result: Verified, progress: Callable[[int], object]
) -> Iterator[Any]:
    for event in events:
        result.events += 1
        progress(1)
        yield event


def _first_bad(
    chain: int, events: Iterable[Any], head: Head | None, wanted: Mapping[int, str]
) -> Bad | None:
    place, before = 0, NOTHING_BEFORE
    for _chain, seq, at, what, subject, by, entry, facts, prev, written in events:
        place += 1
        if seq != place:
            return Bad(chain, place, Fault.MISSING)
        if bytes(prev) != before:
            return Bad(chain, seq, Fault.UNBOUND)
        before = bytes(written)
        if digest(Link(chain, seq, at, what, subject, by, entry, facts), bytes(prev)) != before:
            return Bad(chain, seq, Fault.CHANGED)
        if wanted.get(seq, before.hex()) != before.hex():
            return Bad(chain, seq, Fault.REWRITTEN)
    if max([*wanted, head.seq if head else 0]) > place:
        return Bad(chain, place + 1, Fault.MISSING)
    if head is None or (head.seq, head.hash) != (place, before.hex()):
        return Bad(chain, place, Fault.HEAD)
    return None


def written_heads(heads: Iterable[Head], *, at: datetime) -> str:
    """A line of JSON for each head, to be kept where who could change the chain does not reach."""
    return "".join(
        json.dumps({"chain": head.chain, "seq": head.seq, "hash": head.hash, "at": at.isoformat()})
        + "\n"
        for head in heads
    )


def heads_in(path: Path) -> list[Head]:
    """The heads of a file that `written_heads` wrote; HeadsUnreadable names the line at fault."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            head = Head(int(row["chain"]), int(row["seq"]), bytes.fromhex(row["hash"]).hex())
        except (ValueError, KeyError, TypeError):
            raise HeadsUnreadable(_("第 %(line)s 行不是链尾记录") % {"line": number}) from None
        found.append(head)
    return found
