"""A relation that reaches a statement's end → its outputs and edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .edges import ColumnEdge, EdgeType, IndirectEdge, OutputColumn, Subtype
from .positions import projections, without_alias
from .relations import (
    AGGREGATED,
    AMBIGUOUS,
    CONDITION,
    INDIRECT,
    MASKED,
    SORT,
    TRANSFORMED,
    WINDOW,
    Attribute,
    Made,
)
from .scope import Controls, Walk

INDIRECT_SUBTYPES = ((CONDITION, Subtype.CONDITIONAL), (WINDOW, Subtype.WINDOW), (SORT, Subtype.SORT))
"""Traits in the order in which they name an indirect edge."""


def outputs_of(columns: Iterable[tuple[str, Attribute]], walk: Walk) -> tuple[OutputColumn, ...]:
    """The output columns in order; of several makers of one name the first tells."""
    found: dict[str, OutputColumn] = {}
    for name, attribute in columns:
        if name not in found:
            line, text = written(attribute.made, walk)
            kind = walk.typing.written(attribute.type)
            found[name] = OutputColumn(name, text, line, kind, is_generated=not attribute.sources)
        elif attribute.sources and found[name].is_generated:
            before = found[name]
            found[name] = OutputColumn(name, before.expression, before.line, before.type)
    return tuple(found.values())


def edges_of(
    target: str | None, columns: Iterable[tuple[str, Attribute]], walk: Walk
) -> tuple[ColumnEdge, ...]:
    """The column edges, target by target, direct ones first."""
    found: dict[tuple[str, ...], ColumnEdge] = {}
    order: dict[str, int] = {}
    for name, attribute in columns:
        order.setdefault(name, len(order))
        for branch in attribute.branches or (attribute,):
            for edge in _edges(target, name, branch, walk):
                key = (edge.source_table, edge.source_column, name, edge.type, edge.subtype, edge.expression)
                found.setdefault(key, edge)
    return tuple(sorted(found.values(), key=lambda edge: (order[edge.target_column], *_edge_key(edge))))


def _edge_key(edge: ColumnEdge) -> tuple[str, ...]:
    return edge.type, edge.source_table, edge.source_column, edge.subtype, edge.expression


def _edges(target: str | None, name: str, attribute: Attribute, walk: Walk) -> Iterator[ColumnEdge]:
    """One edge per source column: how its value arrives, or else how it decides."""
    ways: dict[tuple[str, str], list[int]] = {}
    for table, column, way in attribute.sources:
        if table:
            ways.setdefault((table, column), []).append(way)
    if not ways:
        return
    line, text = written(attribute.made, walk)
    for (table, column), traits in sorted(ways.items()):
        direct = [one for one in traits if not one & INDIRECT]
        subtypes = [_direct_subtype(direct)] if direct else _indirect_subtypes(traits)
        for subtype in subtypes:
            yield ColumnEdge(
                table,
                column,
                target,
                name,
                EdgeType.DIRECT if direct else EdgeType.INDIRECT,
                subtype,
                text,
                line,
                masking=all(one & MASKED for one in direct or traits),
                ambiguous=any(one & AMBIGUOUS for one in direct or traits),
            )


def _direct_subtype(traits: Sequence[int]) -> Subtype:
    """AGGREGATION beats TRANSFORMATION beats IDENTITY, over hops and over parallel ways."""
    together = 0
    for one in traits:
        together |= one
    if together & AGGREGATED:
        return Subtype.AGGREGATION
    return Subtype.TRANSFORMATION if together & TRANSFORMED else Subtype.IDENTITY


def _indirect_subtypes(traits: Iterable[int]) -> list[Subtype]:
    found = {next(subtype for trait, subtype in INDIRECT_SUBTYPES if one & trait) for one in traits}
    return sorted(found)


def indirect_of(target: str | None, controls: Controls) -> tuple[IndirectEdge, ...]:
    """What decides which rows reach the target, sorted by source."""
    return tuple(
        IndirectEdge(table, column, target, subtype, text, line)
        for (table, column, subtype), (line, text) in sorted(controls.items())
    )


def written(made: Made | None, walk: Walk) -> tuple[int, str]:
    """Line and text of the place where an attribute is made."""
    if made is None:
        return 1, ""
    if made.text:
        return made.line or walk.place(made.node)[0], made.text
    if made.select is not None:
        spans = projections(walk.text, made.select)
        if spans:
            span = without_alias(walk.text, spans[made.index], made.node)
            return walk.text.tokens[span[0]].line, walk.text.written(span)
    return walk.place(made.node)[0], made.node.unalias().sql(walk.typing.dialect)
