"""MATCH_RECOGNIZE: rows in, one row (or all) per match out."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from .edges import Subtype
from .effects import Clause
from .expressions import attribute_of, sources_of
from .relations import Attribute, Derived, Made, Relation
from .scope import Scope


def matched(node: exp.Expr, scope: Scope) -> dict[str, Relation]:
    """The one source that a pattern makes of those before it."""
    inside = _with_variables(node, scope)
    keys = [attribute_of(key, inside) for key in node.args.get("partition_by") or []]
    measures = [_measure(part, inside) for part in node.args.get("measures") or []]
    _decide(node, inside)
    rows = node.args.get("rows")
    is_whole = isinstance(rows, exp.Var) and rows.name.upper().startswith("ALL ROWS")
    before = [part for source in scope.sources.values() for part in source.attributes]
    opens = tuple(part for source in scope.sources.values() for part in source.opens)
    kept = before if is_whole else keys
    label = node.alias or "match_recognize"
    found = Derived(label, (*kept, *measures), opens if is_whole else ())
    return {scope.walk.fold(node.alias) if node.alias else "": found}


def _with_variables(node: exp.Expr, scope: Scope) -> Scope:
    """The scope of the clauses: each variable of the pattern stands for a row of the source."""
    outer = scope.beside()
    row = next(iter(scope.sources.values()), Derived(""))
    outer.sources = {
        scope.walk.name_of(part.args["alias"]): row
        for part in node.args.get("define") or []
        if isinstance(part.args.get("alias"), exp.Identifier)
    }
    inside = outer.inner()
    inside.sources = dict(scope.sources)
    return inside


def _measure(node: exp.Expr, scope: Scope) -> Attribute:
    inner = node.this
    return attribute_of(inner, scope, Made(inner))


def _decide(node: exp.Expr, scope: Scope) -> None:
    for subtype, part in _clauses(node):
        scope.control(subtype, sources_of(part, scope), Clause(part))


def _clauses(node: exp.Expr) -> Iterator[tuple[Subtype, exp.Expr]]:
    for key in node.args.get("partition_by") or []:
        yield Subtype.GROUP_BY, key
    order = node.args.get("order")
    for ordered in order.expressions if isinstance(order, exp.Order) else ():
        yield Subtype.SORT, ordered.this
    for condition in node.args.get("define") or []:
        yield Subtype.FILTER, condition.this
