"""Expressions on their way into other SQL: into DuckDB, to be run, and into semantic models."""

from __future__ import annotations

from dataclasses import dataclass

GIVEN = "given"
"""Name of the table that the rows stand in."""

ROW_NUMBER = "number_of_row"
"""Its column with the number of each row, from 0."""


@dataclass(frozen=True, slots=True)
class Aggregation:
    """An aggregating expression, the condition that rows must meet to count, and the table they are of."""

    expression: str
    condition: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of a semantic model. `key` is a column of it that is never null, if one is known."""

    name: str
    columns: frozenset[str]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class DuckDbSql:
    """Two queries over the table `GIVEN`: the value, and the numbers (`ROW_NUMBER`) of the rows that count.

    `types` are the types of the other columns, in order.
    """

    value: str
    counted: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untranslated:
    """Why an expression is not run."""

    reason: str
