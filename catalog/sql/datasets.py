"""Expressions over one relation as semantic models have them: columns by dataset, conditions inside."""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from .parsing import PARSER_FAULTS, quiet
from .translated import Aggregation, Dataset

OF_A_VALUE = (
    exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Count, exp.Median, exp.Stddev, exp.StddevPop, exp.StddevSamp,
    exp.Variance, exp.VariancePop, exp.ApproxDistinct, exp.CountIf,
)  # fmt: skip
"""Aggregates that leave NULL out, so that a row counts no more once its value is NULL."""

LEAST_KNOWN = (exp.Query, exp.Window, exp.Lambda, exp.Unnest)
"""What stands in an expression that is not taken apart here."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The dataset, the first words of its columns, and the words that stand for its relation in SQL."""

    dataset: str
    columns: frozenset[str]
    relation: frozenset[str]


def over_dataset(aggregation: Aggregation, dataset: Dataset, dialect: str) -> str | None:
    """The expression with its dataset before each column, and its condition inside of each aggregate.

    None where that cannot be said, or may not give the same value. `COUNT(*)` alone names no dataset, and so
    counts the key.
    """
    last = aggregation.source.rpartition(".")[2]
    heads = frozenset(name.partition(".")[0].casefold() for name in dataset.columns)
    names = _Names(dataset.name, heads, frozenset({last.casefold(), aggregation.source.casefold()}))
    try:
        with quiet():
            value = _parsed(aggregation.expression, dialect)
            condition = _parsed(aggregation.condition or "TRUE", dialect)
            if not aggregation.condition:
                _count_key(value, dataset.key)
            if not _qualify(value, names) or not _qualify(condition, names):
                return None
            if aggregation.condition and not _restrict(value, condition.this):
                return None
            return value.this.sql(dialect=dialect) if value.find(exp.Column) else None
    except PARSER_FAULTS:
        return None


def _parsed(sql: str, dialect: str) -> exp.Paren:
    """The tree in parentheses, so that whatever is in it can be replaced."""
    return exp.Paren(this=sqlglot.parse_one(sql, dialect=dialect))


def _count_key(tree: exp.Expr, key: str | None) -> None:
    """Lets an expression that names no column count the key in place of rows."""
    if key is not None and tree.find(exp.Column) is None:
        for count in list(tree.find_all(exp.Count)):
            if isinstance(count.this, exp.Star):
                count.set("this", exp.column(key))


def _qualify(tree: exp.Expr, names: _Names) -> bool:
    """Puts the dataset before each column; False where one may be of something else."""
    if tree.find(*LEAST_KNOWN):
        return False
    for column in list(tree.find_all(exp.Column)):
        parts = [part.copy() for part in column.parts]
        if len(parts) > 1 and parts[0].name.casefold() not in names.columns:
            if ".".join(part.name for part in parts[:-1]).casefold() not in names.relation:
                return False
            parts = parts[-1:]
        own = exp.Column(this=parts[0], table=exp.to_identifier(names.dataset))
        column.replace(exp.Dot.build([own, *parts[1:]]) if len(parts) > 1 else own)
    return True


def _restrict(tree: exp.Expr, condition: exp.Expr) -> bool:
    """Lets each aggregate see only the rows that meet a condition; False where one cannot."""
    aggregates = list(tree.find_all(exp.AggFunc))
    if tree.find(exp.Filter):
        return False
    return bool(aggregates) and all(_restricted(each, condition) for each in aggregates)


def _restricted(aggregate: exp.AggFunc, condition: exp.Expr) -> bool:
    if not isinstance(aggregate, OF_A_VALUE) or aggregate.expressions:
        return False
    value = aggregate.this
    if isinstance(value, exp.Distinct):
        if len(value.expressions) != 1:
            return False
        value.set("expressions", [_if_met(condition, value.expressions[0])])
    else:
        aggregate.set("this", _if_met(condition, value))
    return True


def _if_met(condition: exp.Expr, value: exp.Expr) -> exp.Case:
    """The value of rows that meet the condition, NULL of others."""
    counted = exp.Literal.number(1) if isinstance(value, exp.Star) else value.copy()
    return exp.Case().when(condition.copy(), counted)
