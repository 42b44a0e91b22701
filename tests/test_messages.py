"""The check of the English catalogue says what is amiss, and nothing of what is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog

from scripts import messages


def test_the_catalogue_as_it_is_has_no_fault() -> None:
    assert list(messages.faults(messages.kept())) == []


@pytest.mark.parametrize(
    ("chinese", "english", "said"),
    [
        ("预警", "", "no English: '预警'"),
        ("预警", "预警 alerts", "Chinese in the English of '预警'"),
        ("共 %(total)s 件", "%(number)s in all", "unknown named placeholder"),
        (("%(days)s 天", "%(days)s 天"), ("%(days)s day", ""), "no English"),
    ],
)
def test_what_is_not_well_said_in_english_is_named(chinese: Any, english: Any, said: str) -> None:
    catalogue = messages.kept()
    message = catalogue.add(chinese, english, context="test")

    found = [fault for fault in messages.faults(catalogue) if "stale" not in fault]

    assert len(found) == 1
    assert said in found[0], message


def test_a_guess_is_not_taken_for_english() -> None:
    catalogue = messages.kept()
    catalogue.add("预警", "Alarms", context="test", flags=["fuzzy"])

    assert "fuzzy: '预警'" in list(messages.faults(catalogue))


def test_what_the_code_says_anew_makes_both_files_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    said = messages.gathered()
    said.add("从未说过的话", locations=[("console/views.py", 1)])
    monkeypatch.setattr(messages, "gathered", lambda: said)

    assert list(messages.faults(messages.kept())) == [
        "no English: '从未说过的话'",
        "django.po is stale: make messages",
    ]


def test_a_mo_of_another_po_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "django.mo"
    other.write_bytes(messages.compiled(Catalog(locale="en")))
    monkeypatch.setattr(messages, "COMPILED", other)

    assert list(messages.faults(messages.kept())) == ["django.mo is stale: make messages"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("page.html", '{% load i18n %}<p>{% translate "预警" %}</p>', []),
        ("page.html", "{% blocktranslate %}共 {{ n }} 件{% endblocktranslate %}", []),
        ("page.html", "<p>\n预警</p>", [(1, "<p>\n预警</p>")]),
        ("page.html", '{% translate "预警" %}：{{ n }}', [(1, "：")]),
        ("page.html", '<i title="预警">{{ n }}', [(1, '<i title="预警">')]),
        ("module.py", '"""预警."""\nx = _("预警")  # 预警\n', []),
        ("module.py", 'x = "、".join(y)\n', [(1, "、")]),
        ("module.py", 'x = f"{y}：预警"\n', [(1, "：预警")]),
    ],
)
def test_chinese_beside_gettext_is_found(
    tmp_path: Path, name: str, text: str, found: list[tuple[int, str]]
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")

    assert list(messages.unwrapped(file)) == found


def test_templates_and_modules_are_gathered_with_contexts_and_plurals(tmp_path: Path) -> None:
    page, module = tmp_path / "page.html", tmp_path / "module.py"
    page.write_text(
        '{% load i18n %}<ul>\n  <li>{% translate "一" context "数" %}</li>\n'
        "{% blocktranslate count n=n %}{{ n }} 天{% plural %}{{ n }} 天{% endblocktranslate %}",
        encoding="utf-8",
    )
    module.write_text(
        'a = _("一")\nb = pgettext_lazy("数", "二")\nc = ngettext("%(n)s 件", "%(n)s 件", 3)\n'
        'd = npgettext("数", "%(n)s 天", "%(n)s 天", 3)\n',
        encoding="utf-8",
    )

    said = [*messages.said_in(page), *messages.said_in(module)]

    assert said == [
        ("数", "一"),
        (None, ("%(n)s 天", "%(n)s 天")),
        (None, "一"),
        ("数", "二"),
        (None, ("%(n)s 件", "%(n)s 件")),
        ("数", ("%(n)s 天", "%(n)s 天")),
    ]
