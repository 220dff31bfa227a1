"""The values of canonical form. Flat, printable, comparable: no syntax tree among them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FORM = 1
"""Number of the form. Texts of another number are not to be compared: they were made by other rules."""


class PartKind(StrEnum):
    """What of a query decides which rows it yields."""

    SOURCE = "source"
    JOIN = "join"
    FILTER = "filter"
    GROUPING = "grouping"
    DISTINCT = "distinct"
    SET_OPERATION = "set_operation"
    LIMIT = "limit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that decides which rows a query yields.

    `text` is canonical, `written` the SQL for readers; several parts of one condition share it. `of` is what
    is joined or read, `how` the way (`LEFT`). `within` is the WITH query it stands in, "" for the main one.
    """

    kind: PartKind
    text: str
    written: str
    line: int
    of: str = ""
    how: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One projection on the way to a column. `text` is canonical, in terms of the query's own sources."""

    text: str
    written: str
    line: int
    within: str = ""


@dataclass(frozen=True, slots=True)
class CanonicalColumn:
    """A column that a statement fills: its canonical text down to base tables, and the steps that made it."""

    name: str
    text: str
    steps: tuple[Step, ...] = ()

    @property
    def line(self) -> int:
        """The line of its last step."""
        return self.steps[0].line if self.steps else 1


@dataclass(frozen=True, slots=True)
class CanonicalStatement:
    """What a statement means. Where `rows` and `columns` of two are equal, they yield the same.

    `rows` is a digest of everything that decides which rows there are; `parts` tell it apart for readers and
    may hold less. `target` is the table that is filled, "" for a bare query. `is_whole`: every part of it was
    understood; else a difference may be of any class.
    """

    kind: str
    target: str
    line: int
    rows: str
    parts: tuple[Part, ...] = ()
    columns: tuple[CanonicalColumn, ...] = ()
    is_whole: bool = True

    @property
    def meaning(self) -> tuple[str, str, str, frozenset[tuple[str, str]]]:
        """What two statements that mean the same have in common, whatever the order of their columns."""
        return self.kind, self.target, self.rows, frozenset((part.name, part.text) for part in self.columns)
