"""Checks of words that should agree: a column and its copy, a metric and what its certificate promises."""

from __future__ import annotations

from collections.abc import Iterator

from ..inherit import says_from_where, text_source
from ..lineage import Node, NodeKind
from ..model import Certification, Column, Metric, MetricType, Table
from ..project import Project
from ..settings import Severity
from .copies import copies, documented_columns
from .frame import Problem, check

PROMISED = ("unit", "grain", "time_anchor", "includes", "excludes", "last_reviewed")
"""What a certified metric says of itself beyond what every metric does."""


@check("CL011", "copy-disagrees", Severity.WARNING)
def copy_disagrees(project: Project) -> Iterator[Problem]:
    """A column and the column it copies have different units, or values from different enumerations.

    ## Why
    The SQL copies the value as it is, so one of the two entries is wrong.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: wait, description: How long it has waited., unit: seconds}
      - name: ops.waiting
        owner: ops
        description: Waiting times.
        columns:
          - {name: wait, description: Time since it came in., unit: minutes}
        sql: SELECT wait FROM ops.queue
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: wait, description: How long it has waited., unit: seconds}
      - name: ops.waiting
        owner: ops
        description: Waiting times.
        columns:
          - {name: wait, description: Time since it came in., unit: seconds}
        sql: SELECT wait FROM ops.queue
    ```
    """
    for copy in copies(project, lambda column: column.unit or column.enum):
        for key in ("unit", "enum"):
            here, there = getattr(copy.column, key), getattr(copy.source, key)
            if here and there and here != there and (key != "enum" or _both_known(project, here, there)):
                yield Problem(
                    f"{copy.table.name}.{copy.column.name}",
                    f"`{copy.column.name}` of `{copy.table.name}` has the {key} `{here}`, the column it "
                    f"copies, `{copy.origin}`, has `{there}`",
                    copy.column.at(key),
                    f"Correct `{key}:` of one of the two, or convert the value in the SQL",
                )


def _both_known(project: Project, *enums: str) -> bool:
    """Is none of them a misspelt name, which CL008 tells?"""
    return project.catalog.enums.keys() >= set(enums)


@check("CL013", "inherited-text-outdated", Severity.WARNING)
def inherited_text_outdated(project: Project) -> Iterator[Problem]:
    """A column says whose description it has, and that column says something else by now.

    ## Why
    `inherited_from:` promises that the words are kept where the value is made. A copy of them that has
    stayed behind tells readers what used to be true.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.waiting
        owner: ops
        description: Waiting times.
        columns:
          - {name: item, description: Video to look at., inherited_from: ops.queue.item_id}
        sql: SELECT item_id AS item FROM ops.queue
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.waiting
        owner: ops
        description: Waiting times.
        columns:
          - {name: item, description: Piece of content to look at., inherited_from: ops.queue.item_id}
        sql: SELECT item_id AS item FROM ops.queue
    ```
    """
    for table, column in documented_columns(project):
        if says_from_where(column):
            node = Node(NodeKind.COLUMN, table.name, column.name)
            fault = _inherited_fault(node, column, project)
            if fault:
                yield Problem(str(node), fault[0], column.at("inherited_from"), fault[1])


def _inherited_fault(node: Node, column: Column, project: Project) -> tuple[str, str] | None:
    """What is wrong with the words of a column that says whose they are, and what to do; None if nothing."""
    found = text_source(node, project.catalog, project.lineage)
    if found is None and project.lineage.gaps(node.name):
        return None
    if found is None or column.inherit is False:
        message = f"`{node}` says `inherited_from:`, but is no copy of a described column"
        return message, "Remove `inherited_from:` to keep the words as your own"
    renew = "Run `plumbline inherit --write`, or remove `inherited_from:` to keep the words as your own"
    source = str(found[0])
    if source != column.inherited_from:
        return f"the words of `{node}` are written at `{source}`, not at `{column.inherited_from}`", renew
    if column.description != found[1].description:
        return f"the description of `{node}` is not that of `{source}` any more", renew
    return None


@check("CL012", "key-column-may-be-empty", Severity.WARNING)
def key_column_may_be_empty(project: Project) -> Iterator[Problem]:
    """A column of the primary key says that it may be null.

    ## Why
    Rows without a key are lost in every join, and counted in none of its results.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        primary_key: [item_id]
        columns:
          - {name: item_id, description: Piece of content to look at., required: false}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        primary_key: [item_id]
        columns:
          - {name: item_id, description: Piece of content to look at., required: true}
    ```
    """
    for table, column in _key_columns(project):
        if column.required is False:
            yield Problem(
                f"{table.name}.{column.name}",
                f"`{column.name}` is of the primary key of `{table.name}` and may be null",
                column.at("required"),
                "Set `required: true`, or leave it out of `primary_key:`",
            )


def _key_columns(project: Project) -> Iterator[tuple[Table, Column]]:
    for table in project.catalog.tables.values():
        for name in table.primary_key:
            column = table.column(name)
            if column:
                yield table, column


@check("MT011", "certified-metric-incomplete", Severity.WARNING)
def certified_metric_incomplete(project: Project) -> Iterator[Problem]:
    """A certified metric leaves out something that its readers rely on.

    Certified means: unit, grain, time anchor, what counts and what does not, and when somebody last looked.

    ## Why
    The badge tells readers to stop asking. What is not written then is assumed, by each in his own way.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
        certification: certified
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: opened_at, description: When it came in.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
        certification: certified
        unit: items
        grain: One value per day.
        time_anchor: opened_at
        includes: [Content that waits for its first look.]
        excludes: [Content that waits for a second look.]
        last_reviewed: 2026-10-01
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: opened_at, description: When it came in.}
    ```
    """
    for metric in project.catalog.metrics.values():
        missing = _missing_promises(metric) if metric.certification is Certification.CERTIFIED else []
        if missing:
            listed = ", ".join(f"`{key}`" for key in missing)
            yield Problem(
                f"metric:{metric.name}",
                f"`{metric.name}` is certified but does not give {listed}",
                metric.at("certification"),
                f"Add {listed}, or set `certification: governed`",
            )


def _missing_promises(metric: Metric) -> list[str]:
    """A derived metric may have no rows of its own to place in time."""
    keys = (key for key in PROMISED if key != "time_anchor" or metric.type is not MetricType.DERIVED)
    return [key for key in keys if not getattr(metric, key)]
