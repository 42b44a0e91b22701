"""The flips themselves: each kind of comparison is found and turned, and the rest left alone."""

import pytest

from tests.mutants.alike import ALIKE
from tests.mutants.flips import flipped, flips
from tests.mutants.targets import all_targets


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = a is None", ["x = a is not None"]),
        ("rows.f(day__lte=on)", ["rows.f(day__lt=on)"]),
        (
            "rows.filter(day__gt=on)",
            ["rows.exclude(day__gt=on)", "rows.filter(day__gte=on)"],
        ),
        ("x = on + timedelta(days=1)", ["x = on - timedelta(days=1)"]),
        ("x = f(since='a__lt', title='b__lt')", []),
        ('"""A docstring with a < b."""', []),
        ("x: int | None = 3", []),
    ],
)
def test_every_comparison_is_flipped_once(source: str, mutants: list[str]) -> None:
    found = [flipped(source, flip.number) for flip in flips(source)]

    assert found[: len(mutants)] == mutants
    assert mutants != [] or found == []


def test_a_condition_is_denied_whole() -> None:
    source = "rows.filter(kind=PRODUCTION)"

    changed = [flipped(source, flip.number) for flip in flips(source)]

    assert "~" in changed[1]
    assert "kind=PRODUCTION" in changed[1]


def test_querysets_alone_are_flipped_where_a_module_has_models() -> None:
    source = "class A(Model):\n    x = 1 < 2\nclass BQuerySet(Q):\n    x = 1 > 2\n"

    assert [flip.what for flip in flips(source, "QuerySet")] == ["1 > 2 with GtE"]


def test_a_reason_to_be_alike_is_given_for_flips_that_exist() -> None:
    every_flip = {
        (target.module, flip.what)
        for target in all_targets()
        for flip in flips(target.source, target.classes)
    }

    assert ALIKE.keys() - every_flip == set()


def test_every_target_is_there_and_every_mutant_compiles() -> None:
    for target in all_targets():
        source = target.source
        numbers = [flip.number for flip in flips(source, target.classes)]
        assert numbers, target
        for number in numbers:
            compile(flipped(source, number, target.classes), target.module, "exec")
