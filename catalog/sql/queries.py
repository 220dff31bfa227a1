"""A query → the relation it yields. Every query node is visited once; recursive ones until they settle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from .edges import GapReason, Subtype
from .expressions import attribute_of, sources_of
from .names import member
from .positions import anchor, items, keyword_before
from .relations import Attribute, Derived, Made, Open, Relation, merge
from .scope import ALIASES_IN_PROJECTIONS, Cte, Scope
from .sources import add_source, read_sources, renamed, written_clause
from .stars import star_columns
from .types import struct_with
from .unnest import values

MOST_ROUNDS = 8
"""Rounds in which a recursive query must settle; each carries a column one step further."""


def evaluate(query: exp.Expr, scope: Scope) -> Derived:
    """The relation of a query, in a scope made for it."""
    read_ctes(query, scope)
    shape = QUERIES.get(type(query))
    if shape is None:
        scope.walk.gap(GapReason.UNSUPPORTED, f"`{query.key}` is not opened", query)
        return Derived(query.key)
    return shape(query, scope)


def read_ctes(node: exp.Expr, scope: Scope) -> None:
    """Put the named queries of a WITH clause into a scope, each seeing those before it."""
    clause = node.args.get("with_")
    if not isinstance(clause, exp.With):
        return
    for cte in clause.expressions:
        name = scope.walk.name_of(cte.args["alias"].this).lower() if cte.args.get("alias") else ""
        columns = _cte_columns(cte, scope)
        inside = scope.beside()
        inside.controls = {}
        if clause.recursive and isinstance(cte.this.unnest(), exp.SetOperation):
            relation = _fix_point(name, columns, cte.this.unnest(), inside)
        else:
            relation = _labelled(evaluate(cte.this, inside), columns, name)
        scope.ctes[name] = Cte(name, relation, inside.controls)


def _cte_columns(cte: exp.Expr, scope: Scope) -> list[str]:
    alias = cte.args.get("alias")
    columns = alias.args.get("columns") if isinstance(alias, exp.TableAlias) else None
    return [scope.walk.name_of(column) for column in columns or []]


def _labelled(relation: Relation, columns: list[str], name: str) -> Derived:
    found = renamed(relation, columns, name)
    return found if isinstance(found, Derived) else Derived(name)


def _fix_point(name: str, columns: list[str], union: exp.SetOperation, scope: Scope) -> Derived:
    """A recursive query: its anchor first, then the whole until no column gains a source."""
    read_ctes(union, scope)
    anchor_query = union.this
    while isinstance(anchor_query, exp.SetOperation) and _reads(anchor_query.expression, name):
        anchor_query = anchor_query.this
    current = _labelled(evaluate(anchor_query, scope.beside()), columns, name)
    for _ in range(MOST_ROUNDS):
        inside = scope.beside()
        inside.ctes[name] = Cte(name, current)
        after = _labelled(evaluate(union, inside), columns, name)
        if [part.sources for part in after.attributes] == [part.sources for part in current.attributes]:
            return after
        current = after
    return current


def _reads(query: exp.Expr, name: str) -> bool:
    return any(not table.db and table.name.lower() == name for table in query.find_all(exp.Table))


def _select(query: exp.Expr, scope: Scope) -> Derived:
    if not isinstance(query, exp.Select):
        return Derived("")
    read_sources(query, scope)
    scope.windows = {scope.walk.name_of(window.this): window for window in query.args.get("windows") or []}
    has_aliases = scope.walk.naming.dialect in ALIASES_IN_PROJECTIONS
    attributes: list[Attribute] = []
    opens: list[Open] = []
    for index, projection in enumerate(query.expressions):
        made, more_opens = _project(projection, query, index, scope)
        attributes += made
        opens += more_opens
        if has_aliases and isinstance(projection, exp.Alias):
            scope.aliases.setdefault(made[0].name, made[0])
    if not query.expressions:
        attributes, opens = _everything(query, scope)
    _controls(query, attributes, scope)
    return _as_kind(query, Derived("query", tuple(attributes), tuple(opens)))


def _everything(query: exp.Select, scope: Scope) -> tuple[list[Attribute], list[Open]]:
    """`FROM t` without SELECT."""
    found = star_columns(exp.Star(), scope)
    return found if found and query.args.get("from_") else ([], [])


def _as_kind(query: exp.Select, relation: Derived) -> Derived:
    """`SELECT AS STRUCT` yields one struct; `AS VALUE` its one column's value."""
    kind = query.args.get("kind")
    if kind == "STRUCT":
        fields = {attribute.name: attribute for attribute in relation.attributes}
        sources = frozenset().union(*(field.sources for field in fields.values()))
        struct = struct_with((name, field.type) for name, field in fields.items())
        whole = Attribute("", sources, struct, fields)
        return Derived(relation.label, (whole,), relation.opens, element=whole)
    if kind == "VALUE" and len(relation.attributes) == 1:
        return replace(relation, element=relation.attributes[0], by_name={})
    return relation


