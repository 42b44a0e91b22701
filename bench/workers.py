"""A web worker that says what it holds: `python -m bench.workers product 2026-11-24`."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.conf import settings


def resident_mb() -> float:
    """Resident memory of this process."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status names no VmRSS")


def bare() -> None:
    """Django, DRF and one endpoint that reads the database, and nothing else."""
    from backend.environment import database_settings

    settings.configure(
        SECRET_KEY="bare",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="__main__",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
        DATABASES={"default": database_settings("app")},
    )
    django.setup()
    global urlpatterns
    urlpatterns = _endpoint()
    _answers(["/"])


def _endpoint() -> list[Any]:
    from django.db import connection
    from django.urls import path
    from rest_framework.response import Response
    from rest_framework.views import APIView

    class One(APIView):
        """A number from the database."""

        def get(self, request: Any) -> Response:
            """One."""
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                return Response({"one": cursor.fetchone()[0]})

    return [path("", One.as_view())]


urlpatterns: list[Any] = []


def product(on: date) -> None:
    """The product as gunicorn starts it, its pages asked for by those who see the most."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    import backend.wsgi  # noqa: F401
    from console.accounts.demo import demo_users
    from people.roles import Role

    users = demo_users(on=on)
    for role in (Role.SCHOOL_COORDINATOR, Role.COMMISSION):
        _answers(["/today", "/alerts", "/placements"], users[role])
    _answers(["/district"], users[Role.COMMISSION])


def _answers(addresses: list[str], user: Any = None) -> None:
    client = signed_in(user)
    for address in addresses:
        answer(client, address)


def signed_in(user: Any) -> Any:
    """A browser that the user is signed in with, nobody for None."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    if user is not None:
        client.force_login(user, backend="people.accounts.backends.PasswordBackend")
        session = client.session
        session["signed_in_at"] = session["seen_at"] = time.time()
        session["by_code"] = True
        session.save()
    return client


def answer(client: Any, address: str) -> None:
    """Ask for a page; ends the process where it is not answered with 200."""
    status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address}: {status}")


if __name__ == "__main__":
    kind, day = sys.argv[1:]
    bare() if kind == "bare" else product(date.fromisoformat(day))
    sys.stdout.write(json.dumps({"resident_mb": resident_mb()}))
