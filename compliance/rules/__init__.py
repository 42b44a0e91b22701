"""One module a subject of law; each rule narrows the subjects of its scope to those that break it.

Legal numbers come from `law`, on the day the interchange contract names. Importing this package
registers every rule.
"""

from compliance.rules import (
    agreement,
    apprenticeship,
    attendance,
    eligibility,
    hazards,
    host,
    insurance,
    pay,
    supervision,
    working_time,
)

__all__ = (
    "agreement",
    "apprenticeship",
    "attendance",
    "eligibility",
    "hazards",
    "host",
    "insurance",
    "pay",
    "supervision",
    "working_time",
)
