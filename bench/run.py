"""What every goal is measured with: the district, the clock, and a way back to no cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

import psycopg

from backend.engines.postgres import SUPERUSER, connect
from backend.environment import DATABASE_NAME
from bench.district import District
from bench.measuring import Clock, Line

WRITTEN_BY_JUDGING = (
    "compliance_alert",
    "compliance_alertcount",
    "compliance_judgedmeanwhile",
    "compliance_sweeprun",
    "audit_outbox",
)


@dataclass
class Run:
    """A run of the benchmark over `district`, `rounds` of each measure; `lines` as they come."""

    district: District
    clock: Clock
    rounds: int
    say: Callable[[str], None]
    lines: list[Line] = field(default_factory=list)
    # Processor seconds of each rule alone, by id: what growth is reckoned by
    rules: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """A moment of the as-of day."""
        return datetime.combine(self.district.on, time(3, 0), tzinfo=UTC)

    def sql(self, text: str, *, database: str = DATABASE_NAME) -> list[tuple[Any, ...]]:
        """What a statement gives the cluster's superuser."""
        with self.session(database) as session:
            cursor = session.execute(text)
            return cursor.fetchall() if cursor.description else []

    def session(self, database: str = DATABASE_NAME) -> psycopg.Connection[tuple[Any, ...]]:
        """A session of the superuser, for what the application may not do: emptying, floors."""
        assert self.district.engines is not None
        return connect(self.district.engines.socket_directory, SUPERUSER, database)

    def forget_cases(self) -> None:
        """Empty the tables that judging writes, as after a load."""
        self.sql(
            "SET session_replication_role = replica; "
            f"TRUNCATE {', '.join(WRITTEN_BY_JUDGING)} CASCADE"
        )
        self.sql("VACUUM ANALYZE compliance_alert, compliance_alertstep, audit_outbox")
