"""A query → the one SELECT that makes a value: what only hands it on is gone, sums of sums are one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.eliminate_joins import eliminate_joins
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify

from ..canonical.names import line_of
from .folding import aggregates, folded, own_nodes
from .inlining import NotReadableError
from .spelling import in_one_spelling, plain_conditions, split_sums
from .values import ComputationQuestion

ONE_ROW = (exp.Sum, exp.Min, exp.Max, exp.Avg, exp.AnyValue)
"""Aggregates that over one row are what they are over."""

ONLY_SHOWN = ("having", "qualify", "limit", "offset", "order", "distinct")
"""What decides which values are shown, and changes none."""


def shaped(
    tree: exp.Query, question: ComputationQuestion, names: Mapping[str, str]
) -> tuple[exp.Select, int]:
    """The SELECT with the value as its only output, and the line that was asked about.

    `names` are the tables: short name → canonical name.
    """
    query = _select_of(tree)
    if question.is_per_row:
        _without_aggregates(query)
    select = _only(_select_of(qualified(query, question, names)), question)
    line = line_of(select.expressions[0])
    reduced = _reduced(_without_idle_joins(select), is_folded=question.is_folded)
    return split_sums(in_one_spelling(reduced), _never_null(reduced, question, names)), line


def _never_null(
    select: exp.Select, question: ComputationQuestion, names: Mapping[str, str]
) -> Callable[[exp.Column], bool]:
    """Whether a column of a query is one of a table that is never null, and stays so in its joins."""
    joins = select.args.get("joins") or []
    sources = _sources(select) if all(_keeps_rows(join) for join in joins) else []
    tables = {each.alias_or_name: names.get(each.name) for each in sources if isinstance(each, exp.Table)}
    required = frozenset(question.required)
    return lambda column: (tables.get(column.table), column.name) in required


def _keeps_rows(join: exp.Expr) -> bool:
    """Does a join add no row in which a side is missing?"""
    return not join.args.get("side") and join.args.get("kind") in (None, "", "INNER", "CROSS")


def qualified(query: exp.Query, question: ComputationQuestion, names: Mapping[str, str]) -> exp.Expr:
    """The query with each column under the name of its source."""
    known = {table: dict(columns) for table, columns in question.columns}
    schema: dict[str, object] = {
        short: {name: kind or "UNKNOWN" for name, kind in known[full].items() if "." not in name}
        for short, full in names.items()
        if known.get(full)
    }
    found = qualify(
        query,
        dialect=question.dialect,
        schema=schema,
        quote_identifiers=False,
        identify=False,
        validate_qualify_columns=False,
    )
    for node in list(found.find_all(exp.Pseudocolumn)):
        node.replace(exp.Column(**{role: value.copy() for role, value in node.args.items() if value}))
    return found


def _select_of(tree: exp.Expr) -> exp.Select:
    query = tree.unnest() if isinstance(tree, exp.Subquery) else tree
    if not isinstance(query, exp.Select):
        raise NotReadableError("its rows come from several queries put together")
    return query


def _without_aggregates(query: exp.Select) -> None:
    """The query over single rows: what an aggregate is over, instead of the aggregate."""
    for role in ("where", "group", "having"):
        query.set(role, None)
    for projection in query.expressions:
        for node in [each for each in own_nodes(projection) if isinstance(each, exp.AggFunc)]:
            if not isinstance(node, ONE_ROW) or isinstance(node.this, exp.Distinct):
                raise NotReadableError(f"`{node.sql_name()}` cannot be told from a single row")
            node.replace(exp.Paren(this=node.this.copy()))


def _only(query: exp.Select, question: ComputationQuestion) -> exp.Select:
    """The query with the asked output alone."""
    wanted = question.column.rpartition(".")[2].lower()
    named = [each for each in query.expressions if each.alias_or_name.lower() == wanted]
    if not question.column:
        keys = {key.sql() for key in (query.args.get("group") or exp.Group()).expressions}
        named = [each for each in query.expressions if each.unalias().sql() not in keys]
        if len(named) > 1:
            raise NotReadableError("it has several outputs, and `column:` names none of them")
    if len(named) != 1:
        raise NotReadableError(f"it has no output `{question.column}`")
    query.set("expressions", [named[0].copy()])
    for role in ("order", *([] if query.args.get("limit") else ["distinct"])):
        query.set(role, None)
    return query


def _without_idle_joins(select: exp.Select) -> exp.Select:
    """The query without joins that neither add columns nor repeat or drop rows."""
    try:
        return eliminate_joins(pushdown_projections(plain_conditions(select.copy())))
    except (SqlglotError, AttributeError, KeyError):
        return select


def _reduced(select: exp.Select, *, is_folded: bool) -> exp.Select:
    while True:
        is_end = aggregates(select)
        inner = (folded(select) if is_folded else None) if is_end else _handed_on(select)
        if inner is None:
            return select
        select = inner


def _handed_on(select: exp.Select) -> exp.Select | None:
    """The query that makes the values of an outer one, which picks and arranges them; None at the end.

    It is taken out of the outer one.
    """
    value = select.expressions[0].unalias()
    if value.find(exp.Window, exp.Select, exp.SetOperation):
        return None
    owners = {column.table for column in value.find_all(exp.Column)}
    source = _source(select, owners.pop()) if len(owners) == 1 else None
    if isinstance(source, exp.Table):
        return _alone(select, source)
    inner = source.this if isinstance(source, exp.Subquery) else None
    if not isinstance(inner, exp.Select) or source is None or source.args.get("pivots"):
        return None
    made = {each.alias_or_name: each.unalias() for each in inner.expressions}
    value = value.copy()
    for column in list(value.find_all(exp.Column)):
        if column.name not in made:
            return None
        put = made[column.name].copy()
        value = put if column is value else _replaced(value, column, put)
    inner.pop()
    inner.set("expressions", [exp.alias_(value, "value")])
    for role in ONLY_SHOWN:
        inner.set(role, None)
    return inner


def _replaced(value: exp.Expr, column: exp.Expr, put: exp.Expr) -> exp.Expr:
    column.replace(exp.Paren(this=put) if isinstance(put, exp.Binary | exp.Unary) else put)
    return value


def _alone(select: exp.Select, table: exp.Table) -> exp.Select | None:
    """The value over its one table; None where it is that already."""
    others = [role for role in ("joins", "where", "laterals", *ONLY_SHOWN) if select.args.get(role)]
    if not others and not table.args.get("joins"):
        return None
    table = table.copy()
    table.set("joins", None)
    return exp.Select(expressions=[select.expressions[0].copy()], from_=exp.From(this=table))


def _sources(select: exp.Select) -> list[exp.Expr]:
    from_ = select.args.get("from_")
    found = [from_.this] if isinstance(from_, exp.From) else []
    joins = [*(select.args.get("joins") or []), *((found and found[0].args.get("joins")) or [])]
    found += [join.this for join in joins]
    return found


def _source(select: exp.Select, alias: str) -> exp.Expr | None:
    return next((each for each in _sources(select) if each.alias_or_name == alias), None)
