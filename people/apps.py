"""Registers people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "人员"

    def ready(self) -> None:
        from people.access import conditions  # noqa: F401  registers who sees what
        from people.accounts import checks  # noqa: F401  registers what `check` asks
