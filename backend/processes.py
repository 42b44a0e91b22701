"""The processes beside the engines: one table, which the supervisor and docker-compose share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """A program of ours that serves until it is stopped.

    `arguments` follow `python -m`; `{bind}` is where the site listens, `{run}` the directory for
    run-time state.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds_to_stop: int = 30

    def command(self, *, bind: str, run: str | Path) -> list[str]:
        """The words after `python -m`."""
        return [word.format(bind=bind, run=run) for word in self.arguments]


WEB_THREADS = 8

WEB = Process(
    "web",
    (
        *("gunicorn", "backend.wsgi:application"),
        *("--bind", "{bind}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", str(WEB_THREADS)),
        *("--timeout", "60", "--graceful-timeout", "20"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000"),
        *("--worker-tmp-dir", "/dev/shm"),  # noqa: S108  a heartbeat file, not content
        "--no-control-socket",
    ),
    {"SHUANGYUAN_DATABASE_POOL": str(WEB_THREADS)},
)

WORKER = Process(
    "worker",
    (
        *("celery", "--app", "backend", "worker"),
        *("--loglevel", "INFO", "--concurrency", "2"),
        *("--without-gossip", "--without-mingle"),
    ),
    # A session kept between tasks keeps the plans of rechecks: made anew they take half a second
    {"SHUANGYUAN_DATABASE_POOL": "2"},
)

BEAT = Process(
    "beat",
    (
        *("celery", "--app", "backend", "beat"),
        *("--loglevel", "INFO", "--schedule", "{run}/beat-schedule"),
        *("--pidfile", ""),
    ),
)

# In the order of starting and, but for the engines after them, of stopping
PROCESSES = (WEB, WORKER, BEAT)
