"""What hangs together in a catalog, looked up from the other end: built once for all pages of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from catalog import (
    Catalog,
    Column,
    Enum,
    Finding,
    Job,
    Metric,
    Report,
    Table,
    Team,
    Term,
)
from generator.site import Site

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Relations:
    """Every mapping lacks the names nothing hangs on; its tuples are sorted by name."""

    reports_by_metric: Mapping[str, tuple[Report, ...]]
    reports_by_table: Mapping[str, tuple[Report, ...]]
    metrics_by_table: Mapping[str, tuple[Metric, ...]]
    jobs_by_table: Mapping[str, tuple[Job, ...]]
    jobs_after: Mapping[str, tuple[Job, ...]]
    """By the job that they wait for."""
    columns_by_enum: Mapping[str, tuple[tuple[Table, Column], ...]]
    metrics_naming: Mapping[str, tuple[tuple[StrEnum, Metric], ...]]
    """By the metric named: as what, and by which."""
    findings: Mapping[str, tuple[Finding, ...]]
    """By subject: `metric:name`, `table`, `table.column` …"""
    findings_by_table: Mapping[str, tuple[Finding, ...]]
    """By the table whose name the subject is, or begins with."""

    def findings_about_table(self, table: Table) -> tuple[Finding, ...]:
        """Findings about the table, then those about its columns."""
        subjects = [table.name, f"table:{table.name}", *(f"{table.name}.{c.name}" for c in table.columns)]
        found = _grouped((each.subject, each) for each in self.findings_by_table.get(table.name, ()))
        return tuple(finding for subject in subjects for finding in found.get(subject, ()))

    def findings_about(self, kind: str, name: str) -> tuple[Finding, ...]:
        """Findings about a metric, report, team …"""
        return self.findings.get(f"{kind}:{name}", ())


def relate(site: Site) -> Relations:
    """The relations of everything a site shows."""
    catalog = site.project.catalog
    return Relations(
        reports_by_metric=_grouped(
            (name, report) for report in catalog.reports.values() for name in metrics_of(report)
        ),
        reports_by_table=_grouped(
            (name, report) for report in catalog.reports.values() for name in _tables_of(report)
        ),
        metrics_by_table=_grouped(
            (metric.source, metric) for metric in catalog.metrics.values() if metric.source
        ),
        jobs_by_table=_grouped((name, job) for job in catalog.jobs.values() for name in job.tables),
        jobs_after=_grouped((name, job) for job in catalog.jobs.values() for name in job.depends_on),
        columns_by_enum=_grouped(
            (column.enum, (table, column))
            for table in catalog.tables.values()
            for column in table.columns
            if column.enum
        ),
        metrics_naming=_grouped(
            (item.name, (item.relation, metric))
            for metric in catalog.metrics.values()
            for item in metric.related_metrics
        ),
        findings=_grouped((finding.subject, finding) for finding in site.findings),
        findings_by_table=_grouped(
            (table, finding) for finding in site.findings for table in _tables_meant(finding.subject, catalog)
        ),
    )


def _tables_meant(subject: str, catalog: Catalog) -> Iterator[str]:
    """Tables that the subject of a finding may be, or may be a column of."""
    name = subject.removeprefix("table:")
    while name:
        if name in catalog.tables:
            yield name
        name = name.rpartition(".")[0]


def metrics_of(report: Report) -> tuple[str, ...]:
    """Names of the metrics a report shows, each once, in the order of its definition."""
    shown = [*report.metrics, *(field.metric for field in report.fields if field.metric)]
    return tuple(dict.fromkeys(shown))


@dataclass(frozen=True)
class Holdings:
    """What a team answers for, each kind sorted by title."""

    metrics: tuple[Metric, ...]
    tables: tuple[Table, ...]
    reports: tuple[Report, ...]
    jobs: tuple[Job, ...]
    enums: tuple[Enum, ...]
    terms: tuple[Term, ...]


def holdings(team: Team, catalog: Catalog) -> Holdings:
    """What the team is the owner of."""

    def owned(things: Mapping[str, V]) -> tuple[V, ...]:
        return tuple(thing for thing in things.values() if getattr(thing, "owner", None) == team.name)

    return Holdings(
        owned(catalog.metrics),
        owned(catalog.tables),
        owned(catalog.reports),
        owned(catalog.jobs),
        owned(catalog.enums),
        owned(catalog.terms),
    )


def _tables_of(report: Report) -> tuple[str, ...]:
    columns = [column.rpartition(".")[0] for field in report.fields for _, column in field.reads]
    return tuple(dict.fromkeys([*report.tables, *(name for name in columns if name)]))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
