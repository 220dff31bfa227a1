"""The coverage page, for engineers: how much is described, owned, certified, traced; what to do next."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from catalog import Coverage, Gap, Group, Lack, Layer, Location, Node, NodeKind, coverage_of, figures
from generator.links import COVERAGE, metric_path, report_path, table_path
from generator.pages.rendering import rendered
from generator.pages.surroundings import Surroundings
from generator.pages.trend import trends
from generator.site import Page, Site
from generator.words import count, listed, words

LONGEST_WORKLIST = 200
MOST_DOWNSTREAM = 500


@dataclass(frozen=True, slots=True)
class Task:
    """What one table, metric or report lacks. `consumers` counts the metrics and reports that rest on it."""

    name: str
    path: str | None
    lacks: str
    owner: str | None
    consumers: int
    location: Location | None


def coverage_pages(site: Site) -> Iterator[Page]:
    """The one page, for engineers."""
    if site.is_for_partners:
        return
    page = Page(
        path=COVERAGE,
        title="Coverage",
        description="How much of the warehouse is described, owned, certified and traced",
        section="coverage",
        body="",
        hide=("navigation",),
    )
    coverage = coverage_of(site.project)
    tasks = worklist(coverage, Surroundings(site))
    by_layer = [group for group in coverage.by_layer if group.name or _has_tables(group)]
    values = {
        "coverage": coverage,
        "figures": figures(coverage),
        "trends": trends(site.project.history),
        "history": site.project.history[::-1],
        "by_layer": by_layer,
        "layer_names": {group.name: _layer_name(group.name) for group in by_layer},
        "owner_names": {group.name: _owner_name(group.name, site) for group in coverage.by_owner},
        "kinds": [share.kind for share in coverage.described],
        "tasks": tasks[:LONGEST_WORKLIST],
        "left_out": max(len(tasks) - LONGEST_WORKLIST, 0),
        "gaps": all_gaps(site),
    }
    yield rendered(page, "coverage.html", site, values)


def _has_tables(group: Group) -> bool:
    return any(share.kind == "tables" for share in group.described)


def _layer_name(name: str) -> str:
    return words(Layer(name)) if name else "No layer"


def _owner_name(name: str, site: Site) -> str:
    team = site.project.catalog.teams.get(name)
    return team.title if team else name or "No owner"


def worklist(coverage: Coverage, around: Surroundings) -> list[Task]:
    """What is left to write, thing by thing; what most metrics and reports rest on comes first."""
    by_thing: dict[tuple[str, str], list[Lack]] = {}
    for lack in coverage.worklist:
        by_thing.setdefault(_thing_of(lack, around.site), []).append(lack)
    tasks = [_task(kind, name, lacks, around) for (kind, name), lacks in by_thing.items()]
    return sorted(tasks, key=lambda task: (-task.consumers, task.name))


def undescribed_tables(coverage: Coverage) -> list[str]:
    """Names of the tables that only SQL knows, sorted."""
    return sorted(
        lack.subject for lack in coverage.worklist if (lack.kind, lack.lacks) == ("tables", "entry")
    )


def _thing_of(lack: Lack, site: Site) -> tuple[str, str]:
    """The kind and name of the thing that lacks something; a column belongs to its table."""
    if lack.kind != "columns":
        return lack.kind, lack.subject.partition(":")[2] or lack.subject
    name = lack.subject
    while name not in site.project.catalog.tables and "." in name:
        name = name.rpartition(".")[0]
    return "tables", name


def _task(kind: str, name: str, lacks: list[Lack], around: Surroundings) -> Task:
    catalog = around.site.project.catalog
    known: dict[str, Container[str]] = {
        "tables": catalog.tables,
        "metrics": catalog.metrics,
        "reports": catalog.reports,
    }
    path = {"tables": table_path, "metrics": metric_path, "reports": report_path}[kind](name)
    node = Node(NodeKind(kind.removesuffix("s")), name)
    downstream = around.downstream(node, MOST_DOWNSTREAM)
    return Task(
        name=name,
        path=path if name in known[kind] else None,
        lacks=_lacks_words(lacks),
        owner=lacks[0].owner,
        consumers=len(downstream.names(NodeKind.METRIC)) + len(downstream.names(NodeKind.REPORT)),
        location=lacks[0].location,
    )


def _lacks_words(lacks: Iterable[Lack]) -> str:
    columns: dict[str, int] = {}
    own = []
    for lack in lacks:
        if lack.kind == "columns":
            columns[lack.lacks] = columns.get(lack.lacks, 0) + 1
        else:
            own.append(f"no {lack.lacks}")
    return listed([*own, *(f"{count(number, 'column')} without {what}" for what, number in columns.items())])


def all_gaps(site: Site) -> list[tuple[str, Gap, Location]]:
    """Everything the lineage did not see: the table or metric, the gap, the place."""
    lineage = site.project.lineage
    produced = {table for text in lineage.traced.texts for s in text.statements for table in s.writes}
    in_tables = [(table, gap, place) for table in sorted(produced) for gap, place in lineage.gaps(table)]
    unassigned = [
        (text.sql.start.file, gap, text.sql.at(gap.line, gap.char))
        for text in lineage.traced.texts
        for statement in text.statements
        if not statement.writes
        for gap in statement.gaps
    ]
    in_metrics = [
        (expression.metric, gap, expression.location)
        for expression in lineage.traced.expressions
        for statement in expression.statements
        for gap in statement.gaps
    ]
    return [*in_tables, *unassigned, *in_metrics]
