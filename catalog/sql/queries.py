"""A query → the relation it yields. Every query node is visited once; recursive ones until they settle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from .controls import control_rows, order_by
from .ctes import name_values, read_ctes
from .edges import GapReason
from .expressions import attribute_of
from .patterns import matched
from .pivots import pivot_statement
from .relations import Attribute, Derived, Made, together
from .scope import ALIASES_IN_PROJECTIONS, Scope
from .sources import add_source, read_sources
from .stars import Expansion, expand, repeated
from .types import struct_with
from .unions import set_operation
from .unnest import values


def evaluate(query: exp.Expr, scope: Scope) -> Derived:
    """The relation of a query, in a scope made for it."""
    read_ctes(query, scope)
    shape = QUERIES.get(type(query))
    if shape is None:
        scope.walk.gap(GapReason.UNSUPPORTED, f"`{query.key.upper()}` is not opened here", query)
        scope.walk.read_all(query)
        return Derived("query", is_opaque=True)
    return shape(query, scope)


def _select(query: exp.Expr, scope: Scope) -> Derived:
    read_sources(query, scope)
    if query.args.get("with_"):
        name_values(query, scope)
    if query.args.get("match"):
        scope.sources = matched(query.args["match"], scope)
    scope.windows = {scope.walk.name_of(window.this): window for window in query.args.get("windows") or []}
    has_aliases = scope.walk.naming.dialect in ALIASES_IN_PROJECTIONS
    repeats = scope.walk.naming.dialect == "duckdb"
    parts = [_everything(query, scope)] if not query.expressions else []
    attributes = list(parts[0].attributes) if parts else []
    for index, projection in enumerate(query.expressions):
        inner = projection.args["this"] if projection.__class__ is exp.Alias else projection
        if inner.__class__ in MAY_BE_MANY or inner.is_star or (repeats and inner.find(exp.Columns)):
            part = _many(projection, query, index, scope)
            if part is not None:
                parts.append(part)
                attributes += part.attributes
                continue
        gaps = len(scope.walk.ledger.gaps)
        made_here = _one(projection, inner, query, index, scope)
        if scope.fills_target and len(scope.walk.ledger.gaps) > gaps:
            _tell_column(made_here.name, gaps, scope)
        attributes.append(made_here)
        if has_aliases and inner is not projection:
            scope.aliases.setdefault(made_here.name, made_here)
    if query.__class__ is exp.Select:
        control_rows(query, attributes, scope)
    opens = tuple([opened for part in parts for opened in part.opens])
    passes = tuple(dict.fromkeys([name for part in parts for name in part.passes]))
    relation = Derived("query", tuple(attributes), opens, passes=passes)
    return _as_kind(query, relation)


def _tell_column(name: str, start: int, scope: Scope) -> None:
    """Gaps met in a projection of the statement's own query concern the column that it fills."""
    gaps = scope.walk.ledger.gaps
    for gap in list(gaps)[start:]:
        about = gaps.pop(gap)
        gaps[replace(gap, column=name)] = about


def _everything(query: exp.Expr, scope: Scope) -> Expansion:
    """`FROM t` without SELECT."""
    found = expand(exp.Star(), scope) if query.args.get("from_") else None
    return found or Expansion([])


def _as_kind(query: exp.Expr, relation: Derived) -> Derived:
    """`SELECT AS STRUCT` yields one struct; `AS VALUE` its one column's value."""
    kind = query.args.get("kind")
    if kind == "STRUCT":
        fields = {attribute.name: attribute for attribute in relation.attributes}
        sources = together(field.sources for field in fields.values())
        struct = struct_with((name, field.type) for name, field in fields.items())
        whole = Attribute("", sources, struct, fields)
        return Derived(relation.label, relation.attributes, relation.opens, element=whole)
    if kind == "VALUE" and len(relation.attributes) == 1:
        only = relation.attributes[0]
        return Derived(relation.label, tuple((only.fields or {}).values()) or (only,), element=only)
    return relation


def _many(projection: exp.Expr, query: exp.Expr, index: int, scope: Scope) -> Expansion | None:
    """The columns of a star, and of a value under several names; None for an ordinary projection."""
    select = query if isinstance(query, exp.Select) else None
    if isinstance(projection, exp.Aliases):
        value = attribute_of(projection.this, scope)
        made = Made(projection, select, index)
        names = [scope.walk.name_of(name) for name in projection.expressions]
        return Expansion([replace(value, name=name, made=made, type=None) for name in names])
    expanded = repeated(projection, scope) if scope.walk.naming.dialect == "duckdb" else None
    is_repeated = expanded is not None
    expanded = expanded or expand(projection, scope)
    if expanded is None:
        return None
    star = Made(projection, select, index, is_bare=not is_repeated)
    made_here = [part if part.made else part.made_by(star) for part in expanded.attributes]
    return replace(expanded, attributes=made_here)


def _one(projection: exp.Expr, inner: exp.Expr, query: exp.Expr, index: int, scope: Scope) -> Attribute:
    """The column of an ordinary projection; a bare column is made where it was made before."""
    select = query if query.__class__ is exp.Select else None
    if inner.__class__ is not exp.Column:
        found = attribute_of(projection, scope, Made(projection, select, index))
        return found if found.name else found.named(f"_col_{index}")
    found = attribute_of(projection, scope)
    if found.made and not found.made.is_bare:
        return found
    return Attribute(found.name, found.sources, found.type, found.fields,
                     Made(projection, select, index, is_bare=True), found.branches)  # fmt: skip


def _subquery(query: exp.Expr, scope: Scope) -> Derived:
    """A parenthesis around a query, and the order it may carry. Its pivots are the reader's part."""
    inner = query.this
    if isinstance(inner, exp.Table) or query.args.get("joins"):
        add_source(inner, scope)
        for_joins = query if query.args.get("joins") else exp.Select()
        read_sources(for_joins, scope)
        return _whole(scope)
    relation = scope.walk.evaluate(inner, scope.beside())
    scope.aliases = dict(relation.known)
    order_by(query, relation.attributes, scope)
    return relation


def _whole(scope: Scope) -> Derived:
    found = expand(exp.Star(), scope)
    return found.relation("query") if found else Derived("query")


def _values(query: exp.Expr, scope: Scope) -> Derived:
    return values(query, scope) if isinstance(query, exp.Values) else Derived("query")


def _table(query: exp.Expr, scope: Scope) -> Derived:
    add_source(query, scope)
    return _whole(scope)


def _pivot(query: exp.Expr, scope: Scope) -> Derived:
    """DuckDB's `PIVOT t ON …` and `UNPIVOT t ON …`."""
    key = add_source(query.this, scope)
    return pivot_statement(scope.sources[key], query, scope)


def _paren(query: exp.Expr, scope: Scope) -> Derived:
    return evaluate(query.this, scope)


MAY_BE_MANY = frozenset({exp.Dot, exp.Columns, exp.Aliases})
"""Projections that can stand for several columns."""

QUERIES: dict[type[exp.Expr], Callable[[exp.Expr, Scope], Derived]] = {
    exp.Select: _select,
    exp.Union: set_operation,
    exp.Intersect: set_operation,
    exp.Except: set_operation,
    exp.Subquery: _subquery,
    exp.Values: _values,
    exp.Table: _table,
    exp.Paren: _paren,
    exp.Pivot: _pivot,
}
"""Kind of query → how its relation is found."""
