"""Code lists, codes of majors and the articles behind the rules."""

import pytest

from law.articles import article_for, rule_ids
from law.codes import (
    HAZARDS,
    LABOUR_GRADES,
    LEVELS,
    MAJOR_GROUPS,
    VENUES,
    first_digits_of_majors,
    is_major_code,
)
from law.legal_values import history, names

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
    ("code", "is_one"),
    [
        ("210101", True),
        ("390101", True),
        ("410101", True),
        ("590401K", True),
        ("610101", True),
        ("710204", True),
        ("790101", True),
        ("200101", False),
        ("400101", False),
        ("600101", False),
        ("800101", False),
        ("190101", False),
        ("71020", False),
        ("7102044", False),
        ("710204k", False),
        ("710204KK", False),
        ("71020４", False),
        ("７１0204", False),
        ("", False),
    ],
)
def test_code_of_a_major_begins_with_a_group_of_its_level(code: str, is_one: bool) -> None:
    assert is_major_code(code) is is_one


def test_people_are_told_what_a_code_of_a_major_begins_with() -> None:
    assert first_digits_of_majors() == "21–39, 41–59 or 61–79"


def test_there_are_nineteen_major_groups_with_chinese_names() -> None:
    ordinals = [f"{number:02}" for number in range(1, 20)]

    assert list(MAJOR_GROUPS) == ordinals
    assert all(name.endswith("大类") for name in MAJOR_GROUPS.values())
    assert MAJOR_GROUPS["11"] == "电子与信息大类"


def test_code_lists_are_closed_and_agree_with_the_dated_lists() -> None:
    closed = {
        "minors_barred_hazards": HAZARDS,
        "high_risk_hazards": HAZARDS[:6],
        "banned_venues": VENUES,
        "heavy_labour_grades": LABOUR_GRADES[2:],
    }

    dated = {name: {entry.value for entry in history(name)} for name in closed}

    assert dated == {name: {codes} for name, codes in closed.items()}
    assert len(HAZARDS) == len(set(HAZARDS)) == 13
    assert LEVELS == ("中职", "高职专科", "高职本科")


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
