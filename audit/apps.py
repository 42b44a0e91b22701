"""Registers audit with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from audit.chain import heads  # noqa: F401  kept outside each night
