"""`docs/rules.md` is what the code and the law say."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from compliance.registry import all_rules
from compliance.rules_document import rules_document
from law.legal_values import history

DOCUMENT = Path(__file__).parents[2] / "docs" / "rules.md"


def test_document_in_the_repository_is_fresh() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == rules_document()


def test_document_names_every_rule_its_source_and_its_numbers_with_their_days() -> None:
    text = rules_document()

    for rule in all_rules():
        section = text.split(f"## {rule.id}\n")[1].split("\n## ")[0]
        assert rule.article.source in section
        assert rule.article.quote in section
        for name in rule.numbers:
            assert f"`{name}`" in section
            assert all(str(dated.in_force_from) in section for dated in history(name))


def test_stale_document_is_refused(tmp_path: Path, settings: object) -> None:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "docs").mkdir()

    with pytest.raises(CommandError, match="过时"):
        call_command("docs", check=True)

    call_command("docs", verbosity=0)
    call_command("docs", check=True)
