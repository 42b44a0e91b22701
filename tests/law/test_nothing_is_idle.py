"""The law states what the product asks; what only tests would ask for is not there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LAW = CHECKOUT / "law"


def public_names(module: Path) -> set[str]:
    """The functions, classes and constants that a module offers."""
    offered: set[str] = set()
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                offered.add(node.name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                offered.add(name)
    return {name for name in offered if not name.startswith("_")}


def test_every_name_that_the_law_offers_is_asked_for_by_the_product() -> None:
    modules = sorted(LAW.glob("*.py"))
    offered = {name for module in modules for name in public_names(module)}
    packages = {file.parent for file in CHECKOUT.glob("*/__init__.py")} - {CHECKOUT / "tests"}
    text = "".join(
        file.read_text(encoding="utf-8") for package in packages for file in package.rglob("*.py")
    )
    words = Counter(re.findall(r"\w+", re.sub(r"(?s)__all__ = .*?[)\]]", "", text)))

    idle = {name for name in offered if words[name] < 2}

    assert len(offered) > 30
    assert idle == set()
