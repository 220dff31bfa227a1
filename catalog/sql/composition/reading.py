"""A question → the tree of its expression, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.errors import SqlglotError

from ...naming import Naming
from ..canonical.expressions import normal
from ..canonical.names import Sight, Source, Walk
from ..canonical.queries import evaluate
from ..conforming.folding import own_nodes
from ..conforming.spelling import in_one_spelling
from ..parsing import PARSER_FAULTS, quiet
from .values import Aggregate, Composition, CompositionQuestion

READ_OFF_ORDER = (
    exp.Median, exp.PercentileCont, exp.PercentileDisc, exp.ApproxQuantile, exp.ApproxQuantiles, exp.Quantile,
)  # fmt: skip
"""Aggregates that are read off the order of values."""

FAULTS: tuple[type[Exception], ...] = (*PARSER_FAULTS, SqlglotError)


def composition_of(question: CompositionQuestion) -> Composition:
    """What the expression is made of; not read where it does not parse."""
    naming = Naming(question.dialect)
    try:
        with quiet():
            tree: exp.Expr = exp.maybe_parse(
                f"SELECT {question.expression}", dialect=question.dialect or None
            )
            if not isinstance(tree, exp.Select) or len(tree.expressions) != 1 or tree.args.get("from_"):
                return Composition(is_read=False)
            return _composition(tree, naming)
    except FAULTS:
        return Composition(is_read=False)


def _composition(tree: exp.Select, naming: Naming) -> Composition:
    unguarded = tuple(_written(each, naming) for each in own_nodes(tree.expressions[0]) if _may_fail(each))
    value = in_one_spelling(tree.copy()).expressions[0].unalias()
    sight = Sight(Walk(naming, {}, evaluate))
    sight.sources = {"": Source("", {}, ("",))}
    calls = [node for node in own_nodes(value) if isinstance(node, exp.AggFunc)]
    division = value.unnest()
    parts = [division.this, division.expression] if isinstance(division, exp.Div) else []
    return Composition(
        value=normal(value, sight),
        written=_written(tree.expressions[0], naming),
        aggregates=tuple(_aggregate(call, sight) for call in calls),
        above=normal(parts[0], sight) if parts else "",
        below=normal(parts[1], sight) if parts else "",
        has_division=value.find(exp.Div) is not None,
        unguarded=unguarded,
        averages_ratio=tuple(_written(each, naming) for each in calls if _averages_ratio(each)),
        factors=tuple(_factors(value)),
    )


def _aggregate(call: exp.AggFunc, sight: Sight) -> Aggregate:
    is_distinct = isinstance(call.this, exp.Distinct) or isinstance(call, exp.ApproxDistinct)
    kind = "COUNT DISTINCT" if is_distinct else call.sql_name().replace("COUNT_IF", "COUNTIF")
    columns = {column.name for column in call.find_all(exp.Column)}
    is_below = _is_below_the_line(call)
    written = _written(call, sight.walk.naming)
    return Aggregate(
        kind, normal(call, sight), written, tuple(sorted(columns)), is_below, isinstance(call, READ_OFF_ORDER)
    )


def _is_below_the_line(call: exp.Expr) -> bool:
    node = call
    while node.parent is not None:
        if isinstance(node.parent, exp.Div) and node.parent.expression is node:
            return True
        node = node.parent
    return False


def _may_fail(node: exp.Expr) -> bool:
    """Is it a division that fails where there is nothing to divide by?"""
    if not isinstance(node, exp.Div) or node.args.get("safe"):
        return False
    below = node.expression.unnest()
    if isinstance(below, exp.Nullif) or (isinstance(below, exp.Literal) and below.name.strip("0.") != ""):
        return False
    return node.find_ancestor(exp.Case, exp.If) is None


def _averages_ratio(call: exp.Expr) -> bool:
    return isinstance(call, exp.Avg) and call.find(exp.Div) is not None


def _factors(value: exp.Expr) -> Iterator[str]:
    """The numbers that a value is multiplied or divided by."""
    for node in own_nodes(value):
        if isinstance(node, exp.Mul | exp.Div):
            for side in (node.this.unnest(), node.expression.unnest()):
                if isinstance(side, exp.Literal) and not side.is_string:
                    yield side.name


def _written(node: exp.Expr, naming: Naming) -> str:
    return " ".join(node.sql(naming.dialect or None, comments=False).split())
