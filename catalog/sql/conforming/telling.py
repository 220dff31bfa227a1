"""The SELECT that makes a value → what there is to tell and to compare of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from ...naming import Naming
from ..canonical.expressions import normal
from ..canonical.names import Sight, Walk, line_of
from ..canonical.queries import evaluate
from .folding import aggregates, own_nodes
from .inlining import NotReadableError
from .values import AggregateCall, Computation, ComputationQuestion, GroupKey

DIVISIONS = (exp.Div, exp.SafeDivide)


def told(
    select: exp.Select, names: Mapping[str, str], question: ComputationQuestion, naming: Naming
) -> Computation:
    """What the query computes. `names` are the tables: short name → canonical name."""
    for table in list(select.find_all(exp.Table)):
        if isinstance(table.this, exp.Identifier) and table.name in names and not table.db:
            _name(table, names[table.name])
    _unquote(select, naming)
    levels = _levels(select)
    group = select.args.get("group")
    select = select.copy()
    select.set("group", None)
    walk = Walk(naming, {table: dict(columns) for table, columns in question.columns}, evaluate)
    sight = Sight(walk)
    relation = evaluate(select, sight)
    ((_, meaning),) = relation.columns.items()
    if "?." in meaning.text or any("?." in part.text for part in walk.parts):
        raise NotReadableError("a column of it belongs to no table that is known")
    value = select.expressions[0].unalias()
    calls = [each for each in own_nodes(value) if isinstance(each, exp.AggFunc)]
    keys = group.expressions if isinstance(group, exp.Group) else []
    return Computation(
        value=meaning.text,
        written=walk.written(value),
        rows=relation.rows,
        parts=tuple(walk.parts),
        keys=tuple(_key(key, sight) for key in keys),
        aggregates=tuple(_call(call, select, sight) for call in calls),
        levels=levels,
        has_division=value.find(*DIVISIONS) is not None,
        is_whole=walk.gaps == 0,
    )


def _unquote(select: exp.Select, naming: Naming) -> None:
    """Names without quotes where they mean the same, as people write them."""
    for each in select.find_all(exp.Identifier):
        if each.name.isidentifier() and naming.column(each.name) == naming.part(each.name) == each.name:
            each.set("quoted", False)


def _name(table: exp.Table, name: str) -> None:
    *before, last = (exp.to_identifier(part, quoted=True) for part in name.split("."))
    table.set("this", last)
    table.set("db", before[-1] if before else None)
    table.set("catalog", before[-2] if len(before) > 1 else None)


def _levels(select: exp.Expr) -> int:
    """How many aggregations stand within each other."""
    inner = [
        each.this
        for each in select.find_all(exp.Subquery)
        if each.parent_select is select and isinstance(each.parent, exp.From | exp.Join)
    ]
    own = 1 if isinstance(select, exp.Select) and aggregates(select) else 0
    return own + max((_levels(each) for each in inner), default=0)


def _call(call: exp.AggFunc, select: exp.Select, sight: Sight) -> AggregateCall:
    is_distinct = isinstance(call.this, exp.Distinct)
    counted = call.this.expressions if is_distinct else [call.this] if call.this is not None else []
    arguments = [
        normal(each, sight)
        for each in counted
        if isinstance(each, exp.Expr) and not isinstance(each, exp.Star)
    ]
    behind = [one for each in counted if isinstance(each, exp.Expr) for one in _behind(each, select)]
    return AggregateCall(
        f"{call.sql_name().replace('COUNT_IF', 'COUNTIF')}{' DISTINCT' if is_distinct else ''}",
        ", ".join(arguments),
        sight.walk.written(call),
        call.meta_get("line") or line_of(call),
        _role(call),
        averages_ratio=isinstance(call, exp.Avg) and any(each.find(*DIVISIONS) for each in behind),
        adds_distinct=isinstance(call, exp.Sum) and any(map(_counts_distinct, behind)),
    )


def _counts_distinct(node: exp.Expr) -> bool:
    return any(
        isinstance(each, exp.ApproxDistinct) or (isinstance(each, exp.Count) and each.find(exp.Distinct))
        for each in own_nodes(node)
    )


def _behind(node: exp.Expr, select: exp.Select) -> Iterator[exp.Expr]:
    """An expression, and those that make its columns in the queries that it reads."""
    yield node
    from_ = select.args.get("from_")
    sources = [from_.this] if isinstance(from_, exp.From) else []
    sources += [join.this for join in select.args.get("joins") or []]
    for column in node.find_all(exp.Column):
        for source in sources:
            inner = source.this if isinstance(source, exp.Subquery) else None
            if isinstance(inner, exp.Select) and source.alias == column.table:
                for each in inner.expressions:
                    if each.alias_or_name == column.name:
                        yield from _behind(each.unalias(), inner)


def _role(call: exp.Expr) -> str:
    """On which side of the outermost division an aggregate stands."""
    found, node = "", call
    while node.parent is not None and not isinstance(node.parent, exp.Select):
        if isinstance(node.parent, DIVISIONS):
            found = "numerator" if node.parent.this is node else "denominator"
        node = node.parent
    return found


def _key(key: exp.Expr, sight: Sight) -> GroupKey:
    nodes = list(key.walk())
    units = [each.args.get("unit") for each in nodes]
    period = next(
        (unit.name.upper() or unit.sql().upper() for unit in units if isinstance(unit, exp.Expr)), ""
    )
    zones = [each.args.get(role) for each in nodes for role in ("zone", "target_tz")]
    zone = next((each.name for each in zones if isinstance(each, exp.Literal)), "")
    columns = {normal(each, sight) for each in nodes if isinstance(each, exp.Column)}
    return GroupKey(
        normal(key, sight), sight.walk.written(key), line_of(key), tuple(sorted(columns)), period, zone
    )
