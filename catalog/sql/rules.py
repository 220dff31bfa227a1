"""What each kind of expression does to the columns inside it: a table of rules, one per node type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlglot import exp

from .relations import AGGREGATED, CONDITION, MASKED, SORT, TRANSFORMED, WINDOW

Part = tuple[exp.Expr, int]
"""A part of an expression, and the traits its columns gain on the way out."""


class Rule(NamedTuple):
    """What a kind of expression does to the columns in its parts.

    `roles` say it for parts by their name in the node, `traits` for all others; where that is None, no column
    stands in them. `parts` finds the parts where names do not tell.
    """

    traits: int | None
    roles: Mapping[str, int] | None = None
    parts: Callable[[exp.Expr], Iterable[Part]] | None = None


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


Waiting = defaultdict[int, list[Any]]
"""Parts of an expression that are still to be looked at, by the traits that their columns gain."""


@cache
def rule_for(kind: type[exp.Expr]) -> Rule:
    """The rule of a node type."""
    if kind in RULES:
        return RULES[kind]
    if issubclass(kind, MASKING_TYPES):
        return Rule(TRANSFORMED | MASKED)
    if issubclass(kind, COUNTING):
        return Rule(AGGREGATED | MASKED)
    if issubclass(kind, exp.AggFunc) and not issubclass(kind, PICKING):
        return Rule(AGGREGATED)
    return Rule(TRANSFORMED)


def spread(node: exp.Expr, traits: int, waiting: Waiting) -> None:
    """Put the parts of a node to those that wait, each with what its role does to the columns in it."""
    others, roles, parts = rule_for(node.__class__)  # type: ignore[arg-type]  # a type is a key
    if parts is not None:
        for child, more in parts(node):
            waiting[traits | more].append(child)
    elif roles is not None:
        for role, value in node.args.items():
            gained = roles.get(role, others)
            if gained is not None:
                waiting[traits | gained].append(value)
    elif others is not None:
        waiting[traits | others] += node.args.values()


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


NO_COLUMN = Rule(None)
PASS = Rule(0)

RULES: dict[type[object], Rule] = {
    **dict.fromkeys(SILENT, NO_COLUMN),
    **dict.fromkeys((exp.Alias, exp.Paren, exp.Distinct, exp.Ordered, exp.Tuple, exp.Limit), PASS),
    **dict.fromkeys((exp.IgnoreNulls, exp.RespectNulls, exp.PivotAlias, exp.Explode, exp.Posexplode), PASS),
    **dict.fromkeys((exp.PropertyEQ, exp.Kwarg), Rule(None, {"expression": 0})),
    exp.Interval: Rule(TRANSFORMED),
    exp.If: Rule(TRANSFORMED, {"this": CONDITION}),
    exp.Case: Rule(TRANSFORMED, {"this": CONDITION, "ifs": 0}),
    exp.Nullif: Rule(TRANSFORMED, {"expression": CONDITION}),
    exp.Window: Rule(TRANSFORMED, {"partition_by": WINDOW, "order": WINDOW, "alias": 0}),
    exp.HavingMax: Rule(TRANSFORMED, {"this": 0, "expression": CONDITION}),
    exp.ArgMax: Rule(TRANSFORMED, {"this": AGGREGATED, "expression": CONDITION}),
    exp.ArgMin: Rule(TRANSFORMED, {"this": AGGREGATED, "expression": CONDITION}),
    exp.Order: Rule(TRANSFORMED, {"this": 0, "expressions": SORT}),
    exp.Filter: Rule(TRANSFORMED, {"this": 0, "expression": CONDITION}),
    exp.WithinGroup: Rule(0, parts=_within_group),
    exp.Anonymous: Rule(0, parts=_anonymous),
    exp.AnonymousAggFunc: Rule(None, {"expressions": AGGREGATED}),
    exp.CombinedAggFunc: Rule(None, {"expressions": AGGREGATED}),
    exp.In: Rule(TRANSFORMED, {"query": CONDITION}),
    exp.Bracket: Rule(TRANSFORMED, {"expressions": CONDITION}),
    exp.Extract: Rule(None, {"expression": TRANSFORMED}),
}
"""Node type → which parts it has and what it does to them."""
