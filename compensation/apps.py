"""Registers compensation with Django."""

from django.apps import AppConfig


class CompensationConfig(AppConfig):
    name = "compensation"
    verbose_name = "报酬"
