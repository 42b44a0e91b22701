"""The glossary has one name for each word, and its columns and cells are those of the code."""

from pathlib import Path

from exchange.format.tables import TABLES

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def rows_of(section: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    text = GLOSSARY.read_text(encoding="utf-8").split(f"## {section}\n", maxsplit=1)[1]
    lines = [line for line in text.split("\n## ", maxsplit=1)[0].splitlines() if line[:1] == "|"]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_each_chinese_term_stands_once() -> None:
    rows = rows_of("The domain") + rows_of("Columns of a district file")

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
