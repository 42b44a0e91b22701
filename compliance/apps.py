"""Registers the rules with Django."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = "合规"

    def ready(self) -> None:
        from compliance import access, recheck  # noqa: F401  who sees what, who is judged again
        from compliance.cases import climbing  # noqa: F401  what is overdue climbs
        from compliance.channels import checks  # noqa: F401  a channel is whole or absent
        from compliance.notices import digests, writing  # noqa: F401  holders are told
