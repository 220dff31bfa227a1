"""Checks of layers: data flows from sources to readers, and names tell where a table stands."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..lineage import Node, NodeKind, Production
from ..model import Layer, Table
from ..project import Project
from ..settings import Severity
from .frame import Problem, check
from .mention import place_of_table

ORDER = {
    Layer.SOURCE: 0,
    Layer.REFERENCE: 0,
    Layer.STAGING: 1,
    Layer.INTERMEDIATE: 2,
    Layer.MART: 3,
    Layer.REPORT: 4,
}
"""Layer → its place on the way from source to reader."""


@check("TB008", "reads-later-layer", Severity.WARNING)
def reads_later_layer(project: Project) -> Iterator[Problem]:
    """A table reads one of a later layer.

    ## Why
    Layers are a promise about order: what stands earlier is finished first. A table that reads a later one
    shows yesterday's numbers, and a change of a report suddenly reaches the staging area.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        layer: mart
        grain: One row per piece of work.
        primary_key: [item_id]
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: SELECT item_id FROM ops.weekly_pack
      - name: ops.weekly_pack
        owner: ops
        description: Numbers for the weekly meeting.
        layer: report
        grain: One row per piece of work.
        primary_key: [item_id]
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        layer: mart
        grain: One row per piece of work.
        primary_key: [item_id]
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: SELECT item_id FROM ops.int_queue
      - name: ops.int_queue
        owner: ops
        description: Work that waits for a reviewer.
        layer: intermediate
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    """
    circles = [frozenset(node.name for node in circle) for circle in project.lineage.cycles()]
    for table, source, production in _readings(project):
        is_circle = any({table.name, source.name} <= circle for circle in circles)  # LN004 tells it
        if table.layer and source.layer and ORDER[source.layer] > ORDER[table.layer] and not is_circle:
            yield Problem(
                f"{table.name} {source.name}",
                f"`{table.name}` ({table.layer}) reads `{source.name}`, which is of the later layer "
                f"`{source.layer}`",
                place_of_table(production.text.sql, source.name, production.statement.line),
                "Read what the later table is made from, or correct `layer:` of one of the two",
            )


def _readings(project: Project) -> Iterator[tuple[Table, Table, Production]]:
    """A documented table, one it reads, and the statement that does."""
    for table in project.catalog.tables.values():
        for production in project.lineage.productions(table.name):
            for name in production.statement.reads:
                source = project.catalog.tables.get(name)
                if source:
                    yield table, source, production


@check("TB009", "name-outside-its-layer", Severity.WARNING)
def name_outside_its_layer(project: Project) -> Iterator[Problem]:
    """A table is not called what tables of its layer are called here.

    `layer_names` in `plumbline.yml` has the patterns of a layer; a table has to match one of them.

    ## Why
    Names that tell the layer let a reader of SQL see at a glance what is raw and what is finished.

    ## Bad
    ```yaml plumbline.yml
    name: Example
    layer_names:
      mart: ["mart_*.*"]
    ```
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        layer: mart
        grain: One row per day.
        primary_key: [day]
        columns:
          - {name: day, description: Day in UTC.}
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    layer_names:
      mart: ["mart_*.*"]
    ```
    ```yaml
    tables:
      - name: mart_ops.queue_daily
        owner: ops
        description: How much work waited.
        layer: mart
        grain: One row per day.
        primary_key: [day]
        columns:
          - {name: day, description: Day in UTC.}
    ```
    """
    for table in project.catalog.tables.values():
        patterns = _patterns(project, table.layer)
        if patterns and not any(fnmatchcase(table.name, pattern) for pattern in patterns):
            listed = " or ".join(f"`{pattern}`" for pattern in patterns)
            yield Problem(
                table.name,
                f"`{table.name}` is of the layer `{table.layer}`, whose tables are called {listed}",
                table.at("name"),
                "Rename it, correct its `layer:`, or add a pattern to `layer_names:` in plumbline.yml",
            )


def _patterns(project: Project, layer: Layer | None) -> tuple[str, ...]:
    patterns: tuple[str, ...] = getattr(project.settings.layer_names, layer) if layer else ()
    return patterns


@check("RP004", "report-reads-source-table", Severity.WARNING)
def report_reads_source_table(project: Project) -> Iterator[Problem]:
    """A report reads a table as it came from its source.

    ## Why
    Cleaning, and every rule about what counts, lies between source and mart. A report that goes round it
    shows other numbers than the rest of the company.

    ## Bad
    ```yaml
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
        owner: ops
        tables: [ops.raw_queue]
    tables:
      - name: ops.raw_queue
        owner: ops
        description: Work as the platform sends it.
        layer: source
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```

    ## Good
    ```yaml
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
        owner: ops
        tables: [ops.queue]
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        layer: intermediate
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    """
    for report in project.catalog.reports.values():
        for node in sorted(project.lineage.upstream(Node(NodeKind.REPORT, report.name), depth=1)):
            table = project.catalog.tables.get(node.name) if node.kind is NodeKind.TABLE else None
            if table and table.layer is Layer.SOURCE:
                at = f"tables.{report.tables.index(table.name)}" if table.name in report.tables else "fields"
                yield Problem(
                    f"report:{report.name} {table.name}",
                    f"the report `{report.name}` reads `{table.name}`, a source table",
                    report.at(at),
                    "Let it read a table of a later layer, or a metric",
                )
