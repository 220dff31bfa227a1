"""Columns that are plain copies of another documented column, asked by checks of several families."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


def copies(project: Project, is_asked_of: Callable[[Column], object]) -> Iterator[Copy]:
    """Each documented copy of the documented columns that are asked of; masking ends it.

    Few columns say what a check asks of, so that only the way from these is gone.
    """
    for table, column in documented_columns(project):
        if not is_asked_of(column):
            continue
        origin = Node(NodeKind.COLUMN, table.name, column.name)
        for edge in project.lineage.edges_from(origin):
            if edge.type is EdgeType.DIRECT and edge.subtype is Subtype.IDENTITY and not edge.masking:
                copy = column_of(project, edge.target)
                if copy:
                    yield Copy(project.catalog.tables[edge.target.name], copy, origin, column)


def documented_columns(project: Project) -> Iterator[tuple[Table, Column]]:
    """Every column that has an entry, with its table."""
    for table in project.catalog.tables.values():
        for column in table.columns:
            yield table, column


def column_of(project: Project, node: Node) -> Column | None:
    """The entry of a column of the graph, if it has one."""
    table = project.catalog.tables.get(node.name) if node.kind is NodeKind.COLUMN else None
    return table.column(node.column) if table else None
