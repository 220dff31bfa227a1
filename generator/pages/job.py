"""The page of a job, for engineers: what it does, when, what it reads and writes, what waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog import Job, Location, Metric, Node, NodeKind, Report
from generator.links import job_path
from generator.pages.per_thing import PagePerThing
from generator.pages.relations import Relations
from generator.pages.rendering import rendered
from generator.pages.surroundings import Surroundings
from generator.site import Page
from generator.text import plain

MOST_REACHED = 500
"""How many things downstream of a table a page looks at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A table that a job reads, the jobs that write it, and whether one of those is told to run before."""

    table: str
    writers: tuple[Job, ...]
    is_waited_for: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """The metrics and reports that rest on what a job writes, by name; `is_all` unless there are more."""

    metrics: tuple[Metric, ...]
    reports: tuple[Report, ...]
    is_all: bool


def job_page(name: str, around: Surroundings) -> Page:
    """The page of a job."""
    site, job = around.site, around.site.project.catalog.jobs[name]
    page = Page(
        path=job_path(job.name),
        title=job.title,
        description=plain(job.summary or job.description) or f"{job.title}: a job",
        section="jobs",
        body="",
        source=job.at() if job.at().file else None,
        hide=("navigation",),
    )
    return rendered(page, "job.html", site, _values(job, around))


job_pages = PagePerThing("jobs", job_page)
"""A page for each job; partners have none, since none is published."""


def _values(job: Job, around: Surroundings) -> dict[str, object]:
    return {
        "job": job,
        "script": Location(job.path) if job.path else None,
        "readings": _readings(job, around),
        "followers": around.relations.jobs_after.get(job.name, ()),
        "reached": _reached(job, around),
        "findings": around.relations.findings_about("job", job.name),
    }


def _readings(job: Job, around: Surroundings) -> tuple[Reading, ...]:
    """What its script reads; where the script is not known, what the tables it writes are made from."""
    tables = around.reads_by_file.get(job.path or "")
    if tables is None:
        tables = tuple(sorted({*_right_above(job.tables, around)} - {*job.tables}))
    return tuple(_reading(table, job, around.relations) for table in tables)


def _right_above(tables: Iterable[str], around: Surroundings) -> Iterator[str]:
    for table in tables:
        for node in around.right_above(Node(NodeKind.TABLE, table)):
            if node.kind is NodeKind.TABLE:
                yield node.name


def _reading(table: str, job: Job, relations: Relations) -> Reading:
    writers = tuple(other for other in relations.jobs_by_table.get(table, ()) if other.name != job.name)
    return Reading(table, writers, any(other.name in job.depends_on for other in writers))


def _reached(job: Job, around: Surroundings) -> Reached:
    catalog = around.site.project.catalog
    found = [around.downstream(Node(NodeKind.TABLE, table), MOST_REACHED) for table in job.tables]
    metrics = {name for each in found for name in each.names(NodeKind.METRIC)}
    reports = {name for each in found for name in each.names(NodeKind.REPORT)}
    return Reached(
        tuple(catalog.metrics[name] for name in sorted(metrics) if name in catalog.metrics),
        tuple(catalog.reports[name] for name in sorted(reports) if name in catalog.reports),
        all(each.is_all for each in found),
    )
