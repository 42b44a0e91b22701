"""Taking times: wall and processor seconds of this process and of the whole cluster, in rounds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

TICKS = os.sysconf("SC_CLK_TCK")
SECONDS, MILLISECONDS, MEGABYTES = "s", "ms", "MB"


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took, in seconds: by the clock, and of processors in Python and PostgreSQL."""

    wall: float
    processor: float


@dataclass
class Line:
    """A line of the table: what the product took, what the floor took, and what is asked of it.

    `product` and `floor` are wall seconds of each round (or megabytes, once), `product_processor`
    and `floor_processor` processor seconds. `most` is the greatest ratio to the floor, or, where
    there is no floor, the greatest value in `unit`.
    """

    goal: str
    what: str
    most: float
    unit: str = SECONDS
    product: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    product_processor: list[float] = field(default_factory=list)
    floor_processor: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def value(self) -> float:
        """The median of the product in `unit`."""
        return median(self.product) * (1000 if self.unit == MILLISECONDS else 1)

    @property
    def ratio(self) -> float | None:
        """The product's median over the floor's, by the clock; None where there is no floor."""
        return median(self.product) / median(self.floor) if self.floor else None

    @property
    def processor_ratio(self) -> float | None:
        """The same by processor time, which a busy machine does not move."""
        if not self.floor_processor or not median(self.floor_processor):
            return None
        return median(self.product_processor) / median(self.floor_processor)

    @property
    def is_met(self) -> bool:
        """Whether the goal is met, by the clock or by processor time: others share the machine."""
        if self.floor:
            taken = [self.ratio, self.processor_ratio]
        else:
            taken = [self.value, self.processor_value]
        return min(it for it in taken if it is not None) <= self.most

    @property
    def processor_value(self) -> float | None:
        """The median of the product's processor time in `unit`; None where it was not taken."""
        if not self.product_processor:
            return None
        return median(self.product_processor) * (1000 if self.unit == MILLISECONDS else 1)

    def add(self, product: Taken, floor: Taken | None = None) -> None:
        """Keep a round."""
        self.product.append(product.wall)
        self.product_processor.append(product.processor)
        if floor is not None:
            self.floor.append(floor.wall)
            self.floor_processor.append(floor.processor)


class Clock:
    """Takes the time of what is done here and in the cluster whose postmaster is `postmaster`."""

    def __init__(self, postmaster: int) -> None:
        self._postmaster = postmaster

    def take(self, deed: Callable[[], object]) -> Taken:
        """Do the deed and say what it took."""
        processor = time.process_time() + self._cluster()
        started = time.perf_counter()
        deed()
        wall = time.perf_counter() - started
        return Taken(wall, time.process_time() + self._cluster() - processor)

    def _cluster(self) -> float:
        """Processor seconds of the cluster so far, those of ended sessions included."""
        mine = _stat(self._postmaster)
        ticks = sum(mine[11:15])
        for child in _children(self._postmaster):
            ticks += sum(_stat(child)[11:13])
        return ticks / TICKS


def in_rounds(
    clock: Clock,
    line: Line,
    rounds: int,
    product: Callable[[], object],
    floor: Callable[[], object] | None = None,
    *,
    before: Callable[[], object] | None = None,
) -> Line:
    """Product and floor in turns, `before` each of them untimed; the line, filled."""
    for _ in range(rounds):
        if before is not None:
            before()
        taken = clock.take(product)
        if floor is None:
            line.add(taken)
            continue
        if before is not None:
            before()
        line.add(taken, clock.take(floor))
    return line


def spread(values: Sequence[float]) -> str:
    """The least and the greatest in short."""
    return f"{min(values):.3g}–{max(values):.3g}" if len(values) > 1 else "one round"


def _stat(pid: int) -> list[int]:
    """The numbers of /proc/PID/stat after the state; zeros for a process that has ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return [0] * 20
    return [0, *(int(word) for word in text.rpartition(")")[2].split()[1:20])]


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(word) for word in text.split()]
