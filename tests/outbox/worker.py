"""A worker whose one topic leaves a trace for each effect, run as a process by tests.

`python -m tests.outbox.worker drain` drains once, `publish N` publishes, `place` writes down an
uninsured placement, `sign-up NAME PASSWORD` opens an account of its school's coordinator, `look
MOMENT` claims what is due; as a Celery application it is the product's own with a quicker beat.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import count

import django
from django.db import transaction

django.setup()

from audit import periods  # noqa: E402  after the set-up above
from audit.models import Operation, OperationKind  # noqa: E402
from audit.outbox import Message, handler, publish_many, topics  # noqa: E402
from audit.outbox.draining import drain  # noqa: E402
from backend.celery import app  # noqa: E402

app.conf.beat_schedule = {
    "drain-outbox": {"task": "audit.drain_outbox", "schedule": 1, "options": {"expires": 1}},
    "look-at-periods": {"task": "audit.look_at_periods", "schedule": 1, "options": {"expires": 1}},
}
for name in ("recheck", "sweep"):  # what this worker counts is that it is asked, not the judging
    topics._TOPICS.pop(name, None)
periods._JOBS.clear()


def leave_traces(topic: str, messages: Sequence[Message], at: datetime) -> None:
    """One row a message in a table that only grows: twice done is twice there."""
    Operation.objects.bulk_create(
        Operation(
            kind=OperationKind.LOAD,
            made_at=at,
            made_by=topic,
            source={"message": message.id},
        )
        for message in messages
    )


@handler("told", together=5)
def be_told(messages: Sequence[Message], *, at: datetime) -> None:
    """Leave the traces of what a test published."""
    leave_traces("told", messages, at)


@handler("sweep", together=1_000)
def be_asked_to_sweep(messages: Sequence[Message], *, at: datetime) -> None:
    """Leave the traces of what a due night asked for."""
    leave_traces("sweep", messages, at)


@periods.daily("sweep", due=datetime.min.time())
def ask() -> None:
    """Ask for one trace."""
    publish_many("sweep", [{"because": "night"}])


def main() -> None:
    """Do one thing and end."""
    deed, *words = sys.argv[1:]
    if deed == "drain":
        drain(clock=lambda: datetime.now().astimezone())
    elif deed == "publish":
        with transaction.atomic():
            publish_many("told", [{"step": number} for number in range(int(words[0]))])
    elif deed == "place":
        from tests.rules import builders

        builders._serial = count(10**9 + os.getpid() * 100)  # each process begins anew
        builders.make_placement(ends_on=datetime(2030, 12, 31).date())
    elif deed == "sign-up":
        from people.accounts.services import begin_membership, open_account
        from people.models import School
        from people.roles import Role

        user = open_account(username=words[0], display_name="王老师", password=words[1])
        begin_membership(
            user=user,
            role=Role.SCHOOL_COORDINATOR,
            tie=School.objects.get(),
            first=datetime(2026, 1, 1).date(),
            last=None,
        )
    elif deed == "look":
        periods.look(at=datetime.fromisoformat(words[0]))


if __name__ == "__main__":
    main()
