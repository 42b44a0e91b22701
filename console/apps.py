"""The console app."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Nothing to set up."""

    name = "console"
