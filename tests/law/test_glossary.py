"""The glossary has one name for each word, and its columns and cells are those of the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.apps import apps

from exchange.format.tables import TABLES

CHECKOUT = Path(__file__).parents[2]
GLOSSARY = CHECKOUT / "docs" / "glossary.md"
OWN = "The product's own words"
WORDS = {"Enum", "IntEnum", "StrEnum", "TextChoices", "IntegerChoices", "Choices"}


def rows_of(section: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    text = GLOSSARY.read_text(encoding="utf-8").split(f"## {section}\n", maxsplit=1)[1]
    lines = [line for line in text.split("\n## ", maxsplit=1)[0].splitlines() if line[:1] == "|"]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_each_chinese_term_stands_once() -> None:
    rows = rows_of("The domain") + rows_of(OWN) + rows_of("Columns of a district file")

    terms = [term for row in rows + rows_of("Words of its cells") for term in row[0].split(" / ")]

    assert sorted(terms) == sorted(set(terms))
    assert len(terms) > 200


def test_every_column_of_a_district_file_has_its_field_and_tables() -> None:
    listed = {row[0]: (row[1], row[2].split(", ")) for row in rows_of("Columns of a district file")}

    columns = [(table.stem, column) for table in TABLES.values() for column in table.columns]

    assert listed.keys() == {column.title for _, column in columns}
    assert all(f"`{column.field}`" in listed[column.title][0] for _, column in columns)
    assert all(stem in listed[column.title][1] for stem, column in columns)


def test_every_closed_word_of_a_cell_has_a_name_in_code() -> None:
    rows = rows_of("The domain") + rows_of("Words of its cells")

    named = {term: row[1] for row in rows for term in row[0].split(" / ")}

    words = {
        word
        for table in TABLES.values()
        for column in table.columns
        for word in column.choices or ()
    }
    assert words <= named.keys()
    assert all("." in named[word] for word in words)


def named_in(row: list[str]) -> set[str]:
    """The names of code in a row: `Payer` of `Payer.HOST`."""
    return {name.partition(".")[0] for name in re.findall(r"`([^`]+)`", row[1])}


def lists_of_words() -> set[str]:
    """The classes of ours that list closed words."""
    packages = {file.parent for file in CHECKOUT.glob("*/__init__.py")} - {CHECKOUT / "tests"}
    return {
        node.name
        for package in packages
        for file in package.rglob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        and WORDS & {ast.unparse(base).rpartition(".")[2] for base in node.bases}
    }


def models_by_name() -> dict[str, str]:
    """The models of ours, with what they are called in Chinese."""
    ours = [app for app in apps.get_app_configs() if Path(app.path).parent == CHECKOUT]
    return {
        model.__name__: str(model._meta.verbose_name) for app in ours for model in app.get_models()
    }


def test_every_model_and_list_of_words_has_its_line() -> None:
    rows = rows_of("The domain") + rows_of(OWN) + rows_of("Words of its cells")
    named = {name for row in rows for name in named_in(row)}

    wanted = models_by_name().keys() | lists_of_words()

    assert wanted - named == set()
    assert len(models_by_name()) > 30
    assert len(lists_of_words()) > 30


def test_what_the_product_is_said_to_have_of_its_own_is_there() -> None:
    said = {name for row in rows_of(OWN) for name in named_in(row)}

    assert said - {"Actor", "Holder"} <= models_by_name().keys() | lists_of_words()


def test_models_are_called_on_pages_as_in_the_glossary() -> None:
    rows = rows_of("The domain") + rows_of(OWN)
    models = models_by_name()
    del models["PlacementMonth"]  # a view that no page names

    differing = {
        name: called
        for name, called in models.items()
        if not any(called in row[0] + row[1] for row in rows if name in named_in(row))
    }

    assert differing == {}
