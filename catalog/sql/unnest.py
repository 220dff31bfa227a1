"""Arrays, table functions and VALUES as relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from .edges import GapReason
from .expressions import attribute_of, sources_of
from .relations import (
    NOT_FOUND,
    NOTHING,
    TRANSFORMED,
    Attribute,
    Derived,
    Made,
    Sources,
    element_type,
    fields_of,
    merge,
)
from .scope import Scope

GENERATING = (
    exp.GenerateSeries,
    exp.ExplodingGenerateSeries,
    exp.GenerateDateArray,
    exp.GenerateTimestampArray,
)
"""Functions in FROM whose rows come from their arguments alone."""

ELSEWHERE = frozenset(
    {"EXTERNAL_QUERY", "OPENQUERY", "OPENROWSET", "OPENDATASOURCE", "REMOTE", "REMOTESECURE", "CLUSTER"}
)
"""Functions that hand a query or a name to another server, in its dialect: their arguments are no columns."""

FLATTEN_NAMES = ("SEQ", "KEY", "PATH", "INDEX", "VALUE", "THIS")
"""Columns of Snowflake's FLATTEN; the first and the fourth are counted, not read."""


def alias_columns(node: exp.Expr, scope: Scope) -> list[str]:
    """The column names that a source's alias gives: `AS t(a, b)`."""
    alias = node.args.get("alias")
    columns = alias.args.get("columns") if isinstance(alias, exp.TableAlias) else None
    return [
        scope.walk.name_of(column.this if isinstance(column, exp.ColumnDef) else column)
        for column in columns or []
    ]


def unnest(node: exp.Unnest, scope: Scope) -> tuple[str, Derived]:
    """The rows of one array or several side by side, and the name they go by."""
    arrays = [attribute_of(array, scope) for array in node.expressions]
    names = alias_columns(node, scope)
    key = node.alias or (names[0] if names else "")
    is_value_alias = not node.alias
    element = element_of(arrays[0], names[0] if names else scope.walk.fold(key or "unnest"))
    attributes = _element_columns(arrays, names, element, scope, is_value_alias=is_value_alias)
    offset = node.args.get("offset")
    if offset:
        name = scope.walk.name_of(offset) if isinstance(offset, exp.Identifier) else "offset"
        attributes.append(Attribute(name, NOTHING, scope.walk.typing.parse("BIGINT")))
    is_known = bool(element.fields) or element.type is not None
    return scope.walk.fold(key), Derived(
        key or "UNNEST", tuple(attributes), element=element if is_value_alias else None, is_weak=not is_known
    )


def element_of(array: Attribute, name: str) -> Attribute:
    """One element of an array; a field of it is a path into the array's column."""
    return replace(array, name=name, type=element_type(array.type), made=None, branches=())


def _element_columns(
    arrays: Sequence[Attribute],
    names: Sequence[str],
    element: Attribute,
    scope: Scope,
    *,
    is_value_alias: bool,
) -> list[Attribute]:
    fields = fields_of(element, scope.walk.fold)
    if len(arrays) > 1:
        return [
            element_of(array, names[index] if index < len(names) else f"unnest_{index}")
            for index, array in enumerate(arrays)
        ]
    if is_value_alias:
        return list(fields) or [element]
    if fields and len(names) in (0, len(fields)) and len(fields) > 1:
        return [replace(part, name=name) for part, name in zip(fields, names or _names(fields), strict=True)]
    return [replace(element, name=name) for name in names] or [element]


def _names(attributes: Sequence[Attribute]) -> list[str]:
    return [attribute.name for attribute in attributes]


def table_function(node: exp.Expr, scope: Scope) -> Derived:
    """A function in FROM: each of its columns rests on all its arguments."""
    function = node.this
    if function.name.upper() in ELSEWHERE:
        return _unseen(
            node, f"`{function.name}` asks another database: what it reads there is not seen", scope
        )
    sources = sources_of(function, scope, TRANSFORMED)
    names = alias_columns(node, scope)
    is_named = isinstance(function, exp.Func) and not isinstance(function, exp.Anonymous)
    label = function.sql_name().lower() if is_named else function.name or function.key
    if names:
        kinds = _declared_kinds(node)
        return Derived(
            label,
            tuple(Attribute(name, sources, kind) for name, kind in zip(names, kinds, strict=True)),
        )
    if not sources and not isinstance(function, GENERATING):
        return _unseen(node, f"`{label}` is not opened: its columns are not known", scope)
    element = Attribute(scope.walk.fold(node.alias or label), sources)
    return Derived(label, (element,) if node.alias else (), element=element, is_weak=True)


def _unseen(node: exp.Expr, detail: str, scope: Scope) -> Derived:
    """A function in FROM of whose columns nothing is known."""
    scope.walk.gap(GapReason.UNSUPPORTED, detail, node)
    label = node.alias or node.this.name or node.this.key
    element = Attribute(scope.walk.fold(label), NOT_FOUND)
    return Derived(label, (element,) if node.alias else (), element=element, is_weak=True)


def _declared_kinds(node: exp.Expr) -> list[exp.DataType | None]:
    columns = node.args["alias"].args.get("columns") or []
    return [column.args.get("kind") if isinstance(column, exp.ColumnDef) else None for column in columns]


def lateral_columns(node: exp.Lateral, scope: Scope) -> Derived:
    """`LATERAL FLATTEN(…) f`, `LATERAL VIEW explode(…) t AS c`, and other functions per row."""
    function = node.this
    sources = sources_of(function, scope)
    names = alias_columns(node, scope)
    is_flatten = "VALUE" in [name.upper() for name in names] and len(names) == len(FLATTEN_NAMES)
    argument = function.this if isinstance(function, exp.Explode) else None
    array = attribute_of(argument, scope) if isinstance(argument, exp.Column) else Attribute("", sources)
    element = element_of(array, scope.walk.fold(node.alias or "value"))
    attributes = tuple(
        Attribute(name, _flattened(name, sources, is_flatten=is_flatten), element.type) for name in names
    )
    return Derived(node.alias, attributes, element=None if attributes else element, is_weak=not attributes)


def _flattened(name: str, sources: Sources, *, is_flatten: bool) -> Sources:
    return NOTHING if is_flatten and name.upper() in ("SEQ", "INDEX") else sources


def values(node: exp.Values, scope: Scope) -> Derived:
    """Rows written out: each column rests on what stands in its place in any row."""
    rows = [row.expressions if isinstance(row, exp.Tuple) else [row] for row in node.expressions]
    names = alias_columns(node, scope)
    width = max((len(row) for row in rows), default=0)
    columns = []
    for index in range(width):
        written = [row[index] for row in rows if index < len(row)]
        cells = [attribute_of(cell, scope) for cell in written]
        name = names[index] if index < len(names) else f"column{index + 1}"
        kind = scope.walk.typing.common(cell.type for cell in cells)
        columns.append(replace(merge(name, cells), type=kind, made=Made(written[0])))
    return Derived(node.alias or "VALUES", tuple(columns))
