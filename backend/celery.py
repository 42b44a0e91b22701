"""The Celery application: worker and beat start from here."""

import ctypes
import os
import signal
from typing import Any

from celery import Celery
from celery.signals import worker_process_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

PR_SET_PDEATHSIG = 1

app = Celery("shuangyuan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_the_worker(**_: Any) -> None:
    """Make a pool child die with its worker: Celery leaves it alive when the worker is killed."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


@worker_ready.connect
def take_what_waits(**_: Any) -> None:
    """Have a worker that starts do what waited for it, whether or not anybody rings."""
    app.send_task("audit.open_outbox", ignore_result=True)
