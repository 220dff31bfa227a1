"""The columns of a table as engineers read them: what is documented, joined with what the SQL does."""

from __future__ import annotations

from dataclasses import dataclass

from catalog import Column, Edge, EdgeType, Gap, Lineage, Location, Node, NodeKind, OutputColumn, Table


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column and where its values come from.

    `state` says in words why there are no sources, and is empty where there are; `is_unsettled` where that
    is a fault. `used_by` has an edge for each of the next columns, metrics and reports
    that its values arrive in.
    """

    column: Column
    is_documented: bool
    inferred_type: str | None
    sources: tuple[Edge, ...]
    used_by: tuple[Edge, ...]
    expression: str
    location: Location | None
    state: str
    is_unsettled: bool


def column_rows(table: Table, lineage: Lineage) -> list[ColumnRow]:
    """The documented columns in their order, then those that only the SQL knows."""
    produced = _produced(table, lineage)
    written = {column.name: column for column in table.columns}
    # Unchecked: a name in SQL may be longer than a definition would let it be.
    unwritten = [Column.model_construct(name=name) for name in produced.outputs if name not in written]
    return [
        *(_row(table, column, produced, lineage, is_documented=True) for column in written.values()),
        *(_row(table, column, produced, lineage, is_documented=False) for column in unwritten),
    ]


@dataclass(frozen=True, slots=True)
class _Produced:
    """What the SQL of a table does, by column; a gap under None concerns the whole table."""

    is_produced: bool
    outputs: dict[str, OutputColumn]
    places: dict[str, Location]
    gaps: dict[str | None, Gap]


def _produced(table: Table, lineage: Lineage) -> _Produced:
    productions = lineage.productions(table.name)
    return _Produced(
        bool(productions),
        lineage.outputs(table.name),
        {output.name: made.at(output.line) for made in productions for output in made.statement.outputs},
        {gap.column: gap for gap, _ in lineage.gaps(table.name)},
    )


def _row(
    table: Table, column: Column, produced: _Produced, lineage: Lineage, *, is_documented: bool
) -> ColumnRow:
    node = Node(NodeKind.COLUMN, table.name, column.name)
    sources, output = lineage.edges_into(node), produced.outputs.get(column.name)
    state, is_unsettled = ("", False) if sources else _state(column, produced)
    return ColumnRow(
        column=column,
        is_documented=is_documented,
        inferred_type=output.type if output else None,
        sources=sources,
        used_by=_used_by(node, lineage),
        expression=_telling_expression(output, column),
        location=produced.places.get(column.name),
        state=state,
        is_unsettled=is_unsettled,
    )


def _state(column: Column, produced: _Produced) -> tuple[str, bool]:
    """Why a column has no sources, and whether somebody should look."""
    output = produced.outputs.get(column.name)
    if output is not None and output.is_generated:
        return "no column: counted or written in the SQL itself", False
    if column.name in produced.gaps:
        return f"not traced: {produced.gaps[column.name].detail}", True
    if output is not None:
        return "not traced", True
    if not produced.is_produced:
        return "outside: no SQL of the catalog writes it", False
    if produced.gaps:
        return "not traced: the SQL has parts that were not seen", True
    # A field of a struct is told by its parent.
    if column.name.partition(".")[0] in produced.outputs:
        return "inside its struct", False
    return "not produced by the SQL", True


def _telling_expression(output: OutputColumn | None, column: Column) -> str:
    """The expression, unless it only repeats the name of the column."""
    if output is None or output.expression.rpartition(".")[2].strip('`"[]').lower() == column.name.lower():
        return ""
    return output.expression


def _used_by(node: Node, lineage: Lineage) -> tuple[Edge, ...]:
    found = {edge.target: edge for edge in lineage.edges_from(node)[::-1] if edge.type is EdgeType.DIRECT}
    return tuple(found[target] for target in sorted(found))
