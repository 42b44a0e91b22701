"""The tables of compliance: cases, their history and their counts, and who was told."""

from compliance.cases.alerts import Alert
from compliance.cases.history import AlertCount, AlertStep, SweepRun
from compliance.cases.meanwhile import JudgedMeanwhile
from compliance.cases.words import AlertState, HolderLevel, StepKind
from compliance.channels.rows import Delivery, DeliveryState
from compliance.notices.rows import Digest, Notice

__all__ = (
    "Alert",
    "AlertCount",
    "AlertState",
    "AlertStep",
    "Delivery",
    "DeliveryState",
    "Digest",
    "HolderLevel",
    "JudgedMeanwhile",
    "Notice",
    "StepKind",
    "SweepRun",
)
