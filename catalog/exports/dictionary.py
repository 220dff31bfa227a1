"""The data dictionary: what a project holds as lists of rows of text, one list for each kind.

Both the CSV files and the workbook are written from it, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model import Column, Described
from ..project import Project
from .exporting import Exporting
from .headings import (
    COLUMNS,
    EDGES,
    JOBS,
    LINKS,
    METRICS,
    REPORTS,
    TABLES,
    TEAMS,
    TERMS,
    VALUES,
    ColumnOf,
    Heading,
    Hop,
    ValueOf,
    said,
)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row in the order of the headings, and the address of the page that it leads to."""

    cells: tuple[str, ...]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list of things of one kind. `name` is that of its file too, in lower case.

    `linked` is the place of the heading whose cells lead to the pages of the rows.
    """

    name: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    linked: int = 0


def dictionary_sheets(exporting: Exporting) -> tuple[Sheet, ...]:
    """The lists that hold anything, in the order of reading."""
    catalog, lineage = exporting.project.catalog, exporting.project.lineage
    enums = (ValueOf(enum, value) for enum in catalog.enums.values() for value in enum.values)
    links = (Hop(source, target) for source, target in lineage.links)
    edges = (Hop(edge.source, edge.target, edge) for edge in lineage.edges)
    kinds: tuple[tuple[str, tuple[Heading, ...], Iterable[Any]], ...] = (
        ("Tables", TABLES, catalog.tables.values()),
        ("Columns", COLUMNS, columns_of(exporting.project)),
        ("Metrics", METRICS, catalog.metrics.values()),
        ("Reports", REPORTS, catalog.reports.values()),
        ("Jobs", JOBS, catalog.jobs.values()),
        ("Terms", TERMS, catalog.terms.values()),
        ("Values", VALUES, enums),
        ("Teams", TEAMS, catalog.teams.values()),
        ("Lineage", LINKS, links),
        ("Edges", EDGES, edges),
    )
    sheets = (_sheet(name, headings, things, exporting) for name, headings, things in kinds)
    return tuple(sheet for sheet in sheets if sheet.rows)


def columns_of(project: Project) -> Iterator[ColumnOf]:
    """Every column: the documented ones of a table, then those that only its SQL knows."""
    for table in project.catalog.tables.values():
        outputs = project.lineage.outputs(table.name)
        for column in table.columns:
            output = outputs.get(column.name)
            yield ColumnOf(
                table, column, is_documented=True, type=column.type or (output and output.type) or None
            )
        written = {column.name for column in table.columns}
        for name, output in outputs.items():
            if name not in written:
                yield ColumnOf(
                    table, Column.model_construct(name=name), is_documented=False, type=output.type
                )


def _sheet(name: str, headings: tuple[Heading, ...], things: Iterable[Any], exporting: Exporting) -> Sheet:
    shown = tuple(each for each in headings if not (each.is_internal and exporting.is_for_partners))
    rows = (
        Row(tuple(said(_shown(each, thing, exporting)) for each in shown), _page(thing, exporting))
        for thing in things
    )
    return Sheet(name, shown, tuple(rows), linked=int(headings in (COLUMNS, VALUES)))


def _shown(heading: Heading, thing: Any, exporting: Exporting) -> object:
    if isinstance(heading.shows, str):
        return getattr(thing, heading.shows)
    return heading.shows(thing, exporting)


def _page(thing: Any, exporting: Exporting) -> str:
    if isinstance(thing, ColumnOf):
        return exporting.page_of(thing.table, thing.column.name)
    if isinstance(thing, ValueOf):
        return exporting.page_of(thing.enum, "")
    return exporting.page_of(thing, "") if isinstance(thing, Described) else ""
