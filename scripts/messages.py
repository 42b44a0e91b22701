"""The English of all that people read: `make messages` gathers and compiles it, `--check` asks."""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, TokenType
from django.utils.translation import templatize

CHECKOUT = Path(__file__).resolve().parent.parent
CATALOGUE = CHECKOUT / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
# Who says something to people; law and tests do not, and the engines speak to operators alone.
PACKAGES = (
    *("api", "audit", "apprenticeship", "common", "compensation", "compliance", "console"),
    *("exchange", "insurance", "internships", "people"),
)
# Of these, Chinese beside gettext is a fault: what they say is read on pages.
SPOKEN = ("api", "console")
NAMES = ("gettext", "ngettext", "pgettext", "npgettext")
KEYWORDS = DEFAULT_KEYWORDS | {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in NAMES}
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
BEGUN = datetime(2026, 11, 24, tzinfo=UTC)
HEADER = "# The English of Shuangyuan; gathered and compiled by `make messages`."

Said = tuple[str | None, str | tuple[str, ...]]


def sources() -> Iterator[Path]:
    """The files of the packages that say something, in their order."""
    for package in PACKAGES:
        for file in sorted((CHECKOUT / package).rglob("*")):
            if file.suffix in (".py", ".html") and "migrations" not in file.parts:
                yield file


def said_in(file: Path) -> Iterator[Said]:
    """Each message of a file with its context: singular and plural for one that counts."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        # What is left of a template is calls and crosses; without indents it reads as Python
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    found: Any = extract_python(BytesIO(text.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    for _line, name, words, _comments in found:
        given = [word for word in (words if isinstance(words, tuple) else (words,)) if word]
        context = given.pop(0) if name.startswith(("pgettext", "npgettext")) and given else None
        if given:
            yield context, tuple(given[:2]) if name.startswith(("ngettext", "npg")) else given[0]


def gathered() -> Catalog:
    """All that the code says, without a translation."""
    catalogue = Catalog(creation_date=BEGUN)
    for file in sources():
        for context, texts in said_in(file):
            place = (file.relative_to(CHECKOUT).as_posix(), 1)
            catalogue.add(texts, locations=[place], context=context)
    return catalogue


def kept() -> Catalog:
    """The catalogue as it is committed, brought up to what the code says."""
    text = CATALOGUE.read_text(encoding="utf-8") if CATALOGUE.exists() else ""
    catalogue = read_po(StringIO(text), locale="en", domain="django")
    catalogue.update(gathered(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = HEADER
    catalogue.project, catalogue.version = "Shuangyuan", "1"
    catalogue.creation_date = catalogue.revision_date = BEGUN
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a `.po`: files without lines, so that an edit elsewhere changes nothing."""
    file = BytesIO()
    write_po(file, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as a `.mo`."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def faults(catalogue: Catalog) -> Iterator[str]:
    """What is not said in English, or badly, or only in a file that was not written anew."""
    for message in catalogue:
        if message.id:
            yield from _faults_of(message, catalogue)
    for file, text in ((CATALOGUE, written(catalogue)), (COMPILED, compiled(catalogue))):
        if not file.exists() or file.read_bytes() != text:
            yield f"{file.name} is stale: make messages"
    for file in sources():
        where = file.relative_to(CHECKOUT)
        if where.parts[0] in SPOKEN and "management" not in where.parts:
            for line, said in unwrapped(file):
                yield f"not in gettext: {where.as_posix()}:{line}: {said!r}"


def _faults_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    said: Any = message.string
    texts = said if isinstance(said, tuple) else (said,)
    if not all(texts):
        yield f"no English: {message.id!r}"
        return
    if message.fuzzy:
        yield f"fuzzy: {message.id!r}"
    if any(CHINESE.search(text) for text in texts):
        yield f"Chinese in the English of {message.id!r}"
    for error in message.check(catalogue):
        yield f"{error}: {message.id!r}"


def unwrapped(file: Path) -> Iterator[tuple[int, str]]:
    """Chinese of a template outside its tags, or of a module outside gettext and docstrings."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        yield from _beside_tags(text)
        return
    tree = ast.parse(text)
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            silent.add(node.value)
        elif isinstance(node, ast.Call) and _name_of(node.func) in {*KEYWORDS, "gettext_lazy"}:
            silent.update(node.args)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in silent:
            said = node.value if isinstance(node.value, str) else ""
            if CHINESE.search(said):
                yield node.lineno, said


def _name_of(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else ""


def _beside_tags(text: str) -> Iterator[tuple[int, str]]:
    translating = False
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.split_contents()[0]
            translating = word == "blocktranslate" or (translating and word == "plural")
        elif token.token_type == TokenType.TEXT and not translating:
            said = token.contents.strip()
            if CHINESE.search(said):
                yield token.lineno or 0, said


def main() -> int:
    """Write the catalogue and say what lacks; with `--check` write nothing, 1 for any fault."""
    catalogue = kept()
    if "--check" not in sys.argv[1:]:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(written(catalogue))
        COMPILED.write_bytes(compiled(catalogue))
    found = list(faults(catalogue))
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
