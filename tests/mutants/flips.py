"""Which comparisons a module has, and the same module with one of them flipped."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LOOKUPS = {"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt"}
OPERATORS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}
CLASSES = {
    "LessThan": "LessThanOrEqual",
    "LessThanOrEqual": "LessThan",
    "GreaterThan": "GreaterThanOrEqual",
    "GreaterThanOrEqual": "GreaterThan",
    "Greatest": "Least",
    "Least": "Greatest",
    "Min": "Max",
    "Max": "Min",
}
HOMES = {"Min": "", "Max": "", "Greatest": ".functions", "Least": ".functions"}
METHODS = {"filter": "exclude", "exclude": "filter"}
NARROWING = {"filter", "exclude", "Q", "get"}
SQL = {
    " @> ": " <@ ",
    " < ": " <= ",
    " <= ": " < ",
    " > ": " >= ",
    " >= ": " > ",
    "[]": "[)",
    "[)": "[]",
    " = ANY(": " <> ALL(",
    " IS NOT NULL": " IS NULL",
    " IS NULL": " IS NOT NULL",
    " - 1": "",
    " + 1": "",
}
NOT_COMPARED = {"since", "title", "key"}
"""Keyword arguments that never reach the array the contract describes."""


@dataclass(frozen=True)
class Flip:
    """One comparison, where it stands and what it becomes; `number` names it within its module."""

    number: int
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.line}: {self.what}"


Change = Callable[[], None]
Place = tuple[int, str, Change]


def flips(source: str, classes: str = "") -> list[Flip]:
    """Every flip that a source allows; with `classes`, of classes alone whose name ends so."""
    places = _places(ast.parse(source), classes)
    return [Flip(number, line, what) for number, (line, what, _) in enumerate(places)]


def flipped(source: str, number: int, classes: str = "") -> str:
    """The source with the comparison of that number flipped."""
    tree = ast.parse(source)
    _, _, change = list(_places(tree, classes))[number]
    change()
    return ast.unparse(ast.fix_missing_locations(tree))


def _places(tree: ast.Module, classes: str) -> Iterator[Place]:
    roots: list[ast.AST] = [tree]
    if classes:
        roots = [
            node
            for node in tree.body
            if isinstance(node, ast.ClassDef) and node.name.endswith(classes)
        ]
    for root in roots:
        for node in _judged(root):
            for what, change in _changes_of(node):
                yield getattr(node, "lineno", 0), what, change


def _judged(tree: ast.AST) -> Iterator[ast.AST]:
    """Nodes of code: no docstrings, annotations, imports or arguments that nobody compares."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            spared = isinstance(child, ast.keyword) and child.arg in NOT_COMPARED
            imported = isinstance(child, ast.Import | ast.ImportFrom)
            if isinstance(child, ast.AST) and not (docstring or spared or imported):
                yield child
                yield from _judged(child)


def _changes_of(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Compare):
        yield from _of_compare(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
        yield from _of_lookups(node)
    elif isinstance(node, ast.BinOp):
        yield from _of_operation(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert | ast.Not):
        twice = ast.UnaryOp(node.op, node.operand)
        yield f"{ast.unparse(node)} without its negation", _set(node, "operand", twice)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _of_text(node, node.value)


def _of_compare(node: ast.Compare) -> Iterator[tuple[str, Change]]:
    for place, operator in enumerate(node.ops):
        other = OPERATORS[type(operator)]
        operators = [*node.ops[:place], other(), *node.ops[place + 1 :]]
        yield f"{ast.unparse(node)} with {other.__name__}", _set(node, "ops", operators)


def _of_operation(node: ast.BinOp) -> Iterator[tuple[str, Change]]:
    """`|` and `&`, and a day offset the other way; not the joining of texts."""
    texts = (isinstance(one, ast.Constant | ast.JoinedStr) for one in (node.left, node.right))
    other = BINARY.get(type(node.op))
    if other is not None and not any(texts):
        yield f"{ast.unparse(node)} with {other.__name__}", _set(node, "op", other())


def _of_call(node: ast.Call) -> Iterator[tuple[str, Change]]:
    """The function called, the conditions handed over by place, and days one more or less."""
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
    if name in CLASSES:
        other = _imported(CLASSES[name])
        yield f"{name} as {CLASSES[name]}", _set(node, "func", other)
    if name in METHODS and isinstance(node.func, ast.Attribute):
        yield f".{name}(…) as .{METHODS[name]}(…)", _set(node.func, "attr", METHODS[name])
    if name in NARROWING:
        for place, argument in enumerate(node.args):
            changed = [*node.args[:place], _denied(argument), *node.args[place + 1 :]]
            yield f"{ast.unparse(argument)} negated", _set(node, "args", changed)
    if name == "timedelta" and node.keywords:
        value = node.keywords[0].value
        for step in (1, -1):
            moved = ast.BinOp(value, ast.Add(), ast.Constant(step))
            yield f"{ast.unparse(node)} {step:+d}", _set(node.keywords[0], "value", moved)


def _of_lookups(node: ast.Call) -> Iterator[tuple[str, Change]]:
    """Each keyword of a call: its lookup flipped, or the whole condition denied."""
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
    for place, keyword in enumerate(node.keywords):
        if keyword.arg is None:
            continue
        head, _, lookup = keyword.arg.rpartition("__")
        if lookup in LOOKUPS:
            renamed = f"{head}__{LOOKUPS[lookup]}"
            yield f"{keyword.arg} as {LOOKUPS[lookup]}", _set(keyword, "arg", renamed)
        elif name in NARROWING:
            others = [*node.keywords[:place], *node.keywords[place + 1 :]]
            denied = _denied(keywords=[keyword])
            yield (
                f"{ast.unparse(keyword)} negated",
                _set(node, "keywords", others, args=[*node.args, denied]),
            )


def _of_text(node: ast.Constant, text: str) -> Iterator[tuple[str, Change]]:
    """Lookups and operators that stand inside a string."""
    head, _, lookup = text.rpartition("__")
    if head and lookup in LOOKUPS:
        yield f"{text} as {LOOKUPS[lookup]}", _set(node, "value", f"{head}__{LOOKUPS[lookup]}")
    for sign, other in SQL.items():
        for match in re.finditer(re.escape(sign), text):
            changed = text[: match.start()] + other + text[match.end() :]
            yield f"“{text}” as “{changed}”", _set(node, "value", changed)


def _set(node: ast.AST, name: str, value: object, **others: object) -> Change:
    def change() -> None:
        for field, new in {name: value, **others}.items():
            setattr(node, field, new)

    return change


def _imported(name: str) -> ast.expr:
    """An expression for a class of Django's, whatever the module imports."""
    module = f"django.db.models{HOMES.get(name, '.lookups')}"
    return ast.parse(f"__import__('{module}', fromlist=['*']).{name}", mode="eval").body


def _denied(*conditions: ast.expr, keywords: list[ast.keyword] | None = None) -> ast.expr:
    """`~Q(…)` of conditions or keywords."""
    question = ast.parse("__import__('django.db.models', fromlist=['Q']).Q", mode="eval").body
    return ast.UnaryOp(ast.Invert(), ast.Call(question, list(conditions), keywords or []))
