"""What definitions say of other things by name: every reference with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ..model import Catalog, Location, Report
from ..project import Project
from .known import has_unread_file, says


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that stands in a definition and means another thing."""

    name: str
    location: Location


@dataclass(frozen=True, slots=True)
class Dangling:
    """A name that means nothing, and where it stands first. One missing thing is one fault.

    `elsewhere` is the end of a message, empty where the name stands in one place.
    """

    name: str
    location: Location
    elsewhere: str


def dangling(project: Project, references: Iterable[Reference], known: Collection[str]) -> Iterator[Dangling]:
    """Names that none of the known things has; none while a file is unread, since it may hold them."""
    if has_unread_file(project):
        return
    places: dict[str, list[Location]] = {}
    for reference in references:
        if reference.name not in known:
            places.setdefault(reference.name, []).append(reference.location)
    for name, found in sorted(places.items()):
        yield Dangling(name, min(found), and_elsewhere(len(found)))


def and_elsewhere(count: int) -> str:
    """The end of a message on something that stands in so many places."""
    if count == 1:
        return ""
    return f" (and in {count - 1} other place{'s' if count > 2 else ''})"


def table_references(catalog: Catalog, known: frozenset[str]) -> Iterator[Reference]:
    """Tables that metrics, reports, jobs, columns and replacements name; `known` are the tables there are."""
    for metric in catalog.metrics.values():
        if metric.source:
            yield Reference(metric.source, metric.at("source"))
    for report in catalog.reports.values():
        yield from _tables_of_report(report, known)
    for job in catalog.jobs.values():
        for index, name in enumerate(job.tables):
            yield Reference(name, job.at(f"tables.{index}"))
    for table in catalog.tables.values():
        if table.replacement:
            yield Reference(table.replacement, table.at("replacement"))
        for column in table.columns:
            if column.references:
                yield Reference(column.references, column.at("references"))


def _tables_of_report(report: Report, known: frozenset[str]) -> Iterator[Reference]:
    for index, name in enumerate(report.tables):
        yield Reference(name, report.at(f"tables.{index}"))
    for name, place in columns_shown(report):
        if "." in name:
            yield Reference(split_column(name, known)[0], place)


def columns_shown(report: Report) -> Iterator[tuple[str, Location]]:
    """The columns behind the fields of a report, as they are named there, and where."""
    for field in report.fields:
        for key, name in field.reads:
            yield name, field.at(key)


def split_column(name: str, tables: frozenset[str]) -> tuple[str, str]:
    """Table and column of a dotted name; the column may be a field of a struct, so the tables decide."""
    table, _, column = name.rpartition(".")
    head, tail = table, column
    while head and head not in tables:
        head, _, part = head.rpartition(".")
        tail = f"{part}.{tail}"
    return (head, tail) if head else (table, column)


def metrics_of_reports(catalog: Catalog) -> Iterator[Reference]:
    """Metrics that reports show."""
    for report in catalog.reports.values():
        for index, name in enumerate(report.metrics):
            yield Reference(name, report.at(f"metrics.{index}"))
        for field in report.fields:
            if field.metric:
                yield Reference(field.metric, field.at("metric"))


def metrics_of_metrics(catalog: Catalog) -> Iterator[Reference]:
    """Metrics that metrics name as related, or as their replacement."""
    for metric in catalog.metrics.values():
        for related in metric.related_metrics:
            yield Reference(related.name, related.at("name"))
        if metric.replacement:
            yield Reference(metric.replacement, metric.at("replacement"))


def owners(catalog: Catalog) -> Iterator[Reference]:
    """Teams that things name as their owner."""
    for thing in catalog.things():
        if thing.owner:
            yield Reference(thing.owner, thing.at("owner"))


def enumerations(catalog: Catalog) -> Iterator[Reference]:
    """Enumerations that columns name."""
    for table in catalog.tables.values():
        for column in table.columns:
            if column.enum and says(column, "enum"):
                yield Reference(column.enum, column.at("enum"))


def other_things(catalog: Catalog) -> Iterator[tuple[str, Reference]]:
    """Terms that terms name, and jobs that jobs wait for, each with the kind that is meant."""
    for term in catalog.terms.values():
        for index, name in enumerate(term.related):
            yield "term", Reference(name, term.at(f"related.{index}"))
    for job in catalog.jobs.values():
        for index, name in enumerate(job.depends_on):
            yield "job", Reference(name, job.at(f"depends_on.{index}"))
