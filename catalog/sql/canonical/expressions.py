"""An expression → its canonical text: the same for expressions that have the same value for every row.

Rules hold under SQL's three-valued logic and for NaN; where one does not, it is not here: `NOT a < b` stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from sqlglot import exp

from .texts import is_volatile, joined, word

PLUS_JOINS_TEXTS = frozenset({"tsql", "fabric", "tableau", "duckdb", "prql", "clickhouse"})
"""Dialects in which `+` may put texts, lists or times together, so that its order counts."""

BUILT_IN_PREFIXES = frozenset({"SAFE", "NET", "HLL_COUNT", "KEYS", "AEAD"})
"""Names before a function that are no schema (BigQuery)."""

UNSAID = (None, False, "")
"""Values of an argument that say nothing. 0 is not among them."""

IGNORED: dict[type[exp.Expr], frozenset[str]] = {
    exp.Coalesce: frozenset({"is_nvl", "is_null"}),
    exp.Count: frozenset({"big_int"}),
}
"""What the parser notes of how a thing is written, and that does not change its value."""


class Names(Protocol):
    """What an expression knows of the query around it."""

    @property
    def dialect(self) -> str:
        """The name of the dialect."""

    def column(self, column: exp.Expr) -> str:
        """The canonical text of a column."""

    def identifier(self, identifier: exp.Expr) -> str:
        """A name in the dialect's own case."""

    def query(self, query: exp.Expr, *, only_rows: bool = False) -> str:
        """The canonical text of a query within the expression."""

    def window(self, name: exp.Expr) -> exp.Expr | None:
        """The definition of a named window."""

    def binding(self, names: Iterable[exp.Expr]) -> Names:
        """The same, with names in sight that are no columns."""


def normal(node: exp.Expr, names: Names) -> str:
    """The canonical text of an expression."""
    return FORMS.get(type(node), _generic)(node, names)


def conjuncts(node: exp.Expr, names: Names, *, is_true: bool = True) -> list[str]:
    """The texts of conditions that all hold where a condition holds (or does not: `is_true`)."""
    node, is_true = _bare(node, is_true=is_true)
    if isinstance(node, exp.And if is_true else exp.Or):
        operands = node.flatten(unnest=True)
        return [text for operand in operands for text in conjuncts(operand, names, is_true=is_true)]
    if isinstance(node, exp.Between) and is_true and not node.args.get("symmetric"):
        return _bounds(node, names)
    if _is_list(node) and not is_true:
        return _comparisons("ne", node, names)
    return [_condition(node, names, is_true=is_true)]


def _alternatives(node: exp.Expr, names: Names, *, is_true: bool) -> list[str]:
    """The texts of conditions of which one holds: the mirror image of `conjuncts`."""
    node, is_true = _bare(node, is_true=is_true)
    if isinstance(node, exp.Or if is_true else exp.And):
        operands = node.flatten(unnest=True)
        return [text for operand in operands for text in _alternatives(operand, names, is_true=is_true)]
    if isinstance(node, exp.Between) and not is_true and not node.args.get("symmetric"):
        return [f"not({bound})" for bound in _bounds(node, names)]
    if _is_list(node) and is_true:
        return _comparisons("eq", node, names)
    return [_condition(node, names, is_true=is_true)]


def _condition(node: exp.Expr, names: Names, *, is_true: bool) -> str:
    """One condition, or that it does not hold."""
    node, is_true = _bare(node, is_true=is_true)
    if isinstance(node, exp.And | exp.Or):
        is_all = isinstance(node, exp.And) == is_true
        split = conjuncts if is_all else _alternatives
        return joined("and" if is_all else "or", split(node, names, is_true=is_true))
    if isinstance(node, exp.Between) and not node.args.get("symmetric"):
        bounds = _bounds(node, names)
        return joined("and", bounds) if is_true else joined("or", [f"not({bound})" for bound in bounds])
    if _is_list(node):
        return _listed(node, names, is_true=is_true)
    if isinstance(node, exp.EQ | exp.NEQ):
        return _compared("eq" if isinstance(node, exp.EQ) == is_true else "ne", node, names)
    text = VALUES.get(type(node), _generic)(node, names)
    return text if is_true else f"not({text})"


def _bare(node: exp.Expr, *, is_true: bool) -> tuple[exp.Expr, bool]:
    """What is inside of parentheses and NOT, and whether it has to hold."""
    while isinstance(node, exp.Paren | exp.Not):
        is_true = is_true != isinstance(node, exp.Not)
        node = node.this
    return node, is_true


