"""What each kind of expression does to the columns inside it: a table of rules, one per node type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sqlglot import exp

from .relations import AGGREGATED, CONDITION, MASKED, SORT, TRANSFORMED, WINDOW

Part = tuple[exp.Expr, int]
"""A part of an expression, and the traits its columns gain on the way out."""

Rule = Callable[[exp.Expr], Iterable[Part]]

MASKING_NAMES = frozenset(
    {"hash", "sha", "sha1", "sha224", "sha256", "sha384", "sha512", "sha2", "sha512_256", "md5", "md5_hex",
     "xxhash64", "xxhash32", "murmur_hash3", "farm_fingerprint", "crc32", "hashbytes", "fnv_hash",
     "siphash64", "cityhash64", "checksum", "binary_checksum", "hash_agg", "mask", "ora_hash",
     "standard_hash"}
)  # fmt: skip
"""Functions after which the original value is no longer there."""

DATE_PARTS = frozenset(
    {"MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "ISOWEEK", "MONTH", "QUARTER",
     "YEAR", "ISOYEAR", "DAYOFWEEK", "DAYOFYEAR"}
)  # fmt: skip

MASKING_TYPES: tuple[type[exp.Expr], ...] = (
    exp.MD5, exp.MD5Digest, exp.MD5NumberLower64, exp.MD5NumberUpper64, exp.SHA, exp.SHA1Digest, exp.SHA2,
    exp.SHA2Digest, exp.FarmFingerprint, exp.StandardHash, exp.HashAgg,
)  # fmt: skip

COUNTING: tuple[type[exp.Expr], ...] = (exp.Count, exp.CountIf, exp.ApproxDistinct)

PICKING: tuple[type[exp.Expr], ...] = (exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue)
"""Aggregates by grammar that hand on the value of one row."""

SILENT: tuple[type[exp.Expr], ...] = (
    exp.Literal, exp.DataType, exp.Identifier, exp.Var, exp.Null, exp.Boolean, exp.Star, exp.Placeholder,
    exp.Parameter, exp.SessionParameter, exp.WindowSpec, exp.JSONPath, exp.Interval,
)  # fmt: skip
"""Nodes in which no column can stand. An interval may hold one, and then has a rule."""


def rule_for(kind: type[exp.Expr]) -> Rule:
    """The rule of a node type."""
    if kind in RULES:
        return RULES[kind]
    if issubclass(kind, MASKING_TYPES):
        return _masked
    if issubclass(kind, COUNTING):
        return _counted
    if issubclass(kind, exp.AggFunc) and not issubclass(kind, PICKING):
        return _aggregated
    return _transformed


def _transformed(node: exp.Expr) -> Iterator[Part]:
    return ((child, TRANSFORMED) for child in node.iter_expressions())


def _masked(node: exp.Expr) -> Iterator[Part]:
    return ((child, TRANSFORMED | MASKED) for child in node.iter_expressions())


def _counted(node: exp.Expr) -> Iterator[Part]:
    return ((child, AGGREGATED | MASKED) for child in node.iter_expressions())


def _aggregated(node: exp.Expr) -> Iterator[Part]:
    return ((child, AGGREGATED) for child in node.iter_expressions())


def _pass(node: exp.Expr) -> Iterator[Part]:
    return ((child, 0) for child in node.iter_expressions())


def _nothing(node: exp.Expr) -> Iterator[Part]:  # noqa: ARG001 - one signature for all rules
    return iter(())


def _named(node: exp.Expr, traits: dict[str, int]) -> Iterator[Part]:
    """Parts by their role in the node; roles not named are transformed."""
    for role, value in node.args.items():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, exp.Expr):
                yield child, traits.get(role, TRANSFORMED)


def _if(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"this": CONDITION})


def _window(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"this": TRANSFORMED, "partition_by": WINDOW, "order": WINDOW, "alias": 0})


def _second_decides(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"expression": CONDITION})


def _having_max(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"this": 0, "expression": CONDITION})


def _arg_max(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"this": AGGREGATED, "expression": CONDITION})


def _order(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"this": 0, "expressions": SORT})


def _filter(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"this": 0, "expression": CONDITION})


def _within_group(node: exp.Expr) -> Iterator[Part]:
    yield node.this, AGGREGATED
    order = node.args.get("expression")
    for ordered in order.expressions if isinstance(order, exp.Order) else ():
        yield ordered, AGGREGATED


def _anonymous(node: exp.Expr) -> Iterator[Part]:
    name = node.name.lower()
    traits = TRANSFORMED | (MASKED if name in MASKING_NAMES else 0)
    has_parts = "date" in name or "time" in name
    return ((child, traits) for child in node.expressions if not (has_parts and _is_date_part(child)))


def _is_date_part(node: exp.Expr) -> bool:
    """`DAY` and the like, which the parser takes for a column where it does not know the function."""
    return isinstance(node, exp.Column) and not node.table and node.name.upper() in DATE_PARTS


def _anonymous_aggregate(node: exp.Expr) -> Iterator[Part]:
    return ((child, AGGREGATED) for child in node.expressions)


def _in(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"query": CONDITION})


def _bracket(node: exp.Expr) -> Iterator[Part]:
    return _named(node, {"this": TRANSFORMED, "expressions": CONDITION})


def _values_only(node: exp.Expr) -> Iterator[Part]:
    """A keyword argument: its value counts, its name is no column."""
    if isinstance(node.expression, exp.Expr):
        yield node.expression, 0


def _extract(node: exp.Expr) -> Iterator[Part]:
    if isinstance(node.expression, exp.Expr):
        yield node.expression, TRANSFORMED


def _lambda(node: exp.Expr) -> Iterator[Part]:
    yield node.this, TRANSFORMED


RULES: dict[type[exp.Expr], Rule] = {
    **dict.fromkeys(SILENT, _nothing),
    **dict.fromkeys((exp.Alias, exp.Paren, exp.Distinct, exp.Ordered, exp.Tuple, exp.Limit), _pass),
    **dict.fromkeys((exp.IgnoreNulls, exp.RespectNulls, exp.PivotAlias, exp.Explode, exp.Posexplode), _pass),
    **dict.fromkeys((exp.PropertyEQ, exp.Kwarg), _values_only),
    exp.Interval: _transformed,
    exp.If: _if,
    exp.Case: lambda node: _named(node, {"this": CONDITION, "ifs": 0}),
    exp.Nullif: _second_decides,
    exp.Window: _window,
    exp.HavingMax: _having_max,
    exp.ArgMax: _arg_max,
    exp.ArgMin: _arg_max,
    exp.Order: _order,
    exp.Filter: _filter,
    exp.WithinGroup: _within_group,
    exp.Anonymous: _anonymous,
    exp.AnonymousAggFunc: _anonymous_aggregate,
    exp.CombinedAggFunc: _anonymous_aggregate,
    exp.In: _in,
    exp.Bracket: _bracket,
    exp.Extract: _extract,
    exp.Lambda: _lambda,
}
"""Node type → which parts it has and what it does to them."""
