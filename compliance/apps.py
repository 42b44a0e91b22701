"""Registers the rules with Django."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = "合规"

    def ready(self) -> None:
        from compliance import access  # noqa: F401  registers who sees what
