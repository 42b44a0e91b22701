"""What a line of the table says of its rounds."""

from __future__ import annotations

import os
from time import sleep

from bench.measuring import MILLISECONDS, Clock, Line, Taken, in_rounds
from bench.report import row_of


def test_line_compares_medians_and_is_met_by_the_clock_or_by_processor_time() -> None:
    line = Line("G1", "four rules", 2.0)
    for product, floor in ((3.0, 1.0), (9.0, 1.0), (3.0, 1.0)):
        line.add(Taken(product, product / 2), Taken(floor, floor))

    assert line.ratio == 3.0
    assert line.processor_ratio == 1.5
    assert line.is_met
    assert row_of(line)[2:8] == ("3 s (3–9)", "1 s", "3.00 ×", "1.50 ×", "≤ 2 ×", "yes")


def test_line_without_a_floor_is_met_up_to_its_most() -> None:
    just, over = (Line("G3", "recheck", 50, unit=MILLISECONDS) for _ in range(2))

    just.add(Taken(0.050, 0.050))
    over.add(Taken(0.051, 0.051))

    assert (just.is_met, over.is_met) == (True, False)


def test_rounds_take_turns_and_what_prepares_them_is_not_timed() -> None:
    order: list[str] = []

    def prepare() -> None:
        order.append("before")
        sleep(0.05)

    line = in_rounds(
        Clock(os.getpid()),
        Line("G9", "people", 3.0),
        2,
        lambda: order.append("product"),
        lambda: order.append("floor"),
        before=prepare,
    )

    assert order == ["before", "product", "before", "floor"] * 2
    assert max(line.product + line.floor) < 0.05
