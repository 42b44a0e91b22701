"""The api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Nothing to set up."""

    name = "api"
