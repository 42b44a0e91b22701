"""Every rule is explained in both languages, with all its facts, its article and its cure."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from compliance.cases.explain import explain
from compliance.explain.texts import LANGUAGES, texts_in
from compliance.models import Alert
from compliance.registry import all_rules
from people.roles import Role
from tests.cases.rows import make_user
from tests.cases.test_judging import case, judged
from tests.rules.builders import attend_all, insure, make_placement, pay, sign, workdays
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db

# `short` stands for the two amounts it is the difference of; these stand in other words.
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_text_and_no_text_is_of_no_rule(language: str) -> None:
    assert set(texts_in(language).rules) == {rule.id for rule in all_rules()}


def test_both_languages_use_the_same_facts() -> None:
    chinese, english = texts_in("zh").rules, texts_in("en").rules

    for rule_id, text in chinese.items():
        assert text.names() == english[rule_id].names(), rule_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_use_every_fact_that_the_rule_finds_and_leave_no_blank(language: str) -> None:
    break_every_rule()
    judged()

    for alert in Alert.objects.all():
        names = texts_in(language).rules[alert.rule].names()
        told = explain(alert, on=ON, language=language)
        assert set(alert.facts) <= names, alert.rule
        assert told.sentence
        assert told.cure
        assert told.holder
        assert "{" not in told.sentence + told.cure
        if alert.period:
            assert alert.period in told.sentence


def test_english_has_no_chinese_word_where_the_facts_are_codes_of_ours() -> None:
    break_every_rule()
    judged()

    for alert in Alert.objects.exclude(rule__in=("INS-03", "PAY-07")):
        told = explain(alert, on=ON, language="en")
        assert not CHINESE.search(told.sentence + told.cure), told
        assert not CHINESE.search(f"{told.title} {told.state} {told.level} {told.holder}"), told


def test_uninsured_gap_is_told_with_its_days_article_and_cure() -> None:
    placement = make_placement(starts_on=date(2026, 9, 15), ends_on=date(2027, 3, 14))
    insure(placement.learner, date(2026, 9, 15), date(2026, 12, 31))
    insure(placement.learner, date(2027, 1, 5), date(2027, 6, 30))
    on = date(2027, 2, 1)
    judged(on)

    told = explain(case("INS-01", placement.code), on=on)

    assert told.sentence == "2027-01-01 至 2027-01-04 共 4 天没有实习责任保险。"
    assert told.days == 4
    assert told.since == date(2027, 1, 1)
    assert "第三十五条" in told.article
    assert "实习责任保险" in told.quote
    assert told.holder == "区教委"
    assert (told.acknowledge_by, told.cure_by) == (date(2027, 2, 2), date(2027, 2, 4))
    assert not told.is_overdue


def test_yuan_that_are_missing_are_told() -> None:
    placement = make_placement()
    attend_all(placement, workdays(date(2026, 9, 1), date(2026, 9, 30)))
    pay(placement, date(2026, 9, 1), "1400.00")
    judged()

    told = explain(case("PAY-04", placement.code, "2026-09"), on=ON, language="en")

    assert told.amount == Decimal("1600.00")
    assert "1600.00 yuan are missing" in told.sentence


def test_fact_that_an_old_case_lacks_is_a_dash_and_no_error() -> None:
    placement = make_placement()
    judged()
    alert = case("PAY-09", placement.code, "2026-09")
    alert.facts = {}

    told = explain(alert, on=ON)

    assert "—" in told.sentence


def test_days_overdue_go_on_between_sweeps() -> None:
    placement = make_placement()
    judged()
    alert = case("PAY-09", placement.code, "2026-09")

    told = explain(alert, on=date(2026, 11, 20))

    assert told.days == 41
    assert "已逾期 41 天" in told.sentence
    assert told.is_overdue


def test_command_explains_in_both_languages_as_text_and_as_one_object() -> None:
    placement = make_placement()
    teacher = placement.terms.get().teacher
    assert teacher is not None
    user = make_user(Role.SCHOOL_TEACHER, teacher=teacher)
    judged()
    alert = case("INS-01", placement.code)

    text, written = io.StringIO(), io.StringIO()
    call_command("explain_alert", str(alert.public_id), as_of=ON, stdout=text)
    call_command("explain_alert", str(alert.pk), as_of=ON, shape="json", stdout=written)

    assert user.display_name in text.getvalue()
    assert "what cures it" in text.getvalue()
    assert "怎样纠正" in text.getvalue()
    told = json.loads(written.getvalue())
    assert told["id"] == str(alert.public_id)
    assert told["en"]["holder_ids"] == [user.pk]
    assert told["zh"]["cure_by"] == "2026-11-15"


@pytest.mark.parametrize("number", ["0", "x", "01936a00-0000-7000-8000-000000000001"])
def test_number_of_no_alert_is_wrong_usage(number: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("explain_alert", number)

    assert refused.value.returncode == 2


def test_days_of_a_closed_case_end_with_it() -> None:
    placement = make_placement()
    judged()
    alert = Alert.objects.get(rule="AGR-01")
    days = (ON - placement.starts_on).days
    sign(placement)
    judged(date(2026, 11, 13))
    alert.refresh_from_db()

    told = [explain(alert, on=on).days for on in (ON, date(2026, 11, 13), date(2027, 2, 20))]

    assert alert.state == "cured"
    assert told == [days, days + 1, days + 1]
