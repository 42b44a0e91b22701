"""A slip in a file of legal data is refused, and the file and the key are named."""

from pathlib import Path

import pytest

from law.articles import read_articles
from law.legal_values import BadLegalData, read_law_book
from law.workdays import read_calendars

GOOD = """
[pay_floor_share]
description = "Least share of the standard."
unit = "share"
reviewed_on = 2026-11-24
[[pay_floor_share.values]]
in_force_from = 2016-04-11
value = 0.75
source = "第十七条"
[[pay_floor_share.values]]
in_force_from = 2021-12-31
value = 0.80
source = "第十八条"
"""
GOOD_REGION = """
[pay_floor_share]
reviewed_on = 2026-11-24
[[pay_floor_share.values]]
in_force_from = 2026-05-01
value = 0.80
source = "办法"
"""
HOLIDAYS = """
[[statutory_holidays]]
name = "劳动节"
days = [2026-05-01, 2026-05-02]
"""
GOOD_CALENDAR = f"""
year = 2026
source = "放假办法"
reviewed_on = 2026-11-24
{HOLIDAYS}
[notice]
source = "通知"
days_off = [2026-05-03, 2026-05-04, 2026-05-05]
make_up_workdays = [2026-05-09]
"""


def written(folder: Path, *, values: str = GOOD, region: str | None = None) -> Path:
    """A folder of legal values with one national file and perhaps one region."""
    (folder / "pay.toml").write_text(values, encoding="utf-8")
    if region is not None:
        (folder / "regions").mkdir()
        (folder / "regions" / "500000.toml").write_text(region, encoding="utf-8")
    return folder


def test_untampered_files_are_read(tmp_path: Path) -> None:
    folder = written(tmp_path, region=GOOD_REGION)

    book = read_law_book(folder)

    assert [dated.source for dated in book.history("pay_floor_share")] == ["第十七条", "第十八条"]
    assert book.history("pay_floor_share", "500117")[-1].source == "办法"


@pytest.mark.parametrize(
    ("good", "bad", "key", "fault"),
    [
        ('unit = "share"', 'unit = "share"\nunits = "x"', "pay_floor_share.units", "unknown key"),
        ('unit = "share"\n', "", "pay_floor_share.unit", "missing"),
        ('unit = "share"', 'unit = "shares"', "values[0].value", "unknown unit"),
        ("reviewed_on = 2026-11-24\n", "", "pay_floor_share.reviewed_on", "missing"),
        ("reviewed_on = 2026-11-24", 'reviewed_on = "2026-11-24"', "reviewed_on", "a date"),
        ("2026-11-24", "2026-11-24T00:00:00", "reviewed_on", "a date"),
        ("2021-12-31", '"2021-12-31"', "values[1].in_force_from", "a date"),
        ("2021-12-31", "2021-12-31T08:00:00Z", "values[1].in_force_from", "a date"),
        ("2021-12-31", "2016-04-11", "values[1].in_force_from", "two values from 2016-04-11"),
        ("2021-12-31", "2016-04-10", "values[1].in_force_from", "not in order"),
        ("in_force_from = 2021-12-31\n", "", "values[1].in_force_from", "missing"),
        ("value = 0.80\n", "", "values[1].value", "missing"),
        ("value = 0.80", 'value = "0.80"', "values[1].value", "from 0 to 1"),
        ("value = 0.80", "value = 80", "values[1].value", "from 0 to 1"),
        ("value = 0.80", "value = -0.80", "values[1].value", "from 0 to 1"),
        ("value = 0.80", "value = nan", "values[1].value", "from 0 to 1"),
        ("value = 0.80", "value = true", "values[1].value", "from 0 to 1"),
        ('source = "第十八条"', 'source = ""', "values[1].source", "not empty"),
        ('source = "第十八条"', 'source = " 第十八条"', "values[1].source", "outer spaces"),
        ('source = "第十八条"\n', "", "values[1].source", "missing"),
        ('source = "第十八条"', 'source = "x"\nverified = 1', "values[1].verified", "true or"),
        ('source = "第十八条"', 'source = "x"\nuntil = 2027-01-01', "values[1].until", "unknown"),
        ('source = "第十八条"', 'source = "x"\nnote = ""', "values[1].note", "not empty"),
        ('unit = "share"', 'unit = "share"\noverridable = "no"', "overridable", "true or false"),
    ],
)
def test_tampered_value_is_refused_by_file_and_key(
    tmp_path: Path, good: str, bad: str, key: str, fault: str
) -> None:
    assert good in GOOD
    folder = written(tmp_path, values=GOOD.replace(good, bad))

    with pytest.raises(BadLegalData) as refused:
        read_law_book(folder)

    assert refused.value.file.name == "pay.toml"
    assert refused.value.key.endswith(key)
    assert fault in refused.value.fault
    assert str(refused.value).startswith("pay.toml: pay_floor_share")


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ("[pay_floor_share", "(file)"),
        ("pay_floor_share = 0.80", "pay_floor_share"),
        (GOOD + GOOD, "(file)"),
        (GOOD.split("[[", maxsplit=1)[0] + "values = []", "pay_floor_share.values"),
        (GOOD.split("[[", maxsplit=1)[0] + "values = 1", "pay_floor_share.values"),
        (GOOD.split("[[", maxsplit=1)[0] + "values = [1]", "pay_floor_share.values[0]"),
    ],
)
def test_file_of_another_shape_is_refused(tmp_path: Path, values: str, key: str) -> None:
    folder = written(tmp_path, values=values)

    with pytest.raises(BadLegalData) as refused:
        read_law_book(folder)

    assert refused.value.key == key


