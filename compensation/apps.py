"""Registers compensation with Django."""

from django.apps import AppConfig


class CompensationConfig(AppConfig):
    name = "compensation"
    verbose_name = "报酬"

    def ready(self) -> None:
        from compensation import access  # noqa: F401  registers who sees what
