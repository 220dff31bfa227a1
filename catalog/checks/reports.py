"""Checks of reports: does what they show exist."""

from __future__ import annotations

from collections.abc import Iterator

from ..project import Project
from ..settings import Severity
from ..suggest import did_you_mean
from .frame import Problem, check
from .known import is_described
from .missing_columns import missing_in_reports
from .references import and_elsewhere, columns_shown, dangling, metrics_of_reports


@check("RP001", "unknown-metric-in-report", Severity.ERROR)
def unknown_metric_in_report(project: Project) -> Iterator[Problem]:
    """A report shows a metric that there is not.

    ## Why
    Readers of the report look for the meaning of a number and find none.

    ## Bad
    ```yaml
    reports:
      - name: weekly_pack
        owner: ops
        description: Numbers for the weekly meeting.
        metrics: [open_item]
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        type: derived
    ```

    ## Good
    ```yaml
    reports:
      - name: weekly_pack
        owner: ops
        description: Numbers for the weekly meeting.
        metrics: [open_items]
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        type: derived
    ```
    """
    known = project.catalog.metrics
    for missing in dangling(project, metrics_of_reports(project.catalog), known):
        yield Problem(
            f"metric:{missing.name}",
            f"the metric `{missing.name}` does not exist{missing.elsewhere}",
            missing.location,
            did_you_mean(missing.name, known, f"Add it under `metrics:` with `name: {missing.name}`"),
        )


@check("RP002", "unknown-column-in-report", Severity.ERROR)
def unknown_column_in_report(project: Project) -> Iterator[Problem]:
    """A field of a report shows a column that there is not.

    ## Why
    The field is empty or shows something else, and the lineage of the report ends there.

    ## Bad
    ```yaml
    reports:
      - name: weekly_pack
        owner: ops
        description: Numbers for the weekly meeting.
        fields:
          - {name: Country, column: ops.queue.contry}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: country, description: Where the uploader lives.}
    ```

    ## Good
    ```yaml
    reports:
      - name: weekly_pack
        owner: ops
        description: Numbers for the weekly meeting.
        fields:
          - {name: Country, column: ops.queue.country}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: country, description: Where the uploader lives.}
    ```
    """
    for (table, column), readings in missing_in_reports(project).items():
        yield Problem(
            f"{table}.{column}",
            f"`{readings[0].reader}` shows `{column}` of `{table}`, which has no such column"
            f"{and_elsewhere(len(readings))}",
            readings[0].location,
            did_you_mean(column, readings[0].candidates),
        )
    for report in project.catalog.reports.values():
        for name, place in columns_shown(report):
            if "." not in name:
                message = f"`{name}` does not say of which table it is a column"
                yield Problem(f"report:{report.name}", message, place, "Write `table.column`")


@check("RP003", "report-without-description", Severity.WARNING)
def report_without_description(project: Project) -> Iterator[Problem]:
    """A report has neither a summary nor a description.

    ## Why
    Whoever looks for a number must learn which report answers which question.

    ## Bad
    ```yaml
    reports:
      - name: weekly_pack
        owner: ops
    ```

    ## Good
    ```yaml
    reports:
      - name: weekly_pack
        owner: ops
        summary: Numbers for the weekly meeting.
    ```
    """
    for report in project.catalog.reports.values():
        if not is_described(report):
            yield Problem(
                f"report:{report.name}",
                f"`{report.name}` has no description",
                report.at("name"),
                "Add `summary:` with one plain sentence",
            )
