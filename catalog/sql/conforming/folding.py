"""Aggregates of aggregates as one, where that holds for all rows: sums of sums, sums of counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

CHANGES_ROWS = ("having", "qualify", "distinct", "limit", "offset", "laterals", "windows")
"""What a query does to its rows beyond filtering and grouping; with it nothing is folded."""

SAME: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
    exp.Sum: (exp.Sum, exp.Count, exp.CountIf),
    exp.Max: (exp.Max,),
    exp.Min: (exp.Min,),
}
"""An aggregate → those that it may be over, to be that inner one over all rows."""


def own_nodes(node: exp.Expr) -> Iterator[exp.Expr]:
    """A node and those in it, queries within aside."""
    return node.walk(prune=lambda each: isinstance(each, exp.Select | exp.SetOperation))


def aggregates(select: exp.Select) -> bool:
    """Does the query put rows together?"""
    if select.args.get("group"):
        return True
    return any(
        isinstance(each, exp.AggFunc) and not isinstance(each.parent, exp.Window)
        for projection in select.expressions
        for each in own_nodes(projection)
    )


def folded(select: exp.Select) -> exp.Select | None:
    """The query and the one it reads as one, taken out of the two; None where they are to stay apart."""
    from_ = select.args.get("from_")
    source = from_.this if isinstance(from_, exp.From) else None
    if not isinstance(source, exp.Subquery) or not isinstance(source.this, exp.Select):
        return None
    inner, rest = source.this, ("joins", "laterals", "windows")
    if any(select.args.get(role) for role in rest) or source.args.get("pivots") or source.args.get("joins"):
        return None
    if any(inner.args.get(role) for role in CHANGES_ROWS):
        return None
    made = {each.alias_or_name: each.unalias() for each in inner.expressions}
    if any(isinstance(each, exp.Window) for one in made.values() for each in own_nodes(one)):
        return None
    return _merged(_without_source(select), source, made, is_grouped=aggregates(inner))


def _without_source(select: exp.Select) -> exp.Select:
    """A copy of the query, without the chain of queries that it may read."""
    source = select.args["from_"].this
    source.replace(exp.Table())
    copied = select.copy()
    select.args["from_"].set("this", source)
    return copied


def _merged(
    select: exp.Select, source: exp.Subquery, made: Mapping[str, exp.Expr], *, is_grouped: bool
) -> exp.Select | None:
    inner = source.this
    if is_grouped:
        calls = [node for node in _clauses(select) if isinstance(node, exp.AggFunc)]
        if not all(_fold(call, source.alias, made) for call in calls):
            return None
    for column in [each for each in _clauses(select) if isinstance(each, exp.Column)]:
        if column.table != source.alias or column.meta.get("is_folded"):
            continue
        put = made.get(column.name)
        if put is None or (is_grouped and not _is_of_keys(put, inner)):
            return None
        column.replace(exp.Paren(this=put.copy()) if isinstance(put, exp.Binary | exp.Unary) else put.copy())
    for node in _clauses(select):
        node.meta.pop("is_folded", None)
    wheres = [each.args["where"].this for each in (inner, select) if each.args.get("where")]
    select.set("from_", inner.args["from_"])
    select.set("joins", inner.args.get("joins") or [])
    select.set("where", exp.Where(this=exp.and_(*wheres, copy=True)) if wheres else None)
    return select


def _is_of_keys(put: exp.Expr, inner: exp.Select) -> bool:
    """Is an output of a grouped query one value for each group, since it is made of what it groups by?"""
    if put.find(exp.AggFunc):
        return False
    group = inner.args.get("group")
    keys = [key.sql() for key in group.expressions] if isinstance(group, exp.Group) else []
    return put.sql() in keys or all(column.sql() in keys for column in put.find_all(exp.Column))


def _clauses(select: exp.Select) -> list[exp.Expr]:
    """All nodes of the query but those of its sources, in the order of a walk."""
    clauses = [select.args.get(role) for role in ("where", "group", "having", "qualify", "order")]
    found = [*select.expressions, *(each for each in clauses if isinstance(each, exp.Expr))]
    return [node for clause in found for node in clause.walk()]


def _fold(call: exp.Expr, alias: str, made: Mapping[str, exp.Expr]) -> bool:
    """Put the inner aggregate in the place of the outer one; False where that does not hold."""
    column = call.this
    if not isinstance(column, exp.Column) or column.table != alias or column.name not in made:
        return False
    inner = _without_casts(made[column.name])
    factor = None
    if isinstance(inner, exp.Mul | exp.Div) and isinstance(inner.expression, exp.Literal):
        if inner.args.get("typed"):
            return False
        inner, factor = _without_casts(inner.this), inner
    if not isinstance(inner, SAME.get(type(call), ())) or isinstance(inner.this, exp.Distinct):
        return False
    if factor is not None and not isinstance(call, exp.Sum):
        return False
    put = inner.copy()
    for each in put.find_all(exp.Column):
        each.meta["is_folded"] = True
    if factor is not None:
        put = type(factor)(this=put, expression=factor.expression.copy())
        put = exp.Paren(this=put)
    call.replace(put)
    return True


def _without_casts(node: exp.Expr) -> exp.Expr:
    """The expression itself, parentheses and casts to a number aside."""
    while isinstance(node, exp.Paren) or (isinstance(node, exp.Cast) and is_number(node)):
        node = node.this
    return node


def is_number(cast: exp.Cast) -> bool:
    """Is it a cast to a type of numbers that lose nothing worth telling?"""
    return cast.to.is_type(*exp.DataType.FLOAT_TYPES, "DECIMAL", "BIGDECIMAL") if cast.to else False
