"""Wiring: settings, environment, Celery, URLs, the embedded engines and the supervisor.

Nobody imports this package from below; it imports whatever it ties together.
Reading order: `environment.py`, `settings.py`, `processes.py`, `supervisor.py`, then `engines/`.
"""

from backend.celery import app as celery_app

__all__ = ["celery_app"]
