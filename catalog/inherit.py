"""Text of columns that are copies: taken from where it is written, along IDENTITY edges. Pure.

A column inherits if it says `inherit: true`, or `inherited_from:` with the column that its words are from:
the first keeps no copy of the text, the second does, written by `plumbline inherit`. Either takes the unit
and values that it does not give itself. Written text is never replaced, and a value that is calculated or
aggregated has no text to inherit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from .lineage import Lineage, Node, NodeKind
from .model import Catalog, Column, Table
from .sql.edges import EdgeType, Subtype

NOTHING_INHERITED: Mapping[str, Any] = MappingProxyType(
    {"description": None, "unit": None, "enum": None, "valid_values": (), "inherited_from": None}
)
"""What may be inherited, each as it is where nothing is."""

MOST_HOPS = 50


def inherit(catalog: Catalog, lineage: Lineage) -> Catalog:
    """The catalog with the text of copied columns filled in, each marked with where it is from."""
    tables = {
        name: _filled(table, catalog, lineage) if any(map(_inherits, table.columns)) else table
        for name, table in catalog.tables.items()
    }
    return replace(catalog, tables=tables)


def text_source(node: Node, catalog: Catalog, lineage: Lineage) -> tuple[Node, Column] | None:
    """The nearest column upstream of a copy that has a description of its own; none where it has several.

    None too behind a column that says `inherit: false`: what is written further up does not hold there.
    """
    for _ in range(MOST_HOPS):
        values = [edge for edge in lineage.edges_into(node) if edge.type is EdgeType.DIRECT]
        sources = {edge.source for edge in values}
        if len(sources) != 1 or any(edge.subtype is not Subtype.IDENTITY for edge in values):
            return None
        (node,) = sources
        table = catalog.tables.get(node.name)
        column = table.column(node.column) if table else None
        if column is None:
            return None
        if column.description and column.inherited_from is None:
            return node, column
        if column.inherit is False:
            return None
    return None


def says_from_where(column: Column) -> bool:
    """Whether `inherited_from:` is written at the column, and not only found."""
    return any(path == "inherited_from" for path, _, _ in column.origin.marks)


def _inherits(column: Column) -> bool:
    if column.inherit is False:
        return False
    return column.inherited_from is not None or bool(column.inherit and column.description is None)


def _filled(table: Table, catalog: Catalog, lineage: Lineage) -> Table:
    columns = []
    for column in table.columns:
        node = Node(NodeKind.COLUMN, table.name, column.name)
        found = text_source(node, catalog, lineage) if _inherits(column) else None
        columns.append(_with_text(column, *found) if found else column)
    return table.model_copy(update={"columns": tuple(columns)})


def _with_text(column: Column, node: Node, source: Column) -> Column:
    update = {
        key: getattr(source, key)
        for key, nothing in NOTHING_INHERITED.items()
        if getattr(column, key) == nothing
    }
    return column.model_copy(update={**update, "inherited_from": column.inherited_from or str(node)})
