"""Columns that are plain copies of another documented column, asked by checks of several families."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..lineage import Node, NodeKind
from ..model import Column, Table
from ..project import Project
from ..sql.edges import EdgeType, Subtype


@dataclass(frozen=True, slots=True)
class Copy:
    """A column whose SQL takes the value of another as it is; `origin` names that `source`."""

    table: Table
    column: Column
    origin: Node
    source: Column


def copies(project: Project) -> Iterator[Copy]:
    """Each documented column with each documented one it copies (a union has several); masking ends it."""
    for table, column in documented_columns(project):
        for edge in project.lineage.edges_into(Node(NodeKind.COLUMN, table.name, column.name)):
            if edge.type is EdgeType.DIRECT and edge.subtype is Subtype.IDENTITY and not edge.masking:
                source = column_of(project, edge.source)
                if source:
                    yield Copy(table, column, edge.source, source)


def documented_columns(project: Project) -> Iterator[tuple[Table, Column]]:
    """Every column that has an entry, with its table."""
    for table in project.catalog.tables.values():
        for column in table.columns:
            yield table, column


def column_of(project: Project, node: Node) -> Column | None:
    """The entry of a column of the graph, if it has one."""
    table = project.catalog.tables.get(node.name) if node.kind is NodeKind.COLUMN else None
    return table.column(node.column) if table else None