def test_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pay.toml").write_bytes(GOOD.encode("gb18030"))

    with pytest.raises(BadLegalData) as refused:
        read_law_book(tmp_path)

    assert refused.value.key == "(file)"


def test_name_in_two_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "wages.toml").write_text(GOOD, encoding="utf-8")

    with pytest.raises(BadLegalData) as refused:
        read_law_book(tmp_path)

    assert str(refused.value) == "wages.toml: pay_floor_share: is defined twice"


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("value = 0.80", "value = 0.79", "differs from the nation's value on 2026-05-01"),
        ("2026-05-01", "2020-01-01", "differs from the nation's value on 2020-01-01"),
        ("2026-05-01", "2016-04-10", "before the nation's value"),
        ("pay_floor_share", "pay_floor", "not a value the nation's files describe"),
        ("reviewed_on = 2026-11-24\n", "", "missing"),
        ("reviewed_on", 'unit = "share"\nreviewed_on', "unknown key"),
    ],
)
def test_region_may_add_a_source_and_never_change_a_fixed_number(
    tmp_path: Path, good: str, bad: str, fault: str
) -> None:
    assert good in GOOD_REGION
    folder = written(tmp_path, region=GOOD_REGION.replace(good, bad))

    with pytest.raises(BadLegalData, match=fault) as refused:
        read_law_book(folder)

    assert refused.value.file.name == "500000.toml"


def test_later_national_change_that_a_region_would_hide_is_refused(tmp_path: Path) -> None:
    changed = (
        GOOD + '[[pay_floor_share.values]]\nin_force_from = 2030-01-01\nvalue = 0.9\nsource = "x"'
    )
    folder = written(tmp_path, values=changed, region=GOOD_REGION)

    with pytest.raises(BadLegalData, match="differs from the nation's value on 2030-01-01"):
        read_law_book(folder)

    assert read_law_book(written(tmp_path, values=GOOD)).regional.keys() == {"500000"}


def test_region_changes_a_value_that_is_declared_overridable(tmp_path: Path) -> None:
    values = GOOD.replace('unit = "share"', 'unit = "share"\noverridable = true')
    folder = written(tmp_path, values=values, region=GOOD_REGION.replace("0.80", "0.90"))

    dated = read_law_book(folder).history("pay_floor_share", "500117")

    assert [str(entry.value) for entry in dated] == ["0.75", "0.80", "0.90"]


def test_region_file_without_a_division_code_for_a_name_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, region=GOOD_REGION)
    (folder / "regions" / "500000.toml").rename(folder / "regions" / "chongqing.toml")

    with pytest.raises(BadLegalData) as refused:
        read_law_book(folder)

    assert refused.value.file.name == "chongqing.toml"


