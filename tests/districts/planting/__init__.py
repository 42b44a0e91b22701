"""Planters: each puts a fault one step over a limit into a district, and its twin one step inside.

A planter yields `Expected` for both; the modules follow the rules' families, `scope` holds the
limits that all rules share."""

from tests.districts.planting import confirmation, hosts, insurance, papers, pay, scope, time
from tests.districts.planting.registry import PLANTERS, Expected, Planter

FAMILIES = (confirmation, hosts, insurance, papers, pay, scope, time)

__all__ = ["FAMILIES", "PLANTERS", "Expected", "Planter"]
