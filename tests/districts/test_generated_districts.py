"""The generator keeps its promises: legal districts, every rule met on both sides of it."""

from collections import Counter
from pathlib import Path

import pytest

from tests.districts.door import refusals
from tests.districts.making import Generated, make_district
from tests.districts.planting import PLANTERS
from tests.districts.spelling import write
from tests.oracle.district import District
from tests.oracle.reading import district_from, read_district
from tests.oracle.rules import RULES
from tests.oracle.sweeping import alerts, identity

SEEDS = range(200)


@pytest.fixture(scope="module")
def districts() -> list[tuple[Generated, District]]:
    generated = [make_district(seed) for seed in SEEDS]
    return [(one, district_from(one.tables)) for one in generated]


def test_every_generated_district_is_legal_at_the_door(
    districts: list[tuple[Generated, District]],
) -> None:
    refused = {one.seed: refusals(district) for one, district in districts if refusals(district)}

    assert refused == {}


@pytest.mark.deep
def test_every_rule_fires_twenty_times_and_is_silent_by_one_step_twenty_times(
    districts: list[tuple[Generated, District]],
) -> None:
    fired: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    broken_promises = []

    for one, district in districts:
        found = {on: set(map(identity, alerts(district, on))) for on in one.as_of}
        for promise in one.expected:
            fires = (promise.rule, promise.subject, promise.period) in found[promise.on]
            if fires is not promise.fires:
                broken_promises.append((one.seed, promise))
            (fired if fires else silent)[promise.rule] += 1

    assert broken_promises == []
    assert {rule: fired[rule] for rule in RULES if fired[rule] < 20} == {}
    assert {rule: silent[rule] for rule in RULES if silent[rule] < 20} == {}


def test_every_planter_has_its_turn() -> None:
    planted = {
        (promise.rule, promise.planter)
        for seed in SEEDS
        for promise in make_district(seed).expected
    }

    registered = {(rule, one.__name__) for rule, those in PLANTERS.items() for one in those}
    assert registered - planted == set()
    assert set(PLANTERS) == set(RULES)


def test_the_same_seed_makes_the_same_district() -> None:
    assert make_district(7) == make_district(7)
    assert make_district(7) != make_district(8)


@pytest.mark.parametrize("seed", [0, 1, 2, 4, 5, 7])
def test_a_district_written_in_any_spelling_is_read_as_it_was_meant(
    seed: int, tmp_path: Path
) -> None:
    generated = make_district(seed)
    write(generated, tmp_path)

    read = read_district(tmp_path)

    assert read == district_from(generated.tables)
