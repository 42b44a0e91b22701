"""Registers internships with Django."""

from django.apps import AppConfig


class InternshipsConfig(AppConfig):
    name = "internships"
    verbose_name = "实习"

    def ready(self) -> None:
        from internships import access  # noqa: F401  registers who sees what
        from internships.life import expiring  # noqa: F401  what is stale is called off
