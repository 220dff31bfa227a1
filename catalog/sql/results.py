"""A relation that reaches a statement's end → its outputs and edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from .controls import plainly, written_clause
from .edges import ColumnEdge, EdgeType, IndirectEdge, OutputColumn, Subtype
from .effects import Clause, Controls
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
from .scope import Walk

INDIRECT_SUBTYPES = ((CONDITION, Subtype.CONDITIONAL), (WINDOW, Subtype.WINDOW), (SORT, Subtype.SORT))
"""Traits in the order in which they name an indirect edge."""


Changes = Iterable[tuple[str, Attribute]]

Written = dict[int, tuple[int, str]]
"""Identity of what makes an attribute → its line and text, each found once."""


def results_of(
    target: str | None, columns: Sequence[tuple[str, Attribute]], walk: Walk
) -> tuple[tuple[OutputColumn, ...], tuple[ColumnEdge, ...]]:
    """The outputs and the column edges of a statement."""
    told: Written = {}
    return _outputs(columns, walk, told), _edges(target, columns, walk, told)


def _outputs(columns: Changes, walk: Walk, told: Written) -> tuple[OutputColumn, ...]:
    """The output columns in order; of several makers of one name the first tells."""
    found: dict[str, OutputColumn] = {}
    for name, attribute in columns:
        if name not in found:
            line, text = _told(attribute.made, walk, told)
            kind = walk.typing.written(attribute.type) if walk.typing.annotator else None
            found[name] = OutputColumn(name, text, line, kind, is_generated=not attribute.sources)
        elif attribute.sources and found[name].is_generated:
            before = found[name]
            found[name] = OutputColumn(name, before.expression, before.line, before.type)
    return tuple(found.values())


def _edges(target: str | None, columns: Changes, walk: Walk, told: Written) -> tuple[ColumnEdge, ...]:
    """The column edges, target by target, direct ones first."""
    found: dict[str, dict[tuple[str, ...], ColumnEdge]] = {}
    for name, attribute in columns:
        own = found.setdefault(name, {})
        for branch in attribute.branches or (attribute,):
            made = _told(branch.made, walk, told)
            for edge in _edges_of(target, name, branch, made):
                key = (edge.type, edge.source_table, edge.source_column, edge.subtype, edge.expression)
                own.setdefault(key, edge)
    return tuple(own[key] for own in found.values() for key in sorted(own))


def _told(made: Made | None, walk: Walk, told: Written) -> tuple[int, str]:
    found = told.get(id(made))
    if found is None:
        found = told[id(made)] = written(made, walk)
    return found


def _edges_of(
    target: str | None, name: str, attribute: Attribute, made: tuple[int, str]
) -> Iterator[ColumnEdge]:
    """One edge per source column: how its value arrives, or else how it decides."""
    line, text = made
    ways: dict[tuple[str, str], list[int]] = {}
    for table, column, way in attribute.sources:
        if table:
            ways.setdefault((table, column), []).append(way)
    for (table, column), traits in ways.items():
        direct = [one for one in traits if not one & INDIRECT]
        telling = direct or traits
        together, common = telling[0], telling[0]
        for one in telling[1:]:
            together |= one
            common &= one
        kind = EdgeType.DIRECT if direct else EdgeType.INDIRECT
        for subtype in (_direct_subtype(together),) if direct else _indirect_subtypes(traits):
            yield ColumnEdge(table, column, target, name, kind, subtype, text, line,
                             common & MASKED != 0, together & AMBIGUOUS != 0)  # fmt: skip


def _direct_subtype(together: int) -> Subtype:
    """AGGREGATION beats TRANSFORMATION beats IDENTITY, over hops and over parallel ways."""
    if together & AGGREGATED:
        return Subtype.AGGREGATION
    return Subtype.TRANSFORMATION if together & TRANSFORMED else Subtype.IDENTITY


def _indirect_subtypes(traits: Iterable[int]) -> list[Subtype]:
    found = {next(subtype for trait, subtype in INDIRECT_SUBTYPES if one & trait) for one in traits}
    return sorted(found)


def indirect_of(target: str | None, controls: Controls, walk: Walk) -> tuple[IndirectEdge, ...]:
    """What decides which rows reach the target, sorted by source."""
    told: dict[int, tuple[int, str]] = {}
    found = []
    for subtype in sorted(controls):
        for (table, column), clause in controls[subtype].items():
            made = told.get(id(clause))
            if made is None:
                made = told[id(clause)] = written_clause(clause, walk)
            found.append(IndirectEdge(table, column, target, subtype, made[1], made[0]))
    return tuple(sorted(found, key=INDIRECT_ORDER))


INDIRECT_ORDER = attrgetter("source_table", "source_column", "subtype")


def settled(attribute: Attribute, walk: Walk) -> Attribute:
    """The attribute for later statements, to which the tokens of this one say nothing."""
    if attribute.made is None:
        return attribute
    line, text = written(attribute.made, walk)
    branches = tuple(settled(branch, walk) for branch in attribute.branches)
    made = Made(attribute.made.node, text=text, line=line)
    return replace(attribute, made=made, branches=branches)


def settled_controls(controls: Controls, walk: Walk) -> Controls:
    """What decides about rows, for later statements."""
    told: dict[int, Clause] = {}
    for clauses in controls.values():
        for clause in clauses.values():
            if id(clause) not in told:
                line, text = written_clause(clause, walk)
                told[id(clause)] = Clause(clause.node, text=text, line=line)
    return {
        subtype: {key: told[id(clause)] for key, clause in clauses.items()}
        for subtype, clauses in controls.items()
    }


def written(made: Made | None, walk: Walk) -> tuple[int, str]:
    """Line and text of the place where an attribute is made."""
    if made is None:
        return 1, ""
    if made.text:
        return made.line or walk.place(made.node)[0], made.text
    span = made.span
    if span is None and made.select is not None:
        spans = projections(walk.text, made.select)
        span = without_alias(walk.text, spans[made.index], made.node) if spans else None
    if span is None:
        return plainly(made.node.unalias(), walk)
    return walk.text.tokens[span[0]].line, walk.text.written(span)
