"""What decides which rows a query yields, and in what order: WHERE, GROUP BY, HAVING, QUALIFY, ORDER BY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from .edges import Subtype
from .effects import Clause
from .expressions import sources_of
from .positions import CONDITION_ENDS, Span, anchor, each_item, keyword_before, position
from .relations import AGGREGATED, NOTHING, Attribute
from .scope import Scope, Walk

FILTERING_ROWS = (("where", TokenType.WHERE), ("prewhere", TokenType.PREWHERE))
FILTERING_GROUPS = (("having", TokenType.HAVING), ("qualify", TokenType.QUALIFY))

SORTING = (
    ("order", TokenType.ORDER_BY),
    ("sort", TokenType.SORT_BY),
    ("cluster", TokenType.CLUSTER_BY),
    ("distribute", TokenType.DISTRIBUTE_BY),
)


def control_rows(query: exp.Select, attributes: Sequence[Attribute], scope: Scope) -> None:
    """Write down every column that a query's clauses look at. Aliases are in sight after WHERE only."""
    args = query.args
    for role, keyword in FILTERING_ROWS:
        if args.get(role):
            condition(query, role, keyword, scope)
    for attribute in attributes:
        scope.aliases[attribute.name] = attribute
    for role, keyword in FILTERING_GROUPS:
        if args.get(role):
            condition(query, role, keyword, scope)
    group = args.get("group")
    if isinstance(group, exp.Group):
        _keys(_grouped(group), attributes, TokenType.GROUP_BY, Subtype.GROUP_BY, scope)
        if group.args.get("all"):
            _group_by_all(query, attributes, scope)
    if args.get("distinct"):
        _distinct_on(query, scope)
    if args.get("connect"):
        _hierarchy(query, scope)
    order_by(query, attributes, scope)


def _distinct_on(query: exp.Select, scope: Scope) -> None:
    distinct = query.args["distinct"]
    if isinstance(distinct, exp.Distinct) and isinstance(distinct.args.get("on"), exp.Tuple):
        for key in distinct.args["on"].expressions:
            scope.control(Subtype.GROUP_BY, sources_of(key, scope), Clause(key))


def _hierarchy(query: exp.Select, scope: Scope) -> None:
    """`START WITH … CONNECT BY …`."""
    connect = query.args["connect"]
    if isinstance(connect, exp.Connect):
        for part in (connect.args.get("start"), connect.args.get("connect")):
            if isinstance(part, exp.Expr):
                scope.control(Subtype.FILTER, sources_of(part, scope), Clause(part))


def _group_by_all(query: exp.Select, attributes: Sequence[Attribute], scope: Scope) -> None:
    """`GROUP BY ALL`: every projection that does not aggregate is a key."""
    for attribute in attributes:
        if not any(traits & AGGREGATED for traits in attribute.sources):
            scope.control(Subtype.GROUP_BY, attribute.sources, Clause(query, text=attribute.name))


def order_by(query: exp.Expr, attributes: Sequence[Attribute], scope: Scope) -> None:
    """Columns a query is sorted by; an alias goes before a column of the same name."""
    args = query.args
    sorted_by = [(args[role], keyword) for role, keyword in SORTING if args.get(role)]
    if not sorted_by:
        return
    scope.prefers_aliases = True
    for clause, keyword in sorted_by:
        if isinstance(clause, exp.Expr):
            _keys(clause.expressions, attributes, keyword, Subtype.SORT, scope)
    scope.prefers_aliases = False


def condition(query: exp.Expr, role: str, keyword: TokenType, scope: Scope) -> None:
    """Columns that a clause filters by."""
    clause = query.args.get(role)
    if isinstance(clause, exp.Expr):
        leaves = sources_of(clause.this, scope)
        if leaves:
            scope.control(Subtype.FILTER, leaves, Clause(clause.this, keyword))


def written_clause(clause: Clause, walk: Walk) -> tuple[int, str]:
    """Line and text of a clause."""
    if clause.text:
        return clause.line or walk.place(clause.node)[0], clause.text
    span = _span(clause, walk)
    if span is None:
        return plainly(clause.node, walk)
    return walk.text.tokens[span[0]].line, walk.text.written(span)


def plainly(node: exp.Expr, walk: Walk) -> tuple[int, str]:
    """Line and text of an expression whose own tokens cannot be told, but for a column's."""
    starts = [position(part) for part in node.parts] if isinstance(node, exp.Column) else []
    known = [start for start in starts if start is not None]
    if known and len(known) == len(starts):
        first, last = walk.text.index(known[0]), walk.text.index(known[-1])
        return walk.text.tokens[first].line, walk.text.written((first, last))
    return walk.place(node)[0], node.sql(walk.typing.dialect)


def _span(clause: Clause, walk: Walk) -> Span | None:
    """The tokens of a condition, or of the one key among several."""
    text = walk.text
    found = anchor(clause.node) if clause.keyword is not None else None
    if found is None or clause.keyword is None:
        return None
    place = text.index(found[0])
    start = keyword_before(text, place, (clause.keyword,), found[1])
    if start is None:
        return None
    if not clause.is_key:
        return next(each_item(text, start + 1, CONDITION_ENDS), None)
    return next((span for span in each_item(text, start + 1) if span[0] <= place <= span[1]), None)


def _grouped(group: exp.Group) -> list[exp.Expr]:
    """The keys of GROUP BY, those of grouping sets, cubes and rollups among them."""
    found = list(group.expressions)
    for role in ("grouping_sets", "cube", "rollup"):
        for part in group.args.get(role) or []:
            if isinstance(part, exp.Expr):
                found += [column for entry in part.expressions for column in _flat(entry)]
    return found


def _flat(node: exp.Expr) -> Iterable[exp.Expr]:
    if isinstance(node, exp.Tuple | exp.Cube | exp.Rollup | exp.GroupingSets):
        return [column for part in node.expressions for column in _flat(part)]
    return _flat(node.this) if isinstance(node, exp.Paren) else [node]


def _keys(
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
            leaves = attributes[index].sources if 0 <= index < len(attributes) else NOTHING
        else:
            leaves = sources_of(key, scope)
        if leaves:
            scope.control(subtype, leaves, Clause(key, keyword, is_key=True))