def _as_condition(node: exp.Expr, names: Names) -> str:
    return _condition(node, names, is_true=True)


def _bounds(node: exp.Between, names: Names) -> list[str]:
    value, low, high = (normal(node.args[role], names) for role in ("this", "low", "high"))
    return [f"lte({low},{value})", f"lte({value},{high})"]


def _is_list(node: exp.Expr) -> bool:
    if not isinstance(node, exp.In) or not node.expressions:
        return False
    return not any(value for role, value in node.args.items() if role not in ("this", "expressions"))


def _comparisons(word: str, node: exp.Expr, names: Names) -> list[str]:
    """`x IN (a, b)` as comparisons, each of which stands for itself."""
    value = normal(node.this, names)
    if is_volatile(value):
        return [_listed(node, names, is_true=word == "eq")]
    return [_pair(word, value, normal(each, names)) for each in node.expressions]


def _listed(node: exp.Expr, names: Names, *, is_true: bool) -> str:
    value = normal(node.this, names)
    listed = sorted({normal(each, names) for each in node.expressions})
    if is_volatile(value):
        text = f"in({value},{','.join(listed)})"
        return text if is_true else f"not({text})"
    word = "eq" if is_true else "ne"
    return joined("or" if is_true else "and", [_pair(word, value, each) for each in listed])


def _compared(word: str, node: exp.Expr, names: Names) -> str:
    return _pair(word, normal(node.this, names), normal(node.expression, names))


def _pair(word: str, one: str, other: str) -> str:
    return f"{word}({','.join(sorted((one, other)))})"


def _swapped(word: str) -> Callable[[exp.Expr, Names], str]:
    def form(node: exp.Expr, names: Names) -> str:
        return f"{word}({normal(node.expression, names)},{normal(node.this, names)})"

    return form


def _either_way(node: exp.Expr, names: Names) -> str:
    return _compared(node.key, node, names)


def _sum(node: exp.Expr, names: Names) -> str:
    """`a + b`, in any order unless `+` may put texts together."""
    operands = _operands(node)
    texts = [normal(operand, names) for operand in operands]
    is_text = any(isinstance(operand, exp.Literal) and operand.is_string for operand in operands)
    if is_text or names.dialect in PLUS_JOINS_TEXTS:
        return f"add({normal(node.this, names)},{normal(node.expression, names)})"
    return f"add({','.join(sorted(texts))})"


def _product(node: exp.Expr, names: Names) -> str:
    return f"mul({','.join(sorted(normal(operand, names) for operand in _operands(node)))})"


