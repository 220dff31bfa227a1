"""Several ways to write a calculation, brought to one: divisions, conditional counts, casts to numbers."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from .folding import is_number


def in_one_spelling(select: exp.Select) -> exp.Select:
    """The query with its divisions and counts written in one way."""
    # What stands deeper comes first: a division is put together from what its parts have become.
    for node in reversed(list(select.find_all(exp.SafeDivide, exp.Div, exp.Cast, exp.Sum, exp.Count))):
        put = _respelled(node)
        if put is not None and node is not select:
            node.replace(put)
    return select


def split_sums(select: exp.Select, is_never_null: Callable[[exp.Column], bool]) -> exp.Select:
    """The query with `SUM(a + b)` as `SUM(a) + SUM(b)`, where no row has the one without the other.

    With NULL in one of the two, the row is lost to the first and not to the second: so it is done where both
    are known to be never null. `SUM(60 * a)` is `60 * SUM(a)` whatever `a` is, and `COUNT(a)` of what is
    never null counts rows.
    """
    for node in list(select.find_all(exp.Sum, exp.Count)):
        if isinstance(node.parent, exp.Window):
            continue
        put = (
            _counted_rows(node, is_never_null) if isinstance(node, exp.Count) else _split(node, is_never_null)
        )
        if put is not None:
            node.replace(put)
    return select


def _counted_rows(count: exp.Expr, is_never_null: Callable[[exp.Column], bool]) -> exp.Expr | None:
    is_column = isinstance(count.this, exp.Column) and not count.expressions
    return exp.Count(this=exp.Star()) if is_column and is_never_null(count.this) else None


def _split(node: exp.Expr, is_never_null: Callable[[exp.Column], bool]) -> exp.Expr | None:
    """A sum of sums or of a multiple in parts; None where it is to stay as it is."""
    inner = node.this.unnest()
    if isinstance(inner, exp.Add | exp.Sub):
        parts = [inner.this.unnest(), inner.expression.unnest()]
        if not all(_has_value(part, is_never_null) for part in parts):
            return None
        sums = [_split(each, is_never_null) or each for each in (exp.Sum(this=part.copy()) for part in parts)]
        return exp.Paren(this=type(inner)(this=sums[0], expression=sums[1]))
    if isinstance(inner, exp.Mul):
        factors = [inner.this.unnest(), inner.expression.unnest()]
        numbers = [each for each in factors if isinstance(each, exp.Literal) and not each.is_string]
        if len(numbers) == 1:
            (rest,) = (each for each in factors if each is not numbers[0])
            total = exp.Sum(this=rest.copy())
            return exp.Paren(
                this=exp.Mul(this=numbers[0].copy(), expression=_split(total, is_never_null) or total)
            )
    return None


def _has_value(node: exp.Expr, is_never_null: Callable[[exp.Column], bool]) -> bool:
    """Is an expression never null?"""
    if isinstance(node, exp.Column):
        return is_never_null(node)
    if isinstance(node, exp.Literal):
        return True
    if isinstance(node, exp.Coalesce):
        return any(_has_value(each.unnest(), is_never_null) for each in (node.this, *node.expressions))
    if isinstance(node, exp.Add | exp.Sub | exp.Mul):
        return all(_has_value(each.unnest(), is_never_null) for each in (node.this, node.expression))
    if isinstance(node, exp.If):
        branches = node.args["true"], node.args.get("false")
        return all(each is not None and _has_value(each.unnest(), is_never_null) for each in branches)
    return False


def plain_conditions(select: exp.Select) -> exp.Select:
    """The query with `NOT a <> b` as `a = b`, and without double negation: the same with NULL too."""
    for node in reversed(list(select.find_all(exp.Not))):
        inner = node.this.unnest()
        if isinstance(inner, exp.Not):
            node.replace(inner.this.copy())
        elif isinstance(inner, exp.EQ | exp.NEQ):
            other = exp.NEQ if isinstance(inner, exp.EQ) else exp.EQ
            node.replace(other(this=inner.this.copy(), expression=inner.expression.copy()))
    for paren in reversed(list(select.find_all(exp.Paren))):
        if isinstance(paren.this, exp.EQ | exp.Paren) and isinstance(
            paren.parent, exp.And | exp.Join | exp.Where
        ):
            paren.replace(paren.this.copy())
    return select


def _respelled(node: exp.Expr) -> exp.Expr | None:
    if isinstance(node, exp.SafeDivide):
        return _division(node.this, node.expression)
    if isinstance(node, exp.Div):
        return _division(node.this, node.expression)
    if isinstance(node, exp.Cast):
        return node.this.copy() if is_number(node) and _is_computed(node.this) else None
    return _conditional_count(node) if isinstance(node, exp.Sum | exp.Count) else None


def _is_computed(node: exp.Expr) -> bool:
    """Is it a number already, since it was counted or added up?"""
    return isinstance(node.unnest(), exp.AggFunc | exp.Binary)


def _division(above: exp.Expr, below: exp.Expr) -> exp.Expr | None:
    """`a / b`: that a division by zero has no value is how it is written, not what it computes."""
    bare = below.unnest()
    while isinstance(bare, exp.Nullif) and _is_zero(bare.expression):
        bare = bare.this.unnest()
    return exp.Div(this=exp.Paren(this=above.copy()), expression=exp.Paren(this=bare.copy()))


def _is_zero(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and node.name in ("0", "0.0")


def _conditional_count(node: exp.Expr) -> exp.Expr | None:
    """`SUM(IF(c, 1, 0))` and `COUNT(CASE WHEN c THEN 1 END)` as `COUNTIF(c)`."""
    branch = _single_branch(node.this)
    if branch is None:
        return None
    condition, then, otherwise = branch
    if not isinstance(then, exp.Literal):
        return None
    is_sum = isinstance(node, exp.Sum) and then.name == "1" and otherwise is not None and _is_zero(otherwise)
    is_count = isinstance(node, exp.Count) and (otherwise is None or isinstance(otherwise, exp.Null))
    return exp.CountIf(this=condition.copy()) if is_sum or is_count else None


def _single_branch(node: exp.Expr | None) -> tuple[exp.Expr, exp.Expr, exp.Expr | None] | None:
    if isinstance(node, exp.If):
        return node.this, node.args["true"], node.args.get("false")
    if isinstance(node, exp.Case) and len(node.args["ifs"]) == 1 and not node.args.get("this"):
        (only,) = node.args["ifs"]
        return only.this, only.args["true"], node.args.get("default")
    return None
