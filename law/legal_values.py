"""What the law sets, by name and day: the nation's values, with what a region adds to them."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from law.toml_files import LAW, BadLegalData, read_toml, require_day, require_keys, require_text
from law.units import Value, read_value

__all__ = [
    "BadLegalData",
    "DatedValue",
    "NotInForce",
    "Provision",
    "UnknownValue",
    "Value",
    "describe",
    "history",
    "names",
    "regions",
    "value_on",
    "whole_on",
    "word_on",
]


Typed = TypeVar("Typed", int, Decimal, str, tuple[str, ...])


class UnknownValue(LookupError):
    """The law knows no value of that name."""


class NotInForce(LookupError):
    """The value exists, but nothing was in force on that day."""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the first day on which it holds; `verified` is False until the text was read."""

    in_force_from: date
    value: Value
    source: str
    verified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """A named number, list, clock time, choice or duty of the law, with its values by day."""

    name: str
    description: str
    unit: str
    reviewed_on: date
    overridable: bool
    values: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class LawBook:
    """All legal values: the nation's, and by division code what a region adds or overrides."""

    national: Mapping[str, Provision]
    regional: Mapping[str, Mapping[str, Provision]]

    def history(
        self, name: str, region: str | None = None, *, unverified: bool = False
    ) -> tuple[DatedValue, ...]:
        """The dated values that apply in `region`, earliest first.

        From its first day a region's value takes the place of the wider one, whatever the wider
        one does later. Values nobody has verified are left out unless asked for.
        """
        if name not in self.national:
            raise UnknownValue(name)
        merged = self.national[name].values if unverified else _verified(self.national[name])
        for code in widening(region):
            override = self.regional.get(code, {}).get(name)
            own = override and (override.values if unverified else _verified(override))
            if own:
                earlier = (dated for dated in merged if dated.in_force_from < own[0].in_force_from)
                merged = (*earlier, *own)
        return merged

    def value_on(
        self, name: str, day: date, region: str | None = None, *, unverified: bool = False
    ) -> Value:
        """The value in force on `day`; raises NotInForce before the first."""
        return _in_force(self.history(name, region, unverified=unverified), name, day)


def value_on(name: str, day: date, region: str | None = None, *, unverified: bool = False) -> Value:
    """The value `name` had on `day` in `region` (division code of 6 digits; None is the nation).

    Raises UnknownValue for a name the law does not have and NotInForce before its first day.
    """
    return _in_force(history(name, region, unverified=unverified), name, day)


def whole_on(name: str, day: date, region: str | None = None) -> int:
    """A value counted in years, months or calendar days; TypeError for one of another unit."""
    return _typed(int, name, day, region)


def word_on(name: str, day: date, region: str | None = None) -> str:
    """A choice, a clock time `22:00` or a day of the year `08-31`; TypeError for another unit."""
    return _typed(str, name, day, region)


@cache
def history(
    name: str, region: str | None = None, *, unverified: bool = False
) -> tuple[DatedValue, ...]:
    """Every value `name` has had in `region`, earliest first; each holds until the next begins."""
    return _book().history(name, region, unverified=unverified)


def names() -> tuple[str, ...]:
    """The names of all legal values, sorted."""
    return tuple(sorted(_book().national))


def regions() -> tuple[str, ...]:
    """The division codes that have values of their own, sorted."""
    return tuple(sorted(_book().regional))


def describe(name: str) -> Provision:
    """What a value means, its unit, when it was last reviewed, and the nation's dated values."""
    if name not in _book().national:
        raise UnknownValue(name)
    return _book().national[name]


def widening(region: str | None) -> tuple[str, ...]:
    """The codes whose values apply in `region`, the widest first: 500000, 500100, 500117."""
    if region is None:
        return ()
    if len(region) != 6 or not region.isascii() or not region.isdigit():
        raise ValueError("a division code has 6 digits")
    return tuple(dict.fromkeys((region[:2] + "0000", region[:4] + "00", region)))


def read_law_book(folder: Path) -> LawBook:
    """All values under `folder` (`*.toml`, `regions/CODE.toml`); refuses anything out of form."""
    national: dict[str, Provision] = {}
    for file in sorted(folder.glob("*.toml")):
        for name, table in read_toml(file).items():
            if name in national:
                raise BadLegalData(file, name, "is defined twice")
            national[name] = _read_legal_value(name, table, file=file)
    regional = {
        file.stem: _read_region(file, national) for file in sorted(folder.glob("regions/*.toml"))
    }
    return LawBook(MappingProxyType(national), MappingProxyType(regional))


@cache
def _book() -> LawBook:
    return read_law_book(LAW / "values")


def _in_force(dated: tuple[DatedValue, ...], name: str, day: date) -> Value:
    if isinstance(day, datetime):
        raise TypeError("a legal value holds on a day, not at a moment: pass a date")
    place = bisect_right(dated, day, key=lambda entry: entry.in_force_from)
    if place == 0:
        raise NotInForce(f"{name} has no value in force on {day:%Y-%m-%d}")
    return dated[place - 1].value


