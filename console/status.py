"""What the status page and the readiness check say: engines, rows, last load, calendar."""

from dataclasses import dataclass
from datetime import datetime

import redis
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.models import Model, QuerySet

from audit.models import OperationKind
from audit.operations import latest
from audit.outbox.standing import standing
from common.schema import is_migrated
from compliance.channels.standing import waiting_to_leave
from exchange.loading.district import DISTRICT_APPS
from law.workdays import KNOWN_YEARS, notice_known

COUNTED_UP_TO = 100_000


@dataclass(frozen=True)
class TableCount:
    """How many rows a table has; large ones are estimated, for counting them takes seconds."""

    name: str
    rows: int
    is_estimate: bool

    @property
    def shown(self) -> str:
        """The number with thousands apart."""
        return f"{self.rows:,}"


def table_counts() -> list[TableCount]:
    """Rows of every table of the domain, in the order of the house."""
    estimates = _estimates()
    counts = []
    for model in _models():
        table = model._meta.db_table
        estimate = estimates.get(table, 0)
        is_estimate = estimate > COUNTED_UP_TO
        rows = estimate if is_estimate else QuerySet(model).count()
        counts.append(TableCount(str(model._meta.verbose_name), rows, is_estimate))
    return counts


def _models() -> list[type[Model]]:
    """Models with rows of their own; a view's would be computed to be counted."""
    models = [model for label in DISTRICT_APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in models if model._meta.managed]


def _estimates() -> dict[str, int]:
    """Rows by table as the planner last saw them; a partitioned table is the sum of its parts."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(whole.relname, part.relname), sum(greatest(part.reltuples, 0))::bigint
            FROM pg_class part
            LEFT JOIN pg_inherits ON inhrelid = part.oid
            LEFT JOIN pg_class whole ON whole.oid = inhparent
            WHERE part.relkind = 'r' AND part.relnamespace = 'public'::regnamespace
            GROUP BY 1
            """
        )
        return dict(cursor.fetchall())


def last_load() -> datetime | None:
    """When a district was last loaded, if ever."""
    return latest(OperationKind.LOAD)


def database_version() -> str:
    """The server's version, such as 18.6."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0]).split()[0]


def broker_answers() -> bool:
    """Whether the broker answers."""
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def outbox_counts() -> dict[str, int]:
    """Messages that wait, and messages that were given up and need a person."""
    now = standing()
    return {"waiting": now.waiting, "parked": now.parked}


def delivery_counts() -> dict[str, int]:
    """Messages to people that wait to leave the site, and those that were given up."""
    now = waiting_to_leave()
    return {"waiting": now.waiting, "parked": now.parked}


def queues() -> dict[str, dict[str, int]]:
    """What waits, and what was given up, by queue."""
    return {"outbox": outbox_counts(), "deliveries": delivery_counts()}


def calendar_years() -> list[tuple[int, bool]]:
    """The years whose calendar is known, and whether their days off have been notified."""
    return [(year, notice_known(year)) for year in sorted(KNOWN_YEARS)]


def faults() -> list[str]:
    """What keeps this process from serving: database or migrations; empty when ready.

    The broker is no such thing: without it changes are kept and wait, and pages are answered.
    """
    try:
        return [] if is_migrated() else ["migrations"]
    except (DatabaseError, ImproperlyConfigured):
        return ["database"]
