"""The columns of a table as engineers read them: what is documented, joined with what the SQL does."""

from __future__ import annotations

from dataclasses import dataclass

from catalog import Column, Edge, EdgeType, Gap, Lineage, Location, Node, NodeKind, OutputColumn, Table


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column and where its values come from.

    `state` says in words why there are no sources, and is empty where there are; `is_unsettled` where that
    is a fault. `used_by` are the next columns, metrics and reports its values arrive in.
    """

    column: Column
    is_documented: bool
    inferred_type: str | None
    sources: tuple[Edge, ...]
    used_by: tuple[Node, ...]
    expression: str
    location: Location | None
    state: str
    is_unsettled: bool


def column_rows(table: Table, lineage: Lineage) -> list[ColumnRow]:
    """The documented columns in their order, then those that only the SQL knows."""
    outputs = lineage.outputs(table.name)
    written = {column.name: column for column in table.columns}
    # Unchecked: a name in SQL may be longer than a definition would let it be.
    undocumented = [Column.model_construct(name=name) for name in outputs if name not in written]
    gaps = {gap.column: gap for gap, _ in lineage.gaps(table.name)}
    return [
        _row(table, column, outputs.get(column.name), gaps, lineage)
        for column in [*written.values(), *undocumented]
    ]


def _row(
    table: Table,
    column: Column,
    output: OutputColumn | None,
    gaps: dict[str | None, Gap],
    lineage: Lineage,
) -> ColumnRow:
    node = Node(NodeKind.COLUMN, table.name, column.name)
    sources = lineage.edges_into(node)
    state, is_unsettled = ("", False) if sources else _state(table, column, output, gaps, lineage)
    return ColumnRow(
        column=column,
        is_documented=column in table.columns,
        inferred_type=output.type if output else None,
        sources=sources,
        used_by=_used_by(node, lineage),
        expression=_telling_expression(output, column),
        location=_location(table, output, lineage),
        state=state,
        is_unsettled=is_unsettled,
    )


def _state(
    table: Table, column: Column, output: OutputColumn | None, gaps: dict[str | None, Gap], lineage: Lineage
) -> tuple[str, bool]:
    if output is not None and output.is_generated:
        return "generated", False
    if column.name in gaps:
        return f"not traced: {gaps[column.name].detail}", True
    if output is not None:
        return "not traced", True
    if not lineage.productions(table.name):
        return "source", False
    if gaps:
        return "not traced: the SQL has parts that were not seen", True
    # A field of a struct is told by its parent.
    if column.name.partition(".")[0] in lineage.outputs(table.name):
        return "inside its struct", False
    return "not produced by the SQL", True


def _telling_expression(output: OutputColumn | None, column: Column) -> str:
    """The expression, unless it only repeats the name of the column."""
    if output is None or output.expression.rpartition(".")[2].strip('`"[]').lower() == column.name.lower():
        return ""
    return output.expression


def _used_by(node: Node, lineage: Lineage) -> tuple[Node, ...]:
    found = (edge.target for edge in lineage.edges_from(node) if edge.type is EdgeType.DIRECT)
    return tuple(sorted(set(found)))


def _location(table: Table, output: OutputColumn | None, lineage: Lineage) -> Location | None:
    if output is None:
        return None
    for production in lineage.productions(table.name):
        if output in production.statement.outputs:
            return production.at(output.line)
    return None
