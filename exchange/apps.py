"""The exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Nothing to set up."""

    name = "exchange"
