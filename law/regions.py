"""Names of the administrative divisions of China, by their 6-digit codes."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from law.toml_files import LAW, BadLegalData, read_toml, require_keys, require_text

_CODE = re.compile(r"[1-9][0-9]{5}")
#: names that stand for "the districts of" or "the counties of" and say nothing in an address
_FILLERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


def name_of(code: str) -> str | None:
    """The division's own name (500117 is 合川区), or None for a code that is not listed."""
    return _divisions().get(code)


def full_name_of(code: str) -> str | None:
    """The name with what it lies in (500117 is 重庆市合川区), or None for an unlisted code."""
    if code not in _divisions():
        return None
    steps = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
    parts = (_divisions().get(step, "") for step in steps)
    return "".join(part for part in parts if part not in _FILLERS)


def divisions_within(code: str) -> tuple[str, ...]:
    """The codes listed directly or indirectly under a province or prefecture, ascending."""
    prefix = code[:2] if code.endswith("0000") else code.removesuffix("00")
    return tuple(
        sorted(other for other in _divisions() if other.startswith(prefix) and other != code)
    )


def read_divisions(file: Path) -> Mapping[str, str]:
    """The names by code; refuses a key that is no division code."""
    known = require_keys(read_toml(file), required=("divisions",), file=file, key="(file)")
    for code in known["divisions"]:
        if not _CODE.fullmatch(code):
            raise BadLegalData(file, code, "is not a division code of 6 digits")
    return MappingProxyType(
        {code: require_text(name, file=file, key=code) for code, name in known["divisions"].items()}
    )


@cache
def _divisions() -> Mapping[str, str]:
    return read_divisions(LAW / "divisions.toml")
