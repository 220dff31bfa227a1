"""The values that SQL text is turned into. Flat, picklable, printable: no syntax tree leaves `catalog.sql`.

Edge types are those of OpenLineage's column-lineage facet 1-2-0.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .observations import Observation


class EdgeType(StrEnum):
    """Does the value arrive, or does it only decide which rows or values arrive."""

    DIRECT = "DIRECT"
    INDIRECT = "INDIRECT"

    __hash__ = str.__hash__  # an enum's own is slow, and edges are told apart by these


class Subtype(StrEnum):
    """How a source column reaches its target (OpenLineage `transformations[].subtype`)."""

    IDENTITY = "IDENTITY"
    TRANSFORMATION = "TRANSFORMATION"
    AGGREGATION = "AGGREGATION"
    JOIN = "JOIN"
    FILTER = "FILTER"
    GROUP_BY = "GROUP_BY"
    SORT = "SORT"
    WINDOW = "WINDOW"
    CONDITIONAL = "CONDITIONAL"

    __hash__ = str.__hash__  # an enum's own is slow, and edges are told apart by these


class GapReason(StrEnum):
    """Why a part of a text has no lineage."""

    SYNTAX = "syntax"
    UNSUPPORTED = "unsupported"
    DYNAMIC_SQL = "dynamic_sql"
    UNKNOWN_STAR = "unknown_star"
    UNKNOWN_COLUMN = "unknown_column"
    AMBIGUOUS = "ambiguous"


# Edges and outputs come by the thousand, when texts are traced and when they are read back: a named tuple is
# made in a quarter of the time of a frozen dataclass.
class ColumnEdge(NamedTuple):
    """One source column of one target column.

    `target_table` is None for a bare query. `type` is DIRECT for values, INDIRECT (CONDITIONAL,
    WINDOW …) for what decides this one column. `expression` is the SQL that makes the
    target column, as written; `line` (from 1) is where it stands in the text. With `ambiguous`, the
    source is one of several that could own the name; each candidate has an edge.
    """

    source_table: str
    source_column: str
    target_table: str | None
    target_column: str
    type: EdgeType
    subtype: Subtype
    expression: str
    line: int
    masking: bool = False
    ambiguous: bool = False


class IndirectEdge(NamedTuple):
    """A column that decides which rows reach the target as a whole, or how they are ordered."""

    source_table: str
    source_column: str
    target_table: str | None
    subtype: Subtype
    expression: str
    line: int


class OutputColumn(NamedTuple):
    """A column that a statement produces.

    `type` is in the text's dialect, None where it cannot be inferred. `is_generated`: it is known to
    have no source column (`COUNT(*)`, a literal, a generated date), which is not the same as not seen.
    """

    name: str
    expression: str
    line: int
    type: str | None = None
    is_generated: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something of the text that has no lineage, and why. `column` is the target column concerned, if one."""

    reason: GapReason
    detail: str
    line: int
    char: int = 1
    column: str | None = None


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column that is read from a table whose columns are known and do not include it.

    `column` is dotted for a field of a struct. `candidates` are that table's columns, or the struct's fields.
    """

    table: str
    column: str
    line: int
    char: int
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementLineage:
    """One statement: what it reads, what it writes, and how each column came about.

    `kind`: select, insert, create_table, create_view, merge, update, delete, other, or unparsed. `index`
    counts the statements of the text from 0; `line` is the first line. A statement without data flow
    (`GRANT`, `DROP`) has kind other and nothing else; one that could not be read is unparsed and has a gap.
    `observations` are told where they are asked for.
    """

    index: int
    line: int
    kind: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    outputs: tuple[OutputColumn, ...] = ()
    columns: tuple[ColumnEdge, ...] = ()
    indirect: tuple[IndirectEdge, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unknown_columns: tuple[UnknownColumn, ...] = ()
    observations: tuple[Observation, ...] = ()
