"""Registers apprenticeship with Django."""

from django.apps import AppConfig


class ApprenticeshipConfig(AppConfig):
    name = "apprenticeship"
    verbose_name = "学徒制"

    def ready(self) -> None:
        from apprenticeship import access  # noqa: F401  registers who sees what
