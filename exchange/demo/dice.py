"""Repeatable draws: the same seed, stream and place give the same numbers on every machine."""

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def _mixed(number: int) -> int:
    """splitmix64's finaliser: neighbouring numbers come out far apart."""
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & MASK
    return number ^ (number >> 31)


class Dice:
    """The draws of one subject: cheaper to make than `random.Random`, so each has its own."""

    __slots__ = ("_state",)

    def __init__(self, seed: int, stream: str, place: int = 0) -> None:
        self._state = _mixed((seed * GOLDEN + crc32(stream.encode()) + (place << 32)) & MASK)

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` - 1."""
        self._state = (self._state + GOLDEN) & MASK
        return _mixed(self._state) % bound

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred draws."""
        return self.below(100) < percent

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))]