def _operands(node: exp.Expr) -> list[exp.Expr]:
    """The operands of a chain of the same operator, whatever its parentheses."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop().unnest()
        if type(one) is type(node):
            waiting += [one.expression, one.this]
        else:
            found.append(one)
    return found


def _case(node: exp.Expr, names: Names) -> str:
    value = node.args.get("this")
    if value and is_volatile(normal(value, names)):
        return _generic(node, names)
    branches = []
    for branch in node.args["ifs"]:
        found = branch.this
        when = _pair("eq", normal(value, names), normal(found, names)) if value else normal(found, names)
        branches.append(f"{when}:{normal(branch.args['true'], names)}")
    return _branches(branches, node.args.get("default"), names)


def _if(node: exp.Expr, names: Names) -> str:
    branch = f"{normal(node.this, names)}:{normal(node.args['true'], names)}"
    return _branches([branch], node.args.get("false"), names)


def _branches(branches: list[str], otherwise: exp.Expr | None, names: Names) -> str:
    last = "" if otherwise is None or isinstance(otherwise, exp.Null) else f";{normal(otherwise, names)}"
    return f"case({';'.join(branches)}{last and '|' + last})"


def _count(node: exp.Expr, names: Names) -> str:
    counted = node.this
    is_every_row = isinstance(counted, exp.Star | exp.Literal) and not node.expressions
    return "count()" if is_every_row else _generic(node, names)


def _window(node: exp.Expr, names: Names) -> str:
    """A function over a window. The order of partition keys does not count; a named window is opened."""
    args = dict(node.args)
    alias = args.pop("alias", None)
    named = names.window(alias) if alias is not None else None
    if named is not None:
        args = {role: args.get(role) or named.args.get(role) for role in {*args, *named.args} - {"alias"}}
        args["this"] = node.this
    elif alias is not None:
        args["alias"] = alias
    partition = sorted({normal(key, names) for key in args.pop("partition_by", None) or ()})
    rest = ",".join(
        f"{role}={_written(value, names)}" for role, value in sorted(args.items()) if _says(value)
    )
    return f"window({rest},by=[{','.join(partition)}])"


def _lambda(node: exp.Expr, names: Names) -> str:
    inside = names.binding(node.expressions)
    bound = ",".join(each.name for each in node.expressions)
    return f"lambda({bound}:{normal(node.this, inside)})"


def _literal(node: exp.Expr, _: Names) -> str:
    return repr(node.name) if node.is_string else node.name.lower()


def _subquery(node: exp.Expr, names: Names) -> str:
    has_more = any(value for role, value in node.args.items() if role not in ("this", "alias"))
    return names.query(node) if has_more else normal(node.this, names)


def _query(node: exp.Expr, names: Names) -> str:
    return names.query(node)


def _exists(node: exp.Expr, names: Names) -> str:
    query = node.this.unnest() if isinstance(node.this, exp.Subquery) else node.this
    is_query = isinstance(query, exp.Query)
    return f"exists({names.query(query, only_rows=True)})" if is_query else _generic(node, names)


def _column(node: exp.Expr, names: Names) -> str:
    return names.column(node)


def _identifier(node: exp.Expr, names: Names) -> str:
    return word(names.identifier(node))


def _frame(node: exp.Expr, names: Names) -> str:
    """Rows or range of a window; keywords are texts here."""
    said = sorted((role, value) for role, value in node.args.items() if _says(value))
    written = (value.upper() if isinstance(value, str) else _written(value, names) for _, value in said)
    return f"frame({','.join(f'{role}={text}' for (role, _), text in zip(said, written, strict=True))})"


def _dot(node: exp.Expr, names: Names) -> str:
    """A field, or a function of several names, whose case counts unless it is built in."""
    owner, member = node.this, node.expression
    if not isinstance(member, exp.Anonymous):
        return _generic(node, names)
    is_built_in = owner.name.upper() in BUILT_IN_PREFIXES
    name = str(member.this).upper() if is_built_in else str(member.this)
    path = owner.name.upper() if is_built_in else normal(owner, names)
    return f"anonymous({path}.{name}:{_written(member.expressions, names)})"


def _function(node: exp.Expr, names: Names) -> str:
    """A function that the parser does not know."""
    return f"anonymous({str(node.this).upper()}:{_written(node.expressions, names)})"


def _generic(node: exp.Expr, names: Names) -> str:
    """Any other expression: its name, and its arguments under theirs."""
    ignored = IGNORED.get(type(node), frozenset())
    said = sorted((role, value) for role, value in node.args.items() if role not in ignored and _says(value))
    return f"{node.key}({','.join(f'{role}={_written(value, names)}' for role, value in said)})"


def _says(value: object) -> bool:
    return not any(value is unsaid for unsaid in UNSAID) and value != []


def _written(value: object, names: Names) -> str:
    if isinstance(value, exp.Expr):
        return normal(value, names)
    if isinstance(value, list | tuple):
        return f"[{','.join(_written(each, names) for each in value)}]"
    return str(value) if isinstance(value, bool | int) else repr(value)


VALUES: dict[type[exp.Expr], Callable[[exp.Expr, Names], str]] = {
    exp.Column: _column,
    exp.Identifier: _identifier,
    exp.Literal: _literal,
    exp.Var: lambda node, _: f"var({node.name.upper()})",
    exp.LT: lambda node, names: f"lt({normal(node.this, names)},{normal(node.expression, names)})",
    exp.LTE: lambda node, names: f"lte({normal(node.this, names)},{normal(node.expression, names)})",
    exp.GT: _swapped("lt"),
    exp.GTE: _swapped("lte"),
    exp.NullSafeEQ: _either_way,
    exp.NullSafeNEQ: _either_way,
    exp.Add: _sum,
    exp.Mul: _product,
    exp.Case: _case,
    exp.If: _if,
    exp.Count: _count,
    exp.Window: _window,
    exp.WindowSpec: _frame,
    exp.Lambda: _lambda,
    exp.Dot: _dot,
    exp.Anonymous: _function,
    exp.Subquery: _subquery,
    exp.Select: _query,
    exp.Union: _query,
    exp.Intersect: _query,
    exp.Except: _query,
    exp.Exists: _exists,
}
"""Kind of expression → how its text is made; any other by `_generic`."""

CONDITIONS = (exp.And, exp.Or, exp.Not, exp.Paren, exp.In, exp.Between, exp.EQ, exp.NEQ)

FORMS = VALUES | dict.fromkeys(CONDITIONS, _as_condition)
