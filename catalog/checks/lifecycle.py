"""Checks of the life of a thing: what is deprecated, what replaces it, and who still uses it."""

from __future__ import annotations

from collections.abc import Iterator

from ..lineage import Node, NodeKind
from ..model import Described, Location, Metric, Report, Status, Table
from ..project import Project
from ..settings import Severity
from .frame import Problem, check
from .known import kind_of, subject_of
from .mention import place_of_table

ENDING = frozenset({Status.DEPRECATED, Status.RETIRED})
"""Statuses of what nobody should begin to use."""


@check("GV012", "deprecated-without-replacement", Severity.WARNING)
def deprecated_without_replacement(project: Project) -> Iterator[Problem]:
    """A deprecated table or metric does not say what to use instead.

    ## Why
    The reader learns that the number is going away, and nothing about where to go.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        type: derived
        status: deprecated
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        type: derived
        status: deprecated
        replacement: waiting_items
      - name: waiting_items
        owner: ops
        description: Pieces of content that wait for a first or a second look.
        type: derived
    ```
    """
    for thing in project.catalog.things():
        if isinstance(thing, Table | Metric) and thing.status is Status.DEPRECATED and not thing.replacement:
            yield Problem(
                subject_of(thing),
                f"`{thing.name}` is deprecated and does not say what to use instead",
                thing.at("status"),
                f"Add `replacement:` with the name of another {kind_of(thing)}",
            )


@check("TB012", "deprecated-table-used", Severity.WARNING)
def deprecated_table_used(project: Project) -> Iterator[Problem]:
    """Something that stays reads a table that goes away.

    ## Why
    On the day the table is dropped the reader breaks, or shows old numbers and says nothing.

    ## Bad
    ```yaml
    tables:
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue_old
      - name: ops.queue_old
        owner: ops
        description: Work that waits for a reviewer.
        status: deprecated
        replacement: ops.queue
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer, second design.
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue
      - name: ops.queue_old
        owner: ops
        description: Work that waits for a reviewer.
        status: deprecated
        replacement: ops.queue
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer, second design.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    """
    for table in project.catalog.tables.values():
        if table.status in ENDING:
            for node in project.lineage.downstream(Node(NodeKind.TABLE, table.name), depth=1):
                reader = _thing(project, node)
                if reader and reader.status not in ENDING:
                    yield _used(table, reader, _place_of_reading(project, reader, table.name))


@check("RP005", "report-shows-deprecated-metric", Severity.WARNING)
def report_shows_deprecated_metric(project: Project) -> Iterator[Problem]:
    """A report shows a metric that goes away.

    ## Why
    People go on quoting the number from there, long after its owner has stopped to answer for it.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        type: derived
        status: deprecated
        replacement: waiting_items
      - name: waiting_items
        owner: ops
        description: Pieces of content that wait for a first or a second look.
        type: derived
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
        owner: ops
        metrics: [open_items]
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        type: derived
        status: deprecated
        replacement: waiting_items
      - name: waiting_items
        owner: ops
        description: Pieces of content that wait for a first or a second look.
        type: derived
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
        owner: ops
        metrics: [waiting_items]
    ```
    """
    for metric in project.catalog.metrics.values():
        if metric.status in ENDING:
            for node in project.lineage.downstream(Node(NodeKind.METRIC, metric.name), depth=1):
                report = project.catalog.reports.get(node.name)
                if report and report.status not in ENDING:
                    yield _used(metric, report, _place_of_metric(report, metric.name))


def _used(thing: Table | Metric, reader: Described, place: Location) -> Problem:
    instead = f"`{thing.replacement}`" if thing.replacement else "something else; its owner knows what"
    return Problem(
        f"{subject_of(reader)} {thing.name}",
        f"the {kind_of(reader)} `{reader.name}` uses `{thing.name}`, which is {thing.status}",
        place,
        f"Use {instead}",
    )


def _thing(project: Project, node: Node) -> Described | None:
    kinds: dict[NodeKind, dict[str, Table] | dict[str, Metric] | dict[str, Report]] = {
        NodeKind.TABLE: project.catalog.tables,
        NodeKind.METRIC: project.catalog.metrics,
        NodeKind.REPORT: project.catalog.reports,
    }
    return kinds.get(node.kind, {}).get(node.name)


def _place_of_reading(project: Project, reader: Described, table: str) -> Location:
    for production in project.lineage.productions(reader.name) if isinstance(reader, Table) else ():
        if table in production.statement.reads:
            return place_of_table(production.text.sql, table, production.statement.line)
    if isinstance(reader, Report) and table in reader.tables:
        return reader.at(f"tables.{reader.tables.index(table)}")
    return reader.at("source")


def _place_of_metric(report: Report, metric: str) -> Location:
    if metric in report.metrics:
        return report.at(f"metrics.{report.metrics.index(metric)}")
    return next((field.at("metric") for field in report.fields if field.metric == metric), report.at("name"))