def _project(
    projection: exp.Expr, query: exp.Select, index: int, scope: Scope
) -> tuple[list[Attribute], list[Open]]:
    expanded = star_columns(projection, scope)
    if expanded is not None:
        star = Made(projection, query, index, is_bare=True)
        attributes = [part if part.made else replace(part, made=star) for part in expanded[0]]
        return attributes, expanded[1]
    if isinstance(projection, exp.Aliases):
        value = attribute_of(projection.this, scope)
        made = Made(projection, query, index)
        names = [scope.walk.name_of(name) for name in projection.expressions]
        return [replace(value, name=name, made=made, type=None) for name in names], []
    found = attribute_of(projection, scope)
    is_bare = isinstance(projection.unalias(), exp.Column)
    inherited = found.made if is_bare and found.made and not found.made.is_bare else None
    name = found.name or f"_col_{index}"
    branches = found.branches if is_bare else ()
    made = inherited or Made(projection, query, index, is_bare=is_bare)
    return [replace(found, name=name, made=made, branches=branches)], []


def _controls(query: exp.Select, attributes: Sequence[Attribute], scope: Scope) -> None:
    """Write down what decides which rows the query yields, and in what order."""
    _condition(query, "where", TokenType.WHERE, Subtype.FILTER, scope)
    _condition(query, "prewhere", TokenType.PREWHERE, Subtype.FILTER, scope)
    known = {attribute.name: attribute for attribute in attributes}
    scope.aliases = {**scope.aliases, **known}
    _condition(query, "having", TokenType.HAVING, Subtype.FILTER, scope)
    _condition(query, "qualify", TokenType.QUALIFY, Subtype.FILTER, scope)
    group = query.args.get("group")
    if isinstance(group, exp.Group):
        _listed(_grouped(group), attributes, TokenType.GROUP_BY, Subtype.GROUP_BY, scope)
    distinct = query.args.get("distinct")
    if isinstance(distinct, exp.Distinct) and isinstance(distinct.args.get("on"), exp.Tuple):
        _listed(distinct.args["on"].expressions, attributes, TokenType.ON, Subtype.GROUP_BY, scope)
    connect = query.args.get("connect")
    if isinstance(connect, exp.Connect):
        for part in (connect.args.get("start"), connect.args.get("connect")):
            if isinstance(part, exp.Expr):
                scope.control(Subtype.FILTER, sources_of(part, scope), _plainly(part, scope))
    order_by(query, attributes, scope)


def order_by(query: exp.Expr, attributes: Sequence[Attribute], scope: Scope) -> None:
    """Columns a query is sorted by; an alias goes before a column of the same name."""
    scope.prefers_aliases = True
    for role, keyword in (
        ("order", TokenType.ORDER_BY),
        ("sort", TokenType.SORT_BY),
        ("cluster", TokenType.CLUSTER_BY),
        ("distribute", TokenType.DISTRIBUTE_BY),
    ):
        clause = query.args.get(role)
        if isinstance(clause, exp.Expr):
            _listed(clause.expressions, attributes, keyword, Subtype.SORT, scope)
    scope.prefers_aliases = False


def _condition(query: exp.Expr, role: str, keyword: TokenType, subtype: Subtype, scope: Scope) -> None:
    clause = query.args.get(role)
    if isinstance(clause, exp.Expr):
        leaves = sources_of(clause.this, scope)
        if leaves:
            scope.control(subtype, leaves, written_clause(clause.this, keyword, scope))


def _grouped(group: exp.Group) -> list[exp.Expr]:
    """The keys of GROUP BY, those of grouping sets, cubes and rollups among them, each once."""
    found = list(group.expressions)
    for role in ("grouping_sets", "cube", "rollup"):
        for part in group.args.get(role) or []:
            if isinstance(part, exp.Expr):
                found += [column for entry in part.expressions for column in _flat(entry)]
    return found


def _flat(node: exp.Expr) -> Iterable[exp.Expr]:
    inner = (
        node.expressions
        if isinstance(node, exp.Tuple)
        else [node.this]
        if isinstance(node, exp.Paren)
        else None
    )
    if inner is None:
        return [node]
    return [column for part in inner for column in _flat(part)]


