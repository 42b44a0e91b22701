"""`docs/rules.md`: every rule with its source and its numbers, from the code and the law."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import override

from compliance.registry import Rule, all_rules
from law.legal_values import DatedValue, describe, history

HEADER = """# The rules

Written by `python manage.py docs` from `compliance/rules/` and `law/`; change those, not this file.
Each rule is a query over the subjects of its scope. *Standing*, *begun* and the other words are
those of the interchange contract, which also names the day whose law a rule goes by."""


def rules_document() -> str:
    """The whole document, ending in a line feed."""
    with override("zh-hans"):
        sections = [HEADER, _overview(), _scopes(), *(_section(rule) for rule in all_rules())]
    return "\n\n".join(sections) + "\n"


def _overview() -> str:
    rows = [
        f"| [{rule.id}](#{rule.id.lower()}) | {rule.title} | {rule.severity.value} "
        f"| {rule.scope.words} |"
        for rule in all_rules()
    ]
    return "\n".join(["| rule | 名称 | severity | judges |", "| --- | --- | --- | --- |", *rows])


def _scopes() -> str:
    """The legal values by which somebody is judged at all, once for all rules of a scope."""
    by_numbers: dict[tuple[str, ...], list[str]] = {}
    for scope in dict.fromkeys(rule.scope for rule in all_rules() if rule.scope.numbers):
        by_numbers.setdefault(scope.numbers, []).append(scope.words)
    sections = ["## Who is judged"]
    for names, scopes in by_numbers.items():
        values = "\n".join(line for name in names for line in _number(name))
        sections.append(f"For {', '.join(scopes)}:\n\n{values}")
    return "\n\n".join(sections)


def _section(rule: Rule) -> str:
    article = rule.article
    paraphrase = "" if article.verbatim else " (paraphrase)"
    lines = [
        f"## {rule.id}",
        f"**{rule.title}** · {rule.severity.value} · judges {rule.scope.words}",
        rule.meaning,
        f"Source: {article.source}",
        f"> {article.quote}{paraphrase}",
        article.gloss,
    ]
    names = [*filter(None, [rule.duty]), *rule.numbers]
    numbers = [line for name in names for line in _number(name)]
    return "\n\n".join([*lines, "\n".join(numbers)] if numbers else lines)


def _number(name: str) -> Iterator[str]:
    value = describe(name)
    yield f"- `{name}` ({value.unit}): {value.description}"
    for dated in history(name):
        yield f"  - from {dated.in_force_from}: {_printed(dated)} ({dated.source})"


def _printed(dated: DatedValue) -> str:
    if isinstance(dated.value, bool):
        return "yes" if dated.value else "no"
    if isinstance(dated.value, tuple):
        return "、".join(dated.value)
    return str(dated.value)
