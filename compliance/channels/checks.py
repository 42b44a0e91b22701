"""A channel that is set up by half stops the start, and the message names the setting."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from compliance.channels.wanted import WANTED, faults_of


@register()
def channels_are_whole_or_absent(**_: Any) -> list[CheckMessage]:
    """An error for each setting of a channel that is missing or wrong."""
    return [
        Error(f"{fault.setting}：{fault.remedy}", id="compliance.E001")
        for channel in WANTED
        for fault in faults_of(channel)
    ]
