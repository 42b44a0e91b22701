"""Which version of a rule saw the facts: a digest of what it judges by."""

from __future__ import annotations

from functools import cache
from hashlib import blake2s

from compliance.registry import Rule
from law.legal_values import history

CONTRACT = "1"


@cache
def version_of(rule: Rule) -> str:
    """The version of the contract, and a digest of the rule's meaning and its legal values.

    Another value, first day, severity, duty or scope gives another version; a day gives none.
    """
    said = [rule.id, rule.severity.value, rule.scope.words, rule.meaning]
    for name in rule.legal_values:
        said += [f"{name} {dated.in_force_from} {dated.value}" for dated in history(name)]
    return f"{CONTRACT}-{blake2s('|'.join(said).encode(), digest_size=6).hexdigest()}"
