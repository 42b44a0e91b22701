"""A district from a seed: some planters of every rule in turn, some placements by chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.districts.chance import another_programme, stray_placement
from tests.districts.planting import PLANTERS, Expected, Planter
from tests.districts.roster import Cells, Roster

RULES = sorted(PLANTERS)
PAIRS_IN_A_DISTRICT = 9
DAYS = (
    date(2026, 10, 5),
    date(2026, 10, 6),
    date(2026, 10, 16),
    date(2026, 11, 11),
    date(2027, 1, 16),
    date(2027, 2, 6),
    date(2027, 3, 16),
    date(2025, 10, 6),
    date(2025, 6, 16),
    date(2026, 3, 2),
    date(2024, 10, 8),
    date(2027, 11, 29),
)


@dataclass(frozen=True)
class Generated:
    """A district as text cells, the days to judge it on, and what was planted in it."""

    seed: int
    tables: dict[str, list[Cells]]
    as_of: tuple[date, ...]
    expected: tuple[Expected, ...]


def planters_of(seed: int) -> list[tuple[Planter, int]]:
    """The planters whose turn it is, and which turn: rules in turn, of each its planters."""
    chosen = []
    for place in range(seed * PAIRS_IN_A_DISTRICT, (seed + 1) * PAIRS_IN_A_DISTRICT):
        planters = PLANTERS[RULES[place % len(RULES)]]
        turn, which = divmod(place // len(RULES), len(planters))
        chosen.append((planters[which], turn))
    return chosen


def make_district(seed: int, on: date | None = None) -> Generated:
    """The same seed always gives the same district; its faults stand around `on`, where given."""
    roster = Roster(seed)
    pick = roster.random
    chosen = pick.choice(DAYS)
    if pick.random() < 0.25:
        chosen = date(2024, 3, 10) + timedelta(days=pick.randrange(1380))
    on = on or chosen
    expected: list[Expected] = []
    for planter, roster.turn in planters_of(seed):
        expected.extend(
            replace(promise, planter=planter.__name__) for promise in planter(roster, on)
        )
    for _ in range(pick.choice((1, 2, 4, 8))):
        stray_placement(roster, on)
    if pick.random() < 0.3:
        another_programme(roster, on)
    for rows in roster.tables.values():
        pick.shuffle(rows)
    days = {on, on + timedelta(days=1), pick.choice(DAYS), *(promise.on for promise in expected)}
    return Generated(seed, roster.tables, tuple(sorted(days)), tuple(expected))
