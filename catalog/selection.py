"""The part of a lineage that has to do with one column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .errors import CatalogError
from .naming import Naming
from .sql.edges import ColumnEdge, EdgeType, IndirectEdge, StatementLineage
from .suggest import did_you_mean
from .trace import TracedText
from .traced_files import names_of

ColumnName = tuple[str, str]
"""Table and column."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to look at: what a column is made from, what it feeds, how many hops away. No depth: all."""

    column: str
    upstream: bool = True
    downstream: bool = True
    depth: int | None = None


def selected(texts: Sequence[TracedText], selection: Selection, naming: Naming) -> tuple[TracedText, ...]:
    """The texts with only those edges that lead to the column, or on from it.

    What decides rows on the way there counts too, and where the column decides rows itself.

    Raises:
        CatalogError: no text knows such a column.
    """
    start = _named(selection.column, names_of(texts), naming)
    edges = [edge for edge in _column_edges(texts) if edge.type is EdgeType.DIRECT and edge.target_table]
    reach = None if selection.depth is None else selection.depth - 1
    up = _reached(start, _by_target(edges), reach) if selection.upstream else frozenset()
    down = _reached(start, _by_source(edges), reach) if selection.downstream else frozenset()
    cut = (_cut(text, up, down) for text in texts)
    return tuple(text for text in cut if text.statements)


def _named(written: str, known: Iterable[ColumnName], naming: Naming) -> ColumnName:
    names = {f"{table}.{column}": (table, column) for table, column in known}
    table, _, column = written.rpartition(".")
    for name in (written, f"{naming.written(table)}.{naming.column(column)}"):
        if name in names:
            return names[name]
    raise CatalogError(
        f"the SQL neither reads nor makes a column `{written}`",
        did_you_mean(written, names, "Name it as `schema.table.column`"),
    )


def _column_edges(texts: Iterable[TracedText]) -> Iterator[ColumnEdge]:
    return (edge for text in texts for statement in text.statements for edge in statement.columns)


def _by_target(edges: Iterable[ColumnEdge]) -> dict[ColumnName, set[ColumnName]]:
    return _grouped((_target(edge), _source(edge)) for edge in edges)


def _by_source(edges: Iterable[ColumnEdge]) -> dict[ColumnName, set[ColumnName]]:
    return _grouped((_source(edge), _target(edge)) for edge in edges)


def _grouped(pairs: Iterable[tuple[ColumnName, ColumnName]]) -> dict[ColumnName, set[ColumnName]]:
    grouped: dict[ColumnName, set[ColumnName]] = {}
    for one, other in pairs:
        grouped.setdefault(one, set()).add(other)
    return grouped


def _source(edge: ColumnEdge | IndirectEdge) -> ColumnName:
    return edge.source_table, edge.source_column


def _target(edge: ColumnEdge) -> ColumnName:
    return edge.target_table or "", edge.target_column


def _reached(
    start: ColumnName, following: Mapping[ColumnName, set[ColumnName]], depth: int | None
) -> frozenset[ColumnName]:
    """The columns that are so many hops away or fewer, the start among them."""
    reached = {start}
    edge_of_reach = {start}
    hops = 0
    while edge_of_reach and (depth is None or hops < depth):
        edge_of_reach = {found for name in edge_of_reach for found in following.get(name, ())} - reached
        reached |= edge_of_reach
        hops += 1
    return frozenset(reached)


def _cut(text: TracedText, up: frozenset[ColumnName], down: frozenset[ColumnName]) -> TracedText:
    statements = (_cut_statement(statement, up, down) for statement in text.statements)
    return replace(text, statements=tuple(each for each in statements if each.columns or each.indirect))


def _cut_statement(
    statement: StatementLineage, up: frozenset[ColumnName], down: frozenset[ColumnName]
) -> StatementLineage:
    filled = {table for table, _ in up}
    columns = tuple(edge for edge in statement.columns if _target(edge) in up or _source(edge) in down)
    names = {edge.target_column for edge in columns}
    return replace(
        statement,
        columns=columns,
        indirect=tuple(
            edge
            for edge in statement.indirect
            if _source(edge) in down or (edge.target_table in filled and columns)
        ),
        outputs=tuple(output for output in statement.outputs if output.name in names),
        gaps=(),
    )