def _typed(kind: type[Typed], name: str, day: date, region: str | None) -> Typed:
    value = value_on(name, day, region)
    if type(value) is not kind:
        raise TypeError(f"{name} is a {type(value).__name__}, not a {kind.__name__}")
    return value


def _verified(value: Provision) -> tuple[DatedValue, ...]:
    return tuple(dated for dated in value.values if dated.verified)


def _read_legal_value(name: str, table: object, *, file: Path) -> Provision:
    known = require_keys(
        table,
        required=("description", "unit", "reviewed_on", "values"),
        optional=("overridable",),
        file=file,
        key=name,
    )
    overridable = known.get("overridable", False)
    if not isinstance(overridable, bool):
        raise BadLegalData(file, f"{name}.overridable", "must be true or false")
    unit = require_text(known["unit"], file=file, key=f"{name}.unit")
    values = _read_dated_values(known["values"], unit=unit, file=file, key=name)
    if not values and not overridable:
        raise BadLegalData(file, f"{name}.values", "may be empty only where regions set the value")
    return Provision(
        name=name,
        description=require_text(known["description"], file=file, key=f"{name}.description"),
        unit=unit,
        reviewed_on=require_day(known["reviewed_on"], file=file, key=f"{name}.reviewed_on"),
        overridable=overridable,
        values=values,
    )


def _read_region(file: Path, national: Mapping[str, Provision]) -> Mapping[str, Provision]:
    if len(file.stem) != 6 or not file.stem.isascii() or not file.stem.isdigit():
        raise BadLegalData(file, "(name)", "a region's file is named by its 6-digit division code")
    overrides: dict[str, Provision] = {}
    for name, table in read_toml(file).items():
        if name not in national:
            raise BadLegalData(file, name, "is not a value the nation's files describe")
        known = require_keys(table, required=("reviewed_on", "values"), file=file, key=name)
        wide = national[name]
        values = _read_dated_values(known["values"], unit=wide.unit, file=file, key=name)
        if not values:
            raise BadLegalData(file, f"{name}.values", "is empty")
        if not wide.overridable:
            _require_the_nations_value(wide, values, file=file)
        reviewed_on = require_day(known["reviewed_on"], file=file, key=f"{name}.reviewed_on")
        overrides[name] = replace(wide, reviewed_on=reviewed_on, values=values)
    return MappingProxyType(overrides)


def _require_the_nations_value(
    wide: Provision, values: tuple[DatedValue, ...], *, file: Path
) -> None:
    """A region may give a value that is not overridable a source of its own, never a number."""
    first = values[0].in_force_from
    days = {dated.in_force_from for dated in values}
    days |= {dated.in_force_from for dated in wide.values if dated.in_force_from > first}
    own = LawBook({wide.name: replace(wide, values=values)}, {})
    nation = LawBook({wide.name: wide}, {})
    for day in sorted(days):
        try:
            agreed = nation.value_on(wide.name, day, unverified=True)
        except NotInForce:
            raise BadLegalData(file, wide.name, f"{day} is before the nation's value") from None
        if own.value_on(wide.name, day, unverified=True) != agreed:
            raise BadLegalData(file, wide.name, f"differs from the nation's value on {day}")


def _read_dated_values(
    entries: object, *, unit: str, file: Path, key: str
) -> tuple[DatedValue, ...]:
    if not isinstance(entries, list):
        raise BadLegalData(file, f"{key}.values", "must be a list of tables")
    values = tuple(
        _read_dated_value(entry, unit=unit, file=file, key=f"{key}.values[{place}]")
        for place, entry in enumerate(entries)
    )
    for place, (earlier, later) in enumerate(pairwise(values), start=1):
        where = f"{key}.values[{place}].in_force_from"
        if earlier.in_force_from == later.in_force_from:
            raise BadLegalData(file, where, f"two values from {later.in_force_from}")
        if earlier.in_force_from > later.in_force_from:
            raise BadLegalData(file, where, f"{later.in_force_from} is not in order")
    return values


def _read_dated_value(entry: object, *, unit: str, file: Path, key: str) -> DatedValue:
    known: dict[str, Any] = require_keys(
        entry,
        required=("in_force_from", "value", "source"),
        optional=("verified", "note"),
        file=file,
        key=key,
    )
    verified = known.get("verified", True)
    if not isinstance(verified, bool):
        raise BadLegalData(file, f"{key}.verified", "must be true or false")
    return DatedValue(
        in_force_from=require_day(known["in_force_from"], file=file, key=f"{key}.in_force_from"),
        value=read_value(known["value"], unit=unit, file=file, key=f"{key}.value"),
        source=require_text(known["source"], file=file, key=f"{key}.source"),
        verified=verified,
        note=require_text(known["note"], file=file, key=f"{key}.note") if "note" in known else "",
    )
