"""Checks of metrics: does what they say agree with what they compute."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Location, Metric, MetricType
from ..project import Project
from ..settings import Severity
from ..sql.edges import GapReason
from ..suggest import did_you_mean
from .frame import Problem, check
from .known import is_described
from .missing_columns import missing_in_dimensions, missing_in_metrics, place_in_metric
from .references import and_elsewhere, dangling, metrics_of_metrics, metrics_of_reports


@check("MT001", "metric-reads-missing-column", Severity.ERROR)
def metric_reads_missing_column(project: Project) -> Iterator[Problem]:
    """A metric reads a column that its table does not have.

    ## Why
    The number cannot be computed as written, so whatever people quote comes from somewhere else.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(items_id)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    """
    for (table, column), readings in missing_in_metrics(project).items():
        yield Problem(
            f"{table}.{column}",
            f"`{readings[0].reader}` reads `{column}` from `{table}`, which has no such column"
            f"{and_elsewhere(len(readings))}",
            readings[0].location,
            did_you_mean(column.rpartition(".")[2], readings[0].candidates),
        )


@check("MT002", "ratio-without-denominator", Severity.ERROR)
def ratio_without_denominator(project: Project) -> Iterator[Problem]:
    """A ratio does not say what it divides by.

    ## Why
    *Share of what?* is the first question about any rate, and the one most often answered wrongly.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of appealed decisions that were reversed.
        type: ratio
        source: ops.appeals
        numerator: {expression: COUNTIF(overturned)}
    tables:
      - name: ops.appeals
        owner: ops
        description: Decisions that people appealed.
        columns:
          - {name: overturned, description: The second review came to another result.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of appealed decisions that were reversed.
        type: ratio
        source: ops.appeals
        numerator: {expression: COUNTIF(overturned)}
        denominator: {expression: COUNT(*)}
    tables:
      - name: ops.appeals
        owner: ops
        description: Decisions that people appealed.
        columns:
          - {name: overturned, description: The second review came to another result.}
    ```
    """
    for metric in project.catalog.metrics.values():
        if metric.type is MetricType.RATIO and metric.denominator is None:
            yield Problem(
                f"metric:{metric.name}",
                f"`{metric.name}` is a ratio without a denominator",
                metric.at("type"),
                "Add `denominator:` with its `expression` and a `label` in words",
            )


@check("MT003", "unknown-dimension", Severity.ERROR)
def unknown_dimension(project: Project) -> Iterator[Problem]:
    """A dimension or the time anchor of a metric is no column of its source.

    ## Why
    The page offers a breakdown that nobody can compute.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
        dimensions: [contry]
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: country, description: Where the uploader lives.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
        dimensions: [country]
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: country, description: Where the uploader lives.}
    ```
    """
    for (table, column), readings in missing_in_dimensions(project).items():
        yield Problem(
            f"{table}.{column}",
            f"`{readings[0].reader}` is split or dated by `{column}`, but `{table}` has no such column"
            f"{and_elsewhere(len(readings))}",
            readings[0].location,
            did_you_mean(column, readings[0].candidates),
        )


@check("MT004", "unknown-related-metric", Severity.ERROR)
def unknown_related_metric(project: Project) -> Iterator[Problem]:
    """A metric names another metric that there is not.

    ## Why
    Read this one instead, or beside it: such advice is worth nothing if the link is dead.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(*)
        related_metrics: [{name: oldest_itm}]
      - name: oldest_item
        owner: ops
        description: How long the oldest piece of content has been waiting.
        source: ops.queue
        expression: MAX(hours_open)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: hours_open, description: Time since the item came in.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(*)
        related_metrics: [{name: oldest_item}]
      - name: oldest_item
        owner: ops
        description: How long the oldest piece of content has been waiting.
        source: ops.queue
        expression: MAX(hours_open)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: hours_open, description: Time since the item came in.}
    ```
    """
    known = project.catalog.metrics
    in_reports = {reference.name for reference in metrics_of_reports(project.catalog)}
    for missing in dangling(project, metrics_of_metrics(project.catalog), known.keys() | in_reports):
        yield Problem(
            f"metric:{missing.name}",
            f"the metric `{missing.name}` does not exist{missing.elsewhere}",
            missing.location,
            did_you_mean(missing.name, known, f"Add it under `metrics:` with `name: {missing.name}`"),
        )


@check("MT005", "metric-without-description", Severity.WARNING)
def metric_without_description(project: Project) -> Iterator[Problem]:
    """A metric has neither a summary nor a description.

    ## Why
    People quote a number by its name. What it means must stand somewhere.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        type: derived
        formula: items opened − items closed
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        summary: Pieces of content that nobody has looked at yet.
        type: derived
        formula: items opened − items closed
    ```
    """
    for metric in project.catalog.metrics.values():
        if not is_described(metric):
            yield _missing(metric, "has no description", "Add `summary:` with one plain sentence")


@check("MT006", "metric-without-source", Severity.WARNING)
def metric_without_source(project: Project) -> Iterator[Problem]:
    """A metric does not say which table it reads.

    ## Why
    Without a source the metric has no lineage, and nothing notices when its table changes. A metric of
    type `derived` is made from other metrics and needs none.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        expression: COUNT(*)
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(*)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
    ```
    """
    for metric in project.catalog.metrics.values():
        if metric.source is None and metric.type is not MetricType.DERIVED:
            yield _missing(metric, "names no source", "Add `source:` with the table it reads")


@check("MT007", "expression-not-parsed", Severity.ERROR)
def expression_not_parsed(project: Project) -> Iterator[Problem]:
    """The SQL of a metric cannot be parsed.

    ## Why
    Nobody can compute it as written, and it has no lineage.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    """
    found: dict[tuple[str, Location], str] = {}
    for traced in project.lineage.traced.expressions:
        for statement in traced.statements:
            for gap in statement.gaps:
                if gap.reason is GapReason.SYNTAX:
                    place = place_in_metric(project, traced, gap.line)
                    found.setdefault((traced.metric, place), gap.detail)
    for (metric, place), detail in sorted(found.items()):
        yield Problem(f"metric:{metric}", f"the SQL of `{metric}` cannot be parsed: {detail}", place)


@check("MT008", "metric-without-expression", Severity.WARNING)
def metric_without_expression(project: Project) -> Iterator[Problem]:
    """A metric names its source but not what it computes from it.

    ## Why
    A definition in words alone can be read in two ways, and nothing holds it to the data.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(*)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
    ```
    """
    for metric in project.catalog.metrics.values():
        if metric.source and not metric.expression and not _is_ratio_in_parts(metric):
            yield _missing(
                metric,
                f"does not say what it computes from `{metric.source}`",
                "Add `expression:` with SQL over the source, or numerator and denominator",
            )


def _is_ratio_in_parts(metric: Metric) -> bool:
    """Has it a numerator? That the denominator is missing is a fault of its own."""
    return metric.numerator is not None or (metric.type is MetricType.RATIO and metric.denominator is None)


def _missing(metric: Metric, fault: str, hint: str) -> Problem:
    return Problem(f"metric:{metric.name}", f"`{metric.name}` {fault}", metric.at("name"), hint)
