"""What the argument of DuckDB's `COLUMNS(…)` says of names: a pattern, a list, a lambda."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

Chooses = Callable[[str], bool]

COMPARISONS: dict[type[exp.Expr], Callable[[str, str], bool]] = {
    exp.EQ: lambda name, text: name == text,
    exp.NEQ: lambda name, text: name != text,
    exp.Like: lambda name, text: is_like(name, text),
    exp.ILike: lambda name, text: is_like(name.lower(), text.lower()),
    exp.StartsWith: lambda name, text: name.startswith(text),
    exp.EndsWith: lambda name, text: name.endswith(text),
    exp.Contains: lambda name, text: text in name,
    exp.RegexpLike: lambda name, text: re.search(text, name) is not None,
}
"""What a lambda may ask of a name → whether a name is so."""


def chooser(told: exp.Expr) -> Chooses | None:
    """Whether a column is chosen, by its name; None where that cannot be read."""
    if isinstance(told, exp.Literal):
        pattern = _compiled(told.name)
        return None if pattern is None else lambda name: pattern.search(name) is not None
    if isinstance(told, exp.Array) and all(isinstance(part, exp.Literal) for part in told.expressions):
        listed = {part.name.lower() for part in told.expressions}
        return lambda name: name.lower() in listed
    if isinstance(told, exp.Lambda) and len(told.expressions) == 1:
        return _condition(told.this, told.expressions[0].name)
    return None


def _condition(node: exp.Expr, variable: str) -> Chooses | None:
    """A condition on the variable that stands for the name."""
    if isinstance(node, exp.Paren):
        return _condition(node.this, variable)
    if isinstance(node, exp.Not):
        inner = _condition(node.this, variable)
        return None if inner is None else lambda name: not inner(name)
    if isinstance(node, exp.And | exp.Or):
        left, right = _condition(node.this, variable), _condition(node.expression, variable)
        if left is None or right is None:
            return None
        both = all if isinstance(node, exp.And) else any
        return lambda name: both((left(name), right(name)))
    if isinstance(node, exp.In) and _is_name(node.this, variable):
        listed = {part.name for part in node.expressions}
        return lambda name: name in listed
    return _comparison(node, variable)


def _comparison(node: exp.Expr, variable: str) -> Chooses | None:
    compare, text = COMPARISONS.get(node.__class__), node.args.get("expression")
    if compare is None or not _is_name(node.this, variable) or not isinstance(text, exp.Literal):
        return None
    if isinstance(node, exp.RegexpLike) and _compiled(text.name) is None:
        return None
    return lambda name: compare(name, text.name)


def _is_name(node: object, variable: str) -> bool:
    return isinstance(node, exp.Identifier | exp.Column) and node.name == variable


def is_like(name: str, pattern: str) -> bool:
    """`LIKE` with % and _ alone."""
    rows = {0}
    for mark in pattern:
        rows = _step(rows, mark, name)
    return len(name) in rows


def _step(rows: set[int], mark: str, name: str) -> set[int]:
    if mark == "%":
        return set(range(min(rows), len(name) + 1)) if rows else set()
    return {row + 1 for row in rows if row < len(name) and (mark == "_" or name[row] == mark)}


def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None
