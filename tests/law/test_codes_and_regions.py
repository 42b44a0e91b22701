"""Code lists, major groups, division names and the articles behind the rules."""

import pytest

from law.articles import article_for, rule_ids
from law.codes import (
    HAZARDS,
    HIGH_RISK_HAZARDS,
    LABOUR_GRADES,
    LEVELS,
    MAJOR_GROUPS,
    VENUES,
    is_major_code,
    level_of_major,
    major_group_ordinal,
)
from law.legal_values import history, names
from law.regions import divisions_within, full_name_of, name_of

RULES_BY_SUBJECT = {
    "AGR": ("01", "04"),
    "APP": ("01", "02", "06"),
    "ATT": ("01",),
    "ELIG": ("01", "02", "03", "06"),
    "HAZ": ("01", "02", "04"),
    "HOST": ("04", "05", "07", "08", "09", "10"),
    "INS": ("01", "02", "03", "05"),
    "PAY": ("01", "02", "04", "05", "06", "07", "09"),
    "SUP": ("01", "03"),
    "TIME": ("01", "02", "03", "04"),
}
RULES = [f"{subject}-{number}" for subject, of in RULES_BY_SUBJECT.items() for number in of]


@pytest.mark.parametrize(
    ("code", "level", "ordinal"),
    [
        ("210101", "高职本科", "01"),
        ("390101", "高职本科", "19"),
        ("410101", "高职专科", "01"),
        ("590401K", "高职专科", "19"),
        ("610101", "中职", "01"),
        ("710204", "中职", "11"),
        ("790101", "中职", "19"),
        ("200101", None, None),
        ("400101", None, None),
        ("600101", None, None),
        ("800101", None, None),
        ("190101", None, None),
        ("71020", None, None),
        ("7102044", None, None),
        ("710204k", None, None),
        ("710204KK", None, None),
        ("71020４", None, None),
        ("", None, None),
    ],
)
def test_major_group_is_the_first_two_digits_less_the_levels_offset(
    code: str, level: str | None, ordinal: str | None
) -> None:
    found = (level_of_major(code), major_group_ordinal(code))

    assert found == (level, ordinal)
    assert is_major_code(code) is (ordinal is not None)


def test_there_are_nineteen_major_groups_with_chinese_names() -> None:
    ordinals = [f"{number:02}" for number in range(1, 20)]

    assert list(MAJOR_GROUPS) == ordinals
    assert all(name.endswith("大类") for name in MAJOR_GROUPS.values())
    assert MAJOR_GROUPS["11"] == "电子与信息大类"


def test_code_lists_are_closed_and_agree_with_the_dated_lists() -> None:
    closed = {
        "minors_barred_hazards": HAZARDS,
        "high_risk_hazards": HIGH_RISK_HAZARDS,
        "banned_venues": VENUES,
        "heavy_labour_grades": LABOUR_GRADES[2:],
    }

    dated = {name: {entry.value for entry in history(name)} for name in closed}

    assert dated == {name: {codes} for name, codes in closed.items()}
    assert len(HAZARDS) == len(set(HAZARDS)) == 13
    assert LEVELS == ("中职", "高职专科", "高职本科")


@pytest.mark.parametrize(
    ("code", "name", "full_name"),
    [
        ("500000", "重庆市", "重庆市"),
        ("500117", "合川区", "重庆市合川区"),
        ("500229", "城口县", "重庆市城口县"),
        ("110101", "东城区", "北京市东城区"),
        ("320500", "苏州市", "江苏省苏州市"),
        ("320508", "姑苏区", "江苏省苏州市姑苏区"),
        ("500199", None, None),
        ("", None, None),
    ],
)
def test_divisions_have_names(code: str, name: str | None, full_name: str | None) -> None:
    found = (name_of(code), full_name_of(code))

    assert found == (name, full_name)


def test_chongqing_has_its_38_districts_and_counties() -> None:
    within = divisions_within("500000")

    districts = [code for code in within if not code.endswith("00")]

    assert len(districts) == 38
    assert "500117" in districts
    assert set(divisions_within("500100")) < set(districts)
    assert divisions_within("500117") == ()
    assert {"130100", "131000"} < set(divisions_within("130000"))


def test_every_rule_of_the_contract_has_an_article_and_no_other_has() -> None:
    articles = {rule: article_for(rule) for rule in rule_ids()}

    paraphrased = sorted(rule for rule, article in articles.items() if not article.verbatim)

    assert sorted(articles) == sorted(RULES)
    assert len(articles) == 36
    assert paraphrased == ["APP-02", "APP-06", "ELIG-06"]
    assert all(article.gloss.endswith(".") for article in articles.values())
    with pytest.raises(KeyError):
        article_for("INS-04")


def test_no_name_is_abbreviated_or_numbered_by_accident() -> None:
    numbered = [name for name in names() if name[-1].isdigit()]

    assert all("_tier_" in name for name in numbered)