def _listed(
    parts: Sequence[exp.Expr],
    attributes: Sequence[Attribute],
    keyword: TokenType,
    subtype: Subtype,
    scope: Scope,
) -> None:
    """The columns of a list of keys; a number means a projection."""
    for part in parts:
        key = part.this if isinstance(part, exp.Ordered) else part
        if isinstance(key, exp.Literal) and key.is_int:
            index = int(key.name) - 1
            leaves = attributes[index].sources if 0 <= index < len(attributes) else frozenset()
        else:
            leaves = sources_of(key, scope)
        if leaves:
            scope.control(subtype, leaves, _written_item(key, keyword, scope))


def _written_item(key: exp.Expr, keyword: TokenType, scope: Scope) -> tuple[int, str]:
    text = scope.walk.text
    found = anchor(key)
    start = found and keyword_before(text, text.index(found[0]), (keyword,), found[1])
    if found and isinstance(start, int):
        place = text.index(found[0])
        for first, last in items(text, start + 1):
            if first <= place <= last:
                return text.tokens[first].line, text.written((first, last))
    return _plainly(key, scope)


def _plainly(node: exp.Expr, scope: Scope) -> tuple[int, str]:
    return scope.walk.place(node)[0], node.sql(scope.walk.typing.dialect)


def _set_operation(query: exp.Expr, scope: Scope) -> Derived:
    """Branches side by side, by position or by name. Iterative, since a union can have a thousand."""
    branches: list[exp.Expr] = []
    node: exp.Expr = query
    while isinstance(node, exp.SetOperation):
        branches.append(node.expression)
        node = node.this
        if isinstance(node, exp.SetOperation) and node.args.get("with_"):
            break
    branches.append(node)
    relations = [evaluate(branch, scope.beside()) for branch in reversed(branches)]
    by_name = bool(query.args.get("by_name"))
    combined = _combined(relations, scope, by_name=by_name, keeps_all=not isinstance(query, exp.Except))
    scope.aliases = dict(combined.by_name)
    order_by(query, combined.attributes, scope)
    return combined


def _combined(relations: list[Derived], scope: Scope, *, by_name: bool, keeps_all: bool) -> Derived:
    opens = tuple(opened for relation in relations for opened in relation.opens)
    first = relations[0]
    names = [attribute.name for attribute in first.attributes]
    if by_name or opens:
        names += [
            part.name for relation in relations[1:] for part in relation.attributes if part.name not in names
        ]
    columns = []
    for index, name in enumerate(dict.fromkeys(names) if by_name or opens else names):
        parts = [
            found
            for relation in (relations if keeps_all else relations[:1])
            if (found := _branch_column(relation, index, name, by_name=by_name or bool(opens))) is not None
        ]
        columns.append(_united(name, parts, scope))
    return Derived("query", tuple(columns), opens)


def _branch_column(relation: Derived, index: int, name: str, *, by_name: bool) -> Attribute | None:
    if by_name:
        return member(relation, name)
    return relation.attributes[index] if index < len(relation.attributes) else None


def _united(name: str, parts: list[Attribute], scope: Scope) -> Attribute:
    if len(parts) == 1:
        return replace(parts[0], name=name)
    kind = scope.walk.typing.common(part.type for part in parts)
    flat = tuple(branch for part in parts for branch in (part.branches or (part,)))
    return replace(merge(name, parts), type=kind, branches=flat)


def _subquery(query: exp.Expr, scope: Scope) -> Derived:
    """A parenthesis around a query, and the order it may carry. Its pivots are the reader's part."""
    inner = query.this
    if isinstance(inner, exp.Table) or query.args.get("joins"):
        add_source(inner, scope) if isinstance(inner, exp.Table) else read_sources(query, scope)
        found = star_columns(exp.Star(), scope)
        return Derived("query", tuple(found[0]), tuple(found[1])) if found else Derived("query")
    relation = evaluate(inner, scope.beside())
    scope.aliases = dict(relation.by_name)
    order_by(query, relation.attributes, scope)
    return relation


def _values(query: exp.Expr, scope: Scope) -> Derived:
    return values(query, scope) if isinstance(query, exp.Values) else Derived("")


def _whole_table(query: exp.Expr, scope: Scope) -> Derived:
    add_source(query, scope)
    found = star_columns(exp.Star(), scope)
    return Derived("query", tuple(found[0]), tuple(found[1])) if found else Derived("query")


def _paren(query: exp.Expr, scope: Scope) -> Derived:
    return evaluate(query.this, scope)


QUERIES: dict[type[exp.Expr], Callable[[exp.Expr, Scope], Derived]] = {
    exp.Select: _select,
    exp.Union: _set_operation,
    exp.Intersect: _set_operation,
    exp.Except: _set_operation,
    exp.Subquery: _subquery,
    exp.Values: _values,
    exp.Table: _whole_table,
    exp.Paren: _paren,
}
"""Kind of query → how its relation is found."""
