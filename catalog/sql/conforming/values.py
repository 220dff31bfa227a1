"""Questions about how a value is computed, and the answers. Flat, printable, comparable."""

from __future__ import annotations

from dataclasses import dataclass

from ..canonical.form import Part


@dataclass(frozen=True, slots=True)
class InlinedText:
    """The text that fills a table, and that is read in the table's place.

    Texts are numbered as if they stood one below the other, so that a line tells its text;
    `first_line` is the number of its first.
    """

    table: str
    sql: str
    first_line: int
    is_python: bool = False


@dataclass(frozen=True, slots=True)
class ComputationQuestion:
    """What to compute: an output of the query that fills `target` ("": of the last one of the text).

    `column` may be empty where there is one output alone, or `query.column` for one of a query of WITH.
    `inlined` are the tables that are read through, `columns` those of tables (canonical name → column →
    type), `required` those of them that are never null. With `is_per_row`, an aggregate over one row is that
    row's value; without `is_folded`, sums of sums stay apart. With `is_python`, SQL stands in a Python text.
    """

    dialect: str
    sql: str
    target: str = ""
    column: str = ""
    inlined: tuple[InlinedText, ...] = ()
    columns: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    database: str | None = None
    schema: str | None = None
    aliases: tuple[tuple[str, str], ...] = ()
    is_per_row: bool = False
    is_folded: bool = True
    required: tuple[tuple[str, str], ...] = ()
    is_python: bool = False


@dataclass(frozen=True, slots=True)
class AggregateCall:
    """An aggregate: `SUM`, `COUNT DISTINCT` …, and what it is over. `role`: numerator, denominator or ""."""

    function: str
    argument: str
    written: str
    line: int
    role: str = ""
    averages_ratio: bool = False
    adds_distinct: bool = False


@dataclass(frozen=True, slots=True)
class GroupKey:
    """What rows are put together by: its text, the columns in it, the period it is cut to, its time zone."""

    text: str
    written: str
    line: int
    columns: tuple[str, ...] = ()
    period: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Computation:
    """How an output is computed.

    `value` is its canonical text; `rows` a digest of what decides which rows are in it, its own grouping
    aside; `parts` tell these for readers. `levels` counts aggregations within each other: 0 is one row's own
    value. `zones` are those that times are converted to. `reason` says why it is not known; then nothing
    else is told.
    """

    value: str = ""
    written: str = ""
    line: int = 0
    rows: str = ""
    parts: tuple[Part, ...] = ()
    keys: tuple[GroupKey, ...] = ()
    aggregates: tuple[AggregateCall, ...] = ()
    levels: int = 0
    has_division: bool = False
    is_whole: bool = True
    reason: str = ""
