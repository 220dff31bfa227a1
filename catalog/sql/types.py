"""Types of expressions: columns are typed by the walk, sqlglot's annotator does the rest.

Where types are not asked for, only those with parts (structs, arrays) are read, as fields are found in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import TypeAnnotator
from sqlglot.schema import MappingSchema


@dataclass(frozen=True, slots=True)
class Typing:
    """Reads, infers and writes types in one dialect.

    Where there is no annotator, only a type with parts is handed on, and only if one was read.
    """

    dialect: Dialect
    annotator: TypeAnnotator | None = None
    read: dict[str, exp.DataType | None] = field(default_factory=dict, compare=False)
    plain: dict[exp.DType, str] = field(default_factory=dict, compare=False)

    def parse(self, text: str) -> exp.DataType | None:
        """A type from its text; None where it is empty or cannot be read."""
        if not text or (self.annotator is None and text.isalnum()):
            return None
        if text not in self.read:
            self.read[text] = _parse(text, self.dialect)
        return self.read[text]

    def infer(self, node: exp.Expr) -> exp.DataType | None:
        """The type of an expression whose columns and nested queries are typed."""
        if self.annotator is None and not self.read:
            return None
        if self.annotator is None:
            branches = BRANCHES.get(node.__class__)
            return _first_with_parts(branches(node)) if branches else None
        if not known(node.type):
            self.annotator.annotate_expression(node)
        return known(node.type)

    def common(self, kinds: Iterable[exp.DataType | None]) -> exp.DataType | None:
        """The type that all can be turned into, where all are known."""
        found: exp.DataType | None = None
        for kind in kinds:
            if kind is None:
                return None
            found = kind if found is None else self._wider(found, kind)
        return found

    def _wider(self, left: exp.DataType, right: exp.DataType) -> exp.DataType:
        if left.is_type(exp.DType.NULL):
            return right
        coerces_to = self.annotator.coerces_to if self.annotator is not None else {}
        wider = coerces_to.get(left.this, set()) if not left.expressions else ()
        return right if right.this in wider and not right.expressions else left

    def written(self, kind: exp.DataType | None) -> str | None:
        """The text of a type in the dialect."""
        if kind is None or not known(kind) or (self.annotator is None and not kind.expressions):
            return None
        if kind.is_type(exp.DType.NULL):
            return self.written(exp.DataType.build(self.dialect.DEFAULT_NULL_TYPE))
        if kind.expressions or not isinstance(kind.this, exp.DType):
            return self.dialect.generate(kind, copy=False)
        if kind.this not in self.plain:
            self.plain[kind.this] = self.dialect.generate(kind, copy=False)
        return self.plain[kind.this]


def typing_for(dialect: Dialect, *, infers: bool) -> Typing:
    """A fresh reader of types, for one text."""
    if not infers:
        return Typing(dialect)
    return Typing(dialect, TypeAnnotator(MappingSchema(dialect=dialect), overwrite_types=False))


def _first_with_parts(nodes: Iterable[exp.Expr | None]) -> exp.DataType | None:
    """The type of the first of several values that may stand for each other which has one with parts."""
    for node in nodes:
        inner = node.unnest() if isinstance(node, exp.Paren) else node
        kind = inner.type if inner is not None else None
        if kind is not None and kind.expressions:
            return kind
    return None


def _cast(node: exp.Expr) -> Iterator[exp.Expr | None]:
    yield node.args.get("to")


def _if(node: exp.Expr) -> Iterator[exp.Expr | None]:
    yield node.args.get("true")
    yield node.args.get("false")


def _case(node: exp.Expr) -> Iterator[exp.Expr | None]:
    yield from (branch.args.get("true") for branch in node.args.get("ifs") or [])
    yield node.args.get("default")


def _any_of(node: exp.Expr) -> Iterator[exp.Expr | None]:
    yield node.this
    yield from node.expressions


BRANCHES: dict[type[exp.Expr], Callable[[exp.Expr], Iterator[exp.Expr | None]]] = {
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.JSONCast: _cast,
    exp.If: _if,
    exp.Case: _case,
    exp.Coalesce: _any_of,
}
"""Expressions whose value is one of those in them."""


def known(kind: exp.DataType | None) -> exp.DataType | None:
    """The type, or None where it says nothing."""
    return None if kind is None or kind.is_type(exp.DType.UNKNOWN) else kind


def array_of(kind: exp.DataType | None) -> exp.DataType | None:
    """The type of an array of such elements."""
    if kind is None:
        return None
    return exp.DataType(this=exp.DType.ARRAY, expressions=[kind.copy()], nested=True)


def struct_with(fields: Iterable[tuple[str, exp.DataType | None]]) -> exp.DataType | None:
    """The type of a struct of such fields, where all are known."""
    parts = list(fields)
    if not parts or any(kind is None for _, kind in parts):
        return None
    columns = [exp.ColumnDef(this=exp.to_identifier(name), kind=kind.copy()) for name, kind in parts if kind]
    return exp.DataType(this=exp.DType.STRUCT, expressions=columns, nested=True)


def _parse(text: str, dialect: Dialect) -> exp.DataType | None:
    if not text.strip():
        return None
    try:
        return known(exp.DataType.build(text, dialect=dialect))
    except (SqlglotError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return None
