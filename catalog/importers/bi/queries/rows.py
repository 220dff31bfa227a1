"""Rows that a query has on its way: which of their columns are made of which columns of the warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows. A column that `columns` does not know is that of the same name of each table in `open`.

    `tables` are all that are read; `reasons` tell what was not followed; `nested` are columns that hold rows.
    """

    open: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    nested: Mapping[str, Rows] = field(default_factory=dict)

    def column(self, name: str) -> tuple[str, ...]:
        """The columns of the warehouse behind a column; none where it is not known."""
        if name in self.columns:
            return self.columns[name]
        return tuple(f"{table}.{name}" for table in self.open)

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those behind several columns, each once."""
        return tuple(dict.fromkeys(column for name in names for column in self.column(name)))

    def having(self, columns: Mapping[str, tuple[str, ...]]) -> Rows:
        """The rows with further columns, or others in their place."""
        return replace(self, columns={**self.columns, **columns})

    def only(self, columns: Mapping[str, tuple[str, ...]]) -> Rows:
        """The rows with these columns and no other."""
        return replace(self, open=(), columns=columns)

    def lost(self, reason: str) -> Rows:
        """The rows, of whose columns nothing is known any more; the first reason counts."""
        if self.reasons and not self.tables:
            return self
        return Rows((), {}, self.tables, (*self.reasons, reason))


def table_rows(name: str) -> Rows:
    """The rows of a table of the warehouse."""
    return Rows((name,), {}, (name,))


def unknown_rows(reason: str) -> Rows:
    """Rows of which nothing is known."""
    return Rows(reasons=(reason,))


def appended(parts: Iterable[Rows]) -> Rows:
    """The rows of all parts, one below the other."""
    every = list(parts)
    names = dict.fromkeys(name for part in every for name in part.columns)
    columns = {
        name: tuple(dict.fromkeys(column for part in every for column in part.column(name))) for name in names
    }
    return Rows(
        tuple(dict.fromkeys(table for part in every for table in part.open)),
        columns,
        tuple(dict.fromkeys(table for part in every for table in part.tables)),
        tuple(dict.fromkeys(reason for part in every for reason in part.reasons)),
    )
