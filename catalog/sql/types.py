"""Types of expressions: columns are typed by the walk, sqlglot's annotator does the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import TypeAnnotator
from sqlglot.schema import MappingSchema


@dataclass(frozen=True, slots=True)
class Typing:
    """Reads, infers and writes types in one dialect."""

    dialect: Dialect
    annotator: TypeAnnotator
    read: dict[str, exp.DataType | None] = field(default_factory=dict, compare=False)
    plain: dict[exp.DType, str] = field(default_factory=dict, compare=False)

    def parse(self, text: str) -> exp.DataType | None:
        """A type from its text; None where it is empty or cannot be read."""
        if text not in self.read:
            self.read[text] = _parse(text, self.dialect)
        return self.read[text]

    def infer(self, node: exp.Expr) -> exp.DataType | None:
        """The type of an expression whose columns and nested queries are typed."""
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
        wider = self.annotator.coerces_to.get(left.this, set()) if not left.expressions else ()
        return right if right.this in wider and not right.expressions else left

    def written(self, kind: exp.DataType | None) -> str | None:
        """The text of a type in the dialect."""
        if kind is None or not known(kind):
            return None
        if kind.is_type(exp.DType.NULL):
            return self.written(exp.DataType.build(self.dialect.DEFAULT_NULL_TYPE))
        if kind.expressions or not isinstance(kind.this, exp.DType):
            return self.dialect.generate(kind, copy=False)
        if kind.this not in self.plain:
            self.plain[kind.this] = self.dialect.generate(kind, copy=False)
        return self.plain[kind.this]


def typing_for(dialect: Dialect) -> Typing:
    """A fresh reader of types, for one text."""
    schema = MappingSchema(dialect=dialect)
    return Typing(dialect, TypeAnnotator(schema, overwrite_types=False))


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
