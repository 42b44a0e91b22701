"""Breaches of what is kept of hosts beside their rows of a file."""

from __future__ import annotations

_FREEZE = (
    "INSERT INTO internships_hostfreeze "
    "(enterprise_id, move, from_day, reason, decided_by_id, decided_on, decided_at) VALUES "
    "({{enterprise}}, '{move}', '{day}', '{reason}', {{user}}, '2026-11-24', now())"
)


def _freeze(**values: str) -> str:
    sound = {"move": "freeze", "day": "2026-11-24", "reason": "x"}
    return _FREEZE.format(**{**sound, **values})


HOST_BREACHES: dict[str, str] = {
    "host_freeze_move_is_a_known_one": _freeze(move="xx"),
    "host_freeze_says_why": _freeze(reason=""),
    "host_freeze_days_are_of_the_calendar": _freeze(day="2200-01-01"),
    "host_freeze_is_not_dated_back": _freeze(day="2026-11-23"),
    "internships_hostfreeze_is_append_only": "DELETE FROM internships_hostfreeze",
    "internships_hostfreeze_is_append_only_whole": "TRUNCATE internships_hostfreeze",
}
