"""The documents say what is there: commands, targets, pictures and paths by their names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "docs/architecture.md")
PACKAGES = sorted(file.parent.name for file in CHECKOUT.glob("*/apps.py"))
COMMANDS = sorted(
    file.stem
    for file in CHECKOUT.glob("*/management/commands/*.py")
    if file.parents[2].name in PACKAGES and file.stem != "__init__"
)
TARGETS = sorted(
    set(re.findall(r"^([a-z][a-z-]*):", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE))
)
# A path of ours: below one of our folders, or a document of the checkout.
PATH = re.compile(r"^(?:[a-z]+/)[\w./-]+$|^[A-Z]+\.md$")
FOLDERS = {*PACKAGES, "backend", "bench", "docs", "law", "requirements", "scripts", "tests"}


def text_of(document: str) -> str:
    return (CHECKOUT / document).read_text(encoding="utf-8")


def code_in(text: str) -> list[str]:
    """What stands between backticks or in a block of code."""
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    return [*blocks, *re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))]


def names(text: str, name: str) -> bool:
    """Whether code in the text has the name as a word of its own."""
    return any(re.search(rf"(?<![\w/-]){name}(?![\w/.-])", code) for code in code_in(text))


def paths_in(text: str) -> set[str]:
    """The paths of ours that the text names, and those its links and pictures lead to."""
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    named = [code for code in code_in(text) if code.partition("/")[0] in FOLDERS]
    return {path for path in (*linked, *named) if PATH.match(path)}


def test_the_checkout_has_commands_and_targets_to_look_for() -> None:
    assert {"sweep", "load_district", "create_account"} <= set(COMMANDS)
    assert {"run", "test", "check"} <= set(TARGETS)


def test_every_decision_stands_in_the_index_of_decisions() -> None:
    index = text_of("docs/decisions/README.md")
    decisions = {file.name for file in (CHECKOUT / "docs/decisions").glob("[0-9]*.md")}

    assert {name for name in decisions if f"({name})" not in index} == set()
    assert len(decisions) >= 20


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named_for_who_runs_it(command: str) -> None:
    documents = text_of("README.md"), text_of("CONTRIBUTING.md")

    assert any(names(text, command) for text in documents)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_of_make_is_named_and_explained(target: str) -> None:
    documents = text_of("README.md"), text_of("CONTRIBUTING.md")

    assert any(names(text, f"make {target}") for text in documents)
    assert f'"make {target} ' in text_of("Makefile") or target in {"help", "venv"}


def test_both_readmes_name_the_same_commands_and_targets() -> None:
    words = [*COMMANDS, *(f"make {target}" for target in TARGETS)]

    english, chinese = (
        {word for word in words if names(text_of(readme), word)} for readme in READMES
    )

    assert english == chinese


def test_both_readmes_lead_to_the_same_places() -> None:
    english, chinese = (paths_in(text_of(readme)) - set(READMES) for readme in READMES)

    assert english == chinese
    assert any(path.endswith(".png") for path in english)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_is_there(document: str) -> None:
    folder = (CHECKOUT / document).parent

    named = paths_in(text_of(document))
    missing = {
        path for path in named if not (CHECKOUT / path).exists() and not (folder / path).exists()
    }

    assert missing == set()
    assert named


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("`manage.py outbox`", True),
        ("```\nmanage.py outbox --drain\n```", True),
        ("the outbox", False),
        ("`audit/outbox/`", False),
        ("`outbox.py`", False),
    ],
)
def test_a_word_of_prose_or_of_a_path_names_no_command(text: str, is_named: bool) -> None:
    assert names(text, "outbox") is is_named
