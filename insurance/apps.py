"""Registers insurance with Django."""

from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    name = "insurance"
    verbose_name = "保险"

    def ready(self) -> None:
        from insurance import access  # noqa: F401  registers who sees what
