"""The page on architecture names the layers that are checked, in their order."""

import re
import tomllib

from backend.environment import BASE_DIR


def test_the_layers_of_the_page_are_those_of_the_import_contract() -> None:
    page = (BASE_DIR / "docs/architecture.md").read_text(encoding="utf-8")
    settings = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    checked = next(contract["layers"] for contract in contracts if contract["type"] == "layers")

    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]

    assert [re.findall(r"`(\w+)`", row) for row in rows] == [
        re.findall(r"\w+", layer) for layer in checked
    ]


def test_every_layer_says_what_lives_there() -> None:
    settings = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))

    for package in settings["tool"]["importlinter"]["root_packages"]:
        folder = BASE_DIR / package
        said = (folder / "__init__.py").read_text(encoding="utf-8").strip()
        assert said.startswith('"""') or (folder / "README.md").exists(), package


def test_both_readmes_have_the_same_sections_and_commands() -> None:
    english = (BASE_DIR / "README.md").read_text(encoding="utf-8")
    chinese = (BASE_DIR / "README.zh-CN.md").read_text(encoding="utf-8")

    for pattern in (r"(?m)^#+ ", r"make [a-z-]+", r"manage\.py \w+", r"docs/[\w./-]+"):
        assert len(re.findall(pattern, english)) == len(re.findall(pattern, chinese)), pattern
