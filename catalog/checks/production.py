"""The documented columns of tables held against those that their SQL produces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Column, SqlText, Table
from ..project import Project
from ..sql.edges import StatementLineage
from ..suggest import nearest
from .known import hides_columns


@dataclass(frozen=True, slots=True)
class Match:
    """The documented columns of a table held against those its SQL produces, these with text and line.

    `renamed` has, for a column that is not produced, the undocumented one it seems to be.
    """

    table: Table
    not_produced: tuple[Column, ...]
    not_documented: dict[str, tuple[SqlText, int]]
    renamed: dict[str, str]


def matches(project: Project) -> Iterator[Match]:
    """All tables whose SQL is known to produce columns, each with what does not agree."""
    for table in project.catalog.tables.values():
        produced = _produced(project, table)
        if produced:
            yield _match(project, table, produced)


def _produced(project: Project, table: Table) -> dict[str, tuple[SqlText, int]]:
    """Column → the text that makes it, and the line."""
    return {
        output.name: (production.text.sql, output.line)
        for production in project.lineage.productions(table.name)
        for output in production.statement.outputs
    }


def _match(project: Project, table: Table, produced: dict[str, tuple[SqlText, int]]) -> Match:
    productions = project.lineage.productions(table.name)
    documented = {column.name.partition(".")[0] for column in table.columns}
    extra = {name: place for name, place in produced.items() if name not in documented}
    absent: tuple[Column, ...] = ()
    # An update alone touches some columns of rows that something else has written.
    makes_rows = any(production.statement.kind != "update" for production in productions)
    if makes_rows and not any(map(hides_columns, productions)):
        absent = tuple(column for column in table.columns if column.name.partition(".")[0] not in produced)
    renamed = _renamed([column.name for column in absent], list(extra))
    misread = {name for production in productions for name in _misread(production.statement)} & extra.keys()
    return Match(
        table,
        tuple(column for column in absent if renamed.get(column.name) not in misread),
        {name: place for name, place in extra.items() if name not in {*misread, *renamed.values()}},
        renamed,
    )


def _misread(statement: StatementLineage) -> Iterator[str]:
    """Columns that bear the name of a column read in vain: reading it is the fault, not producing it."""
    for unknown in statement.unknown_columns:
        yield unknown.column.rpartition(".")[2]


def _renamed(absent: list[str], extra: list[str]) -> dict[str, str]:
    """Absent column → the undocumented one that it seems to be; the only pair left is one, near or not."""
    renamed: dict[str, str] = {}
    for name in absent:
        guess = nearest(name, set(extra) - set(renamed.values()))
        if guess:
            renamed[name] = guess
    left = [name for name in absent if name not in renamed]
    free = [name for name in extra if name not in renamed.values()]
    if len(left) == len(free) == 1:
        renamed[left[0]] = free[0]
    return renamed
