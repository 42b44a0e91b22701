"""A placement lives as a plain model of it says, whatever is done in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.life.machine import Life
from tests.life.model import REACHED

pytestmark = pytest.mark.django_db


def lived(examples: int, steps: int = 40) -> settings:
    """So many lives of so many steps each."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_a_placement_lives_as_the_plain_model_says() -> None:
    run_state_machine_as_test(Life, settings=lived(3))


@pytest.mark.deep
def test_a_placement_lives_as_the_plain_model_says_over_many_lives() -> None:
    REACHED.clear()

    run_state_machine_as_test(Life, settings=lived(30))

    assert {"sign", "activate"} <= set(REACHED), dict(REACHED)
