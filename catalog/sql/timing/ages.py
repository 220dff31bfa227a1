"""Conditions that compare a date with the day of the run → how old a row must be, or may be."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from ..canonical.names import line_of
from .values import Age

MINUTES = {"MINUTE": 1, "HOUR": 60, "DAY": 1440, "WEEK": 10080, "ISOWEEK": 10080, "MONTH": 43200,
           "QUARTER": 131040, "YEAR": 525600}  # fmt: skip
"""Unit → minutes, as lengths of time are compared elsewhere."""

NOW = (exp.CurrentDate, exp.CurrentTimestamp, exp.CurrentDatetime, exp.Parameter, exp.Placeholder)
"""What stands for the day of the run. A parameter does: what else would a date be compared with."""

SAME_DAY = (exp.Paren, exp.Cast, exp.TryCast, exp.Date, exp.Timestamp, exp.TsOrDsToDate, exp.Datetime)
"""What changes the type of a time, and not the day it is of."""

MOVES: dict[type[exp.Expr], int] = {
    exp.Sub: -1, exp.DateSub: -1, exp.TimestampSub: -1, exp.DatetimeSub: -1, exp.TsOrDsAdd: 1,
    exp.Add: 1, exp.DateAdd: 1, exp.TimestampAdd: 1, exp.DatetimeAdd: 1,
}  # fmt: skip
"""Kinds of expression that move a time, and in which direction."""

SPANS = (exp.DateDiff, exp.TimestampDiff, exp.DatetimeDiff)

COMPARISONS: dict[type[exp.Expr], bool] = {exp.LT: True, exp.LTE: True, exp.GT: False, exp.GTE: False}
"""Comparison → whether its left side is the smaller."""


def ages_in(node: exp.Expr, dialect: str) -> Iterator[Age]:
    """The ages that an expression asks for; those under NOT or OR need not hold, and are left out."""
    for each in node.walk(prune=lambda one: isinstance(one, exp.Not | exp.Or | exp.Query)):
        found = _age(each)
        if found is not None:
            minutes, is_least = found
            yield Age(round(minutes), is_least, each.sql(dialect, comments=False), line_of(each))


def _age(node: exp.Expr) -> tuple[float, bool] | None:
    """Minutes, and whether they are the least; None where it is no condition on the age of a row."""
    if isinstance(node, exp.Between):
        low = _moved(node.args["low"], is_now=True)
        return (-low, False) if low is not None and low < 0 and node.this.find(exp.Column) else None
    smaller = COMPARISONS.get(type(node))
    if smaller is None:
        return None
    first, second = (node.this, node.expression) if smaller else (node.expression, node.this)
    return _of_span(first, second) or _of_moved(first, second)


def _of_span(smaller: exp.Expr, larger: exp.Expr) -> tuple[float, bool] | None:
    """`DATE_DIFF(today, date, DAY) >= 28` and its like."""
    for span, number, is_least in ((larger.unnest(), smaller, True), (smaller.unnest(), larger, False)):
        if (
            isinstance(span, SPANS)
            and _moved(span.this, is_now=True) == 0
            and span.expression.find(exp.Column)
        ):
            length = _number(number)
            unit = MINUTES.get(_unit(span))
            return (length * unit, is_least) if length and unit and length > 0 else None
    return None


def _of_moved(smaller: exp.Expr, larger: exp.Expr) -> tuple[float, bool] | None:
    """`date <= today - 28`, `date + 28 <= today` and their like."""
    for date, now, is_least in ((smaller, larger, True), (larger, smaller, False)):
        moved, moved_now = _moved(date, is_now=False), _moved(now, is_now=True)
        if moved is not None and moved_now is not None:
            minutes = moved - moved_now
            return (minutes, is_least) if minutes > 0 else None
    return None


def _moved(node: exp.Expr, *, is_now: bool) -> float | None:
    """By how many minutes a time is moved: the day of the run, or a column; None where it is neither."""
    if isinstance(node, NOW):
        return 0.0 if is_now else None
    if isinstance(node, exp.Column):
        return None if is_now else 0.0
    if isinstance(node, SAME_DAY):
        return _moved(node.this, is_now=is_now)
    direction = MOVES.get(type(node))
    if direction is None:
        return None
    base, by = _moved(node.this, is_now=is_now), _length(node)
    return None if base is None or by is None else base + direction * by


def _length(node: exp.Expr) -> float | None:
    """The minutes by which an expression moves a time; a bare number is of days."""
    by = node.expression
    if isinstance(by, exp.Interval):
        number, unit = _number(by.this), _unit(by)
    else:
        number, unit = _number(by), _unit(node) or "DAY"
    minutes = MINUTES.get(unit)
    return None if number is None or minutes is None else number * minutes


def _number(node: exp.Expr | None) -> float | None:
    if isinstance(node, exp.Neg):
        inner = _number(node.this)
        return None if inner is None else -inner
    if not isinstance(node, exp.Literal):
        return None
    try:
        return float(node.name)
    except ValueError:
        return None


def _unit(node: exp.Expr) -> str:
    unit = node.args.get("unit")
    return unit.name.upper().removesuffix("S") if isinstance(unit, exp.Expr) else ""
