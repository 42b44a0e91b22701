"""The article of law behind each rule, for pages and documents that have to say why."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from law.toml_files import LAW, BadLegalData, read_toml, require_keys, require_text


@dataclass(frozen=True, slots=True)
class Article:
    """Source article in Chinese, a short quotation of it, and its sense in English.

    `verbatim` is False where the quotation is a paraphrase of a text not seen in its wording.
    """

    source: str
    quote: str
    gloss: str
    verbatim: bool = True


def article_for(rule_id: str) -> Article:
    """The article behind a rule such as `INS-01`; KeyError for a rule the law data do not know."""
    return _articles()[rule_id]


def rule_ids() -> tuple[str, ...]:
    """The rules that have an article, sorted."""
    return tuple(sorted(_articles()))


def read_articles(file: Path) -> Mapping[str, Article]:
    """The articles of a file by rule; refuses unknown and missing keys."""
    return MappingProxyType(
        {
            rule_id: _read_article(rule_id, table, file=file)
            for rule_id, table in read_toml(file).items()
        }
    )


def _read_article(rule_id: str, table: object, *, file: Path) -> Article:
    wanted = ("source", "quote", "gloss")
    known = require_keys(table, required=wanted, optional=("verbatim",), file=file, key=rule_id)
    verbatim = known.get("verbatim", True)
    if not isinstance(verbatim, bool):
        raise BadLegalData(file, f"{rule_id}.verbatim", "must be true or false")
    source, quote, gloss = (
        require_text(known[key], file=file, key=f"{rule_id}.{key}") for key in wanted
    )
    return Article(source=source, quote=quote, gloss=gloss, verbatim=verbatim)


@cache
def _articles() -> Mapping[str, Article]:
    return read_articles(LAW / "articles.toml")
