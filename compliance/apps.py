"""The compliance app."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Nothing to set up."""

    name = "compliance"
