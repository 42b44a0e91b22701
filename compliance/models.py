"""The tables of compliance: cases, their history and their counts."""

from compliance.cases.alerts import Alert
from compliance.cases.history import AlertCount, AlertStep, SweepRun
from compliance.cases.words import AlertState, HolderLevel, StepKind

__all__ = (
    "Alert",
    "AlertCount",
    "AlertState",
    "AlertStep",
    "HolderLevel",
    "StepKind",
    "SweepRun",
)
