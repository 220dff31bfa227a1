"""Columns that are read but do not exist.

One missing column is one fault, however many things read it: the SQL is asked first, then metrics,
then dimensions and report fields, and each family leaves out what an earlier one reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Location, Metric
from ..project import Project
from ..sql.edges import UnknownColumn
from ..trace import TracedExpression, metric_parts
from .known import column_is_known, known_columns, produced_columns
from .references import columns_shown, split_column

ColumnName = tuple[str, str]
"""Table and column."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A place where a column is read that its table does not have."""

    reader: str
    location: Location
    candidates: tuple[str, ...]


Readings = dict[ColumnName, tuple[Reading, ...]]
"""Missing column → where it is read, by place."""


def missing_in_sql(project: Project) -> Readings:
    """Columns that SQL texts read and that do not exist."""
    return _existing_left_out(project, _sql_readings(project))


def missing_in_metrics(project: Project) -> Readings:
    """Columns that metrics read and that do not exist, those left out that SQL texts read as well."""
    reported = missing_in_sql(project)
    found = _existing_left_out(project, _metric_readings(project))
    return {name: readings for name, readings in found.items() if name not in reported}


def missing_in_dimensions(project: Project) -> Readings:
    """Dimensions and time anchors of metrics that their source does not have."""
    reported = {**missing_in_sql(project), **missing_in_metrics(project)}
    found = _unknown(project, _dimension_readings(project))
    return {name: readings for name, readings in found.items() if name not in reported}


def missing_in_reports(project: Project) -> Readings:
    """Columns of report fields that do not exist."""
    reported = {**missing_in_sql(project), **missing_in_metrics(project), **missing_in_dimensions(project)}
    found = _unknown(project, _report_readings(project))
    return {name: readings for name, readings in found.items() if name not in reported}


def place_in_metric(project: Project, traced: TracedExpression, line: int) -> Location:
    """Where a line of a traced expression comes from: the expression, or else the metric's filter.

    The traced text holds the lines of the expression, then a line for the source, then the filter.
    """
    metric = project.catalog.metrics[traced.metric]
    return metric.at("filter") if line > _lines_of_part(metric, traced.part) + 1 else traced.location


def _lines_of_part(metric: Metric, part: str) -> int:
    return next(text.count("\n") + 1 for name, text, _ in metric_parts(metric) if name == part)


def _sql_readings(project: Project) -> Iterator[tuple[ColumnName, Reading]]:
    for text in project.lineage.traced.texts:
        for statement in text.statements:
            for unknown in statement.unknown_columns:
                location = text.sql.at(unknown.line, unknown.char)
                yield _named(unknown), Reading(text.sql.start.file, location, unknown.candidates)


def _metric_readings(project: Project) -> Iterator[tuple[ColumnName, Reading]]:
    for traced in project.lineage.traced.expressions:
        for statement in traced.statements:
            for unknown in statement.unknown_columns:
                location = place_in_metric(project, traced, unknown.line)
                yield _named(unknown), Reading(traced.metric, location, unknown.candidates)


def _named(unknown: UnknownColumn) -> ColumnName:
    return unknown.table, unknown.column


def _dimension_readings(project: Project) -> Iterator[tuple[ColumnName, Reading]]:
    for metric in project.catalog.metrics.values():
        if metric.source:
            for index, dimension in enumerate(metric.dimensions):
                location = metric.at(f"dimensions.{index}")
                yield (metric.source, dimension), Reading(metric.name, location, ())
            if metric.time_anchor:
                location = metric.at("time_anchor")
                yield (metric.source, metric.time_anchor), Reading(metric.name, location, ())


def _report_readings(project: Project) -> Iterator[tuple[ColumnName, Reading]]:
    tables = frozenset(project.catalog.tables)
    for report in project.catalog.reports.values():
        for name, place in columns_shown(report):
            if "." in name:
                yield split_column(name, tables), Reading(report.name, place, ())


def _existing_left_out(project: Project, readings: Iterator[tuple[ColumnName, Reading]]) -> Readings:
    """Without columns that SQL produces and only no entry names: that they have no entry is the fault."""
    return {
        (table, column): found
        for (table, column), found in _grouped(readings).items()
        if column not in produced_columns(project, table)
    }


def _unknown(project: Project, readings: Iterator[tuple[ColumnName, Reading]]) -> Readings:
    """Those whose table is known to have no such column, with what it has instead."""
    missing: Readings = {}
    for (table, column), found in _grouped(readings).items():
        columns = known_columns(project, table)
        if columns is not None and not column_is_known(columns, column):
            candidates = tuple(sorted(columns))
            missing[table, column] = tuple(
                Reading(reading.reader, reading.location, candidates) for reading in found
            )
    return missing


def _grouped(readings: Iterator[tuple[ColumnName, Reading]]) -> Readings:
    groups: dict[ColumnName, set[Reading]] = {}
    for name, reading in readings:
        groups.setdefault(name, set()).add(reading)
    return {
        name: tuple(sorted(found, key=lambda reading: (reading.location, reading.reader)))
        for name, found in sorted(groups.items())
    }
