"""A relation that reaches a statement's end → its outputs and edges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache, reduce
from operator import and_, attrgetter, or_

from .controls import plainly, written_clause
from .edges import ColumnEdge, EdgeType, IndirectEdge, OutputColumn, Subtype
from .effects import Clause, Controls
from .projections import projections
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
    Sources,
    base_columns,
)
from .scope import Walk

INDIRECT_SUBTYPES = ((CONDITION, Subtype.CONDITIONAL), (WINDOW, Subtype.WINDOW), (SORT, Subtype.SORT))
"""Traits in the order in which they name an indirect edge."""


def results_of(
    target: str | None, columns: Iterable[tuple[str, Attribute]], walk: Walk
) -> tuple[tuple[OutputColumn, ...], tuple[ColumnEdge, ...]]:
    """The outputs and the column edges of a statement, target by target.

    Of several makers of one name the first tells the output's expression.
    """
    outputs: dict[str, OutputColumn] = {}
    edges: dict[str, list[ColumnEdge]] = {}
    for name, attribute in columns:
        line, text = written(attribute.made, walk)
        before = outputs.get(name)
        if before is None:
            kind = walk.typing.written(attribute.type) if walk.typing.annotator else None
            outputs[name] = OutputColumn(name, text, line, kind, not attribute.sources)
        elif before.is_generated and attribute.sources:
            outputs[name] = before._replace(is_generated=False)
        if attribute.branches or before is not None:
            _join_edges(edges.setdefault(name, []), target, name, attribute, walk)
        elif attribute.sources:
            edges[name] = _edges_of(target, name, attribute, text, line)
    return tuple(outputs.values()), tuple([edge for found in edges.values() for edge in found])


def _join_edges(
    known: list[ColumnEdge], target: str | None, name: str, attribute: Attribute, walk: Walk
) -> None:
    """Add the edges of one more maker of a target, and of each branch of a set operation that makes it."""
    found = {EDGE_ORDER(edge): edge for edge in known}
    for branch in attribute.branches or (attribute,):
        line, text = written(branch.made, walk)
        for edge in _edges_of(target, name, branch, text, line):
            found.setdefault(EDGE_ORDER(edge), edge)
    known[:] = [found[key] for key in sorted(found)]


INDIRECT_TYPE = EdgeType.INDIRECT

EDGE_ORDER = attrgetter("type", "source_table", "source_column", "subtype", "expression")


def _edges_of(target: str | None, name: str, attribute: Attribute, text: str, line: int) -> list[ColumnEdge]:
    """The edges of one target column, one per source column and kind, direct ones first."""
    direct: list[ColumnEdge] = []
    indirect: list[ColumnEdge] = []
    for (table, column), ways in _by_column(attribute.sources):
        for kind, subtype, masking, ambiguous in _meaning(ways):
            edge = ColumnEdge(table, column, target, name, kind, subtype, text, line, masking, ambiguous)
            (indirect if kind is INDIRECT_TYPE else direct).append(edge)
    return direct + indirect


def _by_column(sources: Sources) -> Iterable[tuple[tuple[str, str], tuple[int, ...]]]:
    """Source columns in order, each with the traits of every way on which it arrives."""
    if len(sources) == 1:
        ((traits, columns),) = sources.items()
        return [(column, (traits,)) for column in sorted(columns) if column[0]]
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for table, column, traits in sorted(base_columns(sources)):
        if table:
            found[table, column] = (*found.get((table, column), ()), traits)
    return found.items()


@cache
def _meaning(ways: tuple[int, ...]) -> tuple[tuple[EdgeType, Subtype, bool, bool], ...]:
    """Traits of each way on which a column arrives → type and subtype, masking, ambiguous of its edges.

    How its value arrives counts, or else how it decides. There are few such combinations, and many edges.
    """
    direct = [one for one in ways if not one & INDIRECT]
    telling = direct or ways
    together = reduce(or_, telling)
    facts = reduce(and_, telling) & MASKED != 0, together & AMBIGUOUS != 0
    if direct:
        return ((EdgeType.DIRECT, _direct_subtype(together), *facts),)
    return tuple((EdgeType.INDIRECT, subtype, *facts) for subtype in _indirect_subtypes(ways))


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
    if made.select is not None:
        found = projections(walk.text, made.select)
        if found:
            return found[made.index]
    if made.span is None:
        return plainly(made.node.unalias(), walk)
    return walk.text.tokens[made.span[0]].line, walk.text.written(made.span)
