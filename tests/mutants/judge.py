"""`python -m tests.mutants.judge EXPECTED MODULE CLASSES NUMBER`: is one flipped module noticed?

Runs in a process of its own: the flipped source takes the place of the module before anything is
imported. Prints who noticed and ends with 1, as an error does too; ends with 0 when nobody did."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.mutants.expectations import Expectations, Line, line_of
from tests.mutants.flips import flipped
from tests.mutants.targets import Target

SURVIVED, NOTICED = 0, 1


class FlippedSource(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a source that is not on disk."""

    def __init__(self, module: str, source: str) -> None:
        self.module = module
        self.source = source

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.module:
            return None
        return importlib.util.spec_from_loader(name, self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, self.module, "exec"), module.__dict__)


def lines_of(rule: Any, on: date, **options: Any) -> Iterator[Line]:
    for alert in rule.alerts(on, **options):
        yield line_of(
            {
                "subject": alert.subject,
                "period": alert.period,
                "severity": str(alert.severity),
                "facts": alert.facts,
            }
        )


def notice(expected: Expectations, target: Target) -> str:
    """The first rule and day that differ from what is expected; empty when none does."""
    from django.db import transaction

    from compliance.registry import all_rules

    concerned = [
        rule
        for rule in all_rules()
        if not target.is_of_rules or rule.find.__module__ == target.module
    ]
    with transaction.atomic():
        return differing(expected, concerned) or differing_by_school(expected, concerned)


def differing(expected: Expectations, rules: Iterable[Any]) -> str:
    days = {rule.id: list(expected.days_for(rule.id)) for rule in rules}
    for turn in range(max(map(len, days.values()))):
        for rule in rules:
            if turn < len(days[rule.id]):
                on = days[rule.id][turn]
                found = [line for line in lines_of(rule, on) if expected.speaks_of(line[0], on)]
                if found != expected.lines[on].get(rule.id, []):
                    return f"{rule.id} on {on}"
    return ""


def differing_by_school(expected: Expectations, rules: Iterable[Any]) -> str:
    from people.models import School

    for (on, code), lines in expected.of_school.items():
        school = School.objects.get(code=code)
        for rule in rules:
            found = list(lines_of(rule, on, school=school))
            if found != sorted(lines.get(rule.id, [])):
                return f"{rule.id} on {on} for school {code}"
    return ""


def main() -> int:
    where, module, classes, number = sys.argv[1:]
    with Path(where).open("rb") as file:
        expected: Expectations = pickle.load(file)
    target = Target(module, classes)
    if int(number) >= 0:
        source = flipped(target.source, int(number), classes)
        sys.meta_path.insert(0, FlippedSource(module, source))
    import django

    django.setup()
    told = notice(expected, target)
    if told:
        sys.stdout.write(told + "\n")
        return NOTICED
    return SURVIVED


if __name__ == "__main__":
    sys.exit(main())
