"""Several ways to write a calculation, brought to one: divisions, conditional counts, casts to numbers."""

from __future__ import annotations

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