@pytest.mark.parametrize(
    ("unit", "good", "bad"),
    [
        ("years", "16", "16.5"),
        ("years", "0", "-1"),
        ("calendar days", "184", '"184"'),
        ("months", "6", "true"),
        ("hours", "7.5", '"8"'),
        ("yuan", "2330", "-1"),
        ("yuan", "0", "-0.01"),
        ("share", "0", '"0"'),
        ("share", "1", "1.01"),
        ("clock", '"00:00"', "22"),
        ("day of the year", '"12-31"', "1231"),
        ("choice", '"birthday"', "5"),
        ("clock", '"22:00"', '"24:00"'),
        ("clock", '"06:00"', '"6:00"'),
        ("day of the year", '"08-31"', '"02-29"'),
        ("day of the year", '"02-28"', '"2-28"'),
        ("choice", '"day_after"', '""'),
        ("codes", '["III", "IV"]', '["III", "III"]'),
        ("codes", '["III"]', "[]"),
        ("codes", '["III"]', '"III"'),
        ("codes", '["III"]', "[3]"),
        ("duty", "true", "1"),
    ],
)
def test_unit_says_what_a_value_must_look_like(
    tmp_path: Path, unit: str, good: str, bad: str
) -> None:
    head = f'[it]\ndescription = "It."\nunit = "{unit}"\nreviewed_on = 2026-11-24\n'
    entry = '[[it.values]]\nin_force_from = 2021-12-31\nsource = "x"\nvalue = '

    accepted = read_law_book(written(tmp_path, values=head + entry + good))

    assert len(accepted.history("it")) == 1
    with pytest.raises(BadLegalData, match=r"it\.values\[0\]\.value"):
        read_law_book(written(tmp_path, values=head + entry + bad))


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("year = 2026", "year = 2027", "differs from the file's name|is not in 2027"),
        ("year = 2026", 'year = "2026"', "whole number"),
        ("year = 2026\n", "", "missing"),
        ("year = 2026", "year = true", "whole number"),
        (HOLIDAYS, "statutory_holidays = []", "not empty"),
        (HOLIDAYS, "statutory_holidays = 5", "a list of tables"),
        (HOLIDAYS, HOLIDAYS + HOLIDAYS, "one day stands under two holidays"),
        ("days = [2026-05-01, 2026-05-02]", "days = 5", "a list of days"),
        ("2026-05-01, 2026-05-02", "2026-05-02, 2026-05-01", "ascend"),
        ("2026-05-01, 2026-05-02", "2026-05-01, 2026-05-01", "ascend"),
        ("2026-05-01, 2026-05-02", "2025-05-01", "is not in 2026"),
        ("2026-05-01, 2026-05-02", '"2026-05-01"', "a date"),
        ("days = [2026-05-01, 2026-05-02]", "days = []", "not empty"),
        ("2026-05-03, ", "2026-05-02, ", "already a holiday"),
        ("[2026-05-09]", "[2026-05-08]", "no Saturday or Sunday"),
        ("[2026-05-09]", "[2026-05-03]", "already a holiday or a day off"),
        ('source = "通知"\n', "", "missing"),
        ('name = "劳动节"', 'name = "劳动节"\nextra = 1', "unknown key"),
    ],
)
def test_tampered_calendar_is_refused(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    assert good in GOOD_CALENDAR
    file = tmp_path / "2026.toml"
    file.write_text(GOOD_CALENDAR, encoding="utf-8")
    assert read_calendars(tmp_path).keys() == {2026}

    file.write_text(GOOD_CALENDAR.replace(good, bad), encoding="utf-8")

    with pytest.raises(BadLegalData, match=fault) as refused:
        read_calendars(tmp_path)
    assert refused.value.file == file


@pytest.mark.parametrize(
    "text",
    [
        '[INS-01]\nsource = "x"\nquote = "y"\n',
        '[INS-01]\nsource = "x"\nquote = "y"\ngloss = "z"\npage = 3\n',
        '[INS-01]\nsource = "x"\nquote = ""\ngloss = "z"\n',
        '[INS-01]\nsource = "x"\nquote = "y"\ngloss = "z"\nverbatim = "no"\n',
    ],
)
def test_tampered_article_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "articles.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadLegalData) as refused:
        read_articles(file)

    assert refused.value.key.startswith("INS-01.")
