"""Checks of use: is everything that is kept also read, and is it written once."""

from __future__ import annotations

from collections.abc import Iterator

from ..lineage import Node, NodeKind
from ..model import Certification, Enum, Job, Layer, Status
from ..project import Project
from ..settings import Severity
from ..sql.edges import GapReason
from .frame import Problem, check

MADE_TO_BE_READ = frozenset({Layer.SOURCE, Layer.REFERENCE, Layer.STAGING, Layer.INTERMEDIATE})
"""Layers whose tables exist for other tables; nobody opens them for their own sake."""

OUT_OF_SIGHT = frozenset({GapReason.SYNTAX, GapReason.UNSUPPORTED, GapReason.DYNAMIC_SQL})
"""Gaps behind which a statement may write more than was seen."""


@check("TB010", "unused-table", Severity.WARNING)
def unused_table(project: Project) -> Iterator[Problem]:
    """Nothing reads a table that stands at the beginning of the way.

    Told of the layers `source`, `reference`, `staging` and `intermediate` while they are not deprecated.

    ## Why
    It costs storage, freshness alarms and the attention of readers. Or its reader is not in the catalog,
    and then nobody knows what a change of it breaks.

    ## Bad
    ```yaml
    tables:
      - name: ops.stg_queue
        owner: ops
        description: Cleaned work items.
        layer: staging
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.stg_queue
        owner: ops
        description: Cleaned work items.
        layer: staging
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
        owner: ops
        tables: [ops.stg_queue]
    ```
    """
    queried = _queried(project)
    for table in project.catalog.tables.values():
        if table.layer not in MADE_TO_BE_READ or table.status is not Status.ACTIVE or table.name in queried:
            continue
        if not project.lineage.downstream(Node(NodeKind.TABLE, table.name), depth=1):
            yield Problem(
                table.name,
                f"nothing reads `{table.name}`",
                table.at("name"),
                "Add what reads it, or set `status: deprecated` and drop it",
            )


def _queried(project: Project) -> frozenset[str]:
    """The tables that a query reads whose result nobody has named."""
    return frozenset(
        table
        for text in project.lineage.traced.texts
        for statement in text.statements
        if not statement.writes
        for table in statement.reads
    )


@check("TB011", "written-by-two-jobs", Severity.WARNING)
def written_by_two_jobs(project: Project) -> Iterator[Problem]:
    """Two jobs write one table.

    ## Why
    What the table holds depends on which of them ran last, and each may undo the other.

    ## Bad
    ```yaml
    jobs:
      - {name: build_queue, tables: [ops.queue]}
      - {name: mend_queue, tables: [ops.queue]}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
    ```

    ## Good
    ```yaml
    jobs:
      - {name: build_queue, tables: [ops.queue]}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
    ```
    """
    writers: dict[str, list[tuple[Job, int]]] = {}
    for job in project.catalog.jobs.values():
        for index, table in enumerate(job.tables):
            writers.setdefault(table, []).append((job, index))
    for table, jobs in sorted(writers.items()):
        if len({job.name for job, _ in jobs}) > 1:
            listed = ", ".join(f"`{job.name}`" for job, _ in jobs)
            last, index = jobs[-1]
            yield Problem(
                table,
                f"`{table}` is written by several jobs: {listed}",
                last.at(f"tables.{index}"),
                "Let one job write it",
            )


@check("JB001", "job-writes-other-table", Severity.ERROR)
def job_writes_other_table(project: Project) -> Iterator[Problem]:
    """The file that a job runs does not write the tables that the job names.

    ## Why
    Whoever reruns the job to mend a table mends another one, or none.

    ## Bad
    ```yaml definitions/jobs.yml
    jobs:
      - {name: build_queue, path: definitions/queue.sql, tables: [ops.backlog]}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        sql: queue.sql
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.backlog
        owner: ops
        description: Work that waits for long.
    ```
    ```sql definitions/queue.sql
    SELECT 1 AS item_id
    ```

    ## Good
    ```yaml definitions/jobs.yml
    jobs:
      - {name: build_queue, path: definitions/queue.sql, tables: [ops.queue]}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        sql: queue.sql
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.backlog
        owner: ops
        description: Work that waits for long.
    ```
    ```sql definitions/queue.sql
    SELECT 1 AS item_id
    ```
    """
    for job in project.catalog.jobs.values():
        written = _written_by(project, job)
        for index, table in enumerate(job.tables):
            if written and table not in written:
                listed = ", ".join(f"`{name}`" for name in sorted(written))
                yield Problem(
                    f"job:{job.name}",
                    f"the job `{job.name}` names `{table}`, but its file writes {listed}",
                    job.at(f"tables.{index}"),
                    f"Write {listed} there, or correct `path:`",
                )


def _written_by(project: Project, job: Job) -> frozenset[str]:
    """The tables that the file of a job writes; none where some of it could not be seen."""
    statements = [
        statement
        for text in project.lineage.traced.texts
        if text.sql.start.file == job.path
        for statement in text.statements
    ]
    if any(gap.reason in OUT_OF_SIGHT for statement in statements for gap in statement.gaps):
        return frozenset()
    return frozenset(table for statement in statements for table in statement.writes)


@check("MT010", "metric-on-no-report", Severity.INFO)
def metric_on_no_report(project: Project) -> Iterator[Problem]:
    """A metric that is declared reliable is shown nowhere.

    Told of certified and governed metrics, in a catalog that has reports.

    ## Why
    Certifying costs work each year. Nobody sees the number, or it is seen where the catalog does not know.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        type: derived
        certification: governed
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
        owner: ops
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        type: derived
        certification: governed
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
        owner: ops
        metrics: [open_items]
    ```
    """
    if not project.catalog.reports:
        return
    for metric in project.catalog.metrics.values():
        is_vouched_for = metric.certification in (Certification.CERTIFIED, Certification.GOVERNED)
        is_shown = project.lineage.downstream(Node(NodeKind.METRIC, metric.name), depth=1)
        if is_vouched_for and metric.status is Status.ACTIVE and not is_shown:
            yield Problem(
                f"metric:{metric.name}",
                f"`{metric.name}` is {metric.certification} but no report shows it",
                metric.at("certification"),
                "Name it under `metrics:` of the reports that show it, or set `certification: exploratory`",
            )


@check("GV010", "unused-enumeration", Severity.INFO)
def unused_enumeration(project: Project) -> Iterator[Problem]:
    """No column takes its values from an enumeration.

    ## Why
    The list of values is kept up for nobody, or the columns that should be held to it are not.

    ## Bad
    ```yaml
    enums:
      - name: outcome
        values:
          - {value: upheld, label: Decision stands}
    ```

    ## Good
    ```yaml
    enums:
      - name: outcome
        values:
          - {value: upheld, label: Decision stands}
    tables:
      - name: ops.appeal
        owner: ops
        description: Requests to look at a decision again.
        columns:
          - {name: outcome, description: What came of it., enum: outcome}
    ```
    """
    used = {column.enum for table in project.catalog.tables.values() for column in table.columns}
    if not used - {None} <= project.catalog.enums.keys():
        return  # A misspelt name, which CL008 tells, may mean any of them.
    for enum in project.catalog.enums.values():
        if enum.name not in used and enum.status is Status.ACTIVE:
            yield Problem(
                f"enum:{enum.name}",
                f"no column takes its values from `{enum.name}`",
                enum.at("name"),
                f"Add `enum: {enum.name}` to the columns it describes, or remove it",
            )


@check("GV011", "value-listed-twice", Severity.ERROR)
def value_listed_twice(project: Project) -> Iterator[Problem]:
    """An enumeration lists one value twice.

    ## Why
    Two lines explain one value, and a reader finds the wrong one half of the time.

    ## Bad
    ```yaml
    enums:
      - name: outcome
        values:
          - {value: upheld, label: Decision stands}
          - {value: upheld, label: Decision confirmed}
    tables:
      - name: ops.appeal
        owner: ops
        description: Requests to look at a decision again.
        columns:
          - {name: outcome, description: What came of it., enum: outcome}
    ```

    ## Good
    ```yaml
    enums:
      - name: outcome
        values:
          - {value: upheld, label: Decision stands}
          - {value: reversed, label: Decision taken back}
    tables:
      - name: ops.appeal
        owner: ops
        description: Requests to look at a decision again.
        columns:
          - {name: outcome, description: What came of it., enum: outcome}
    ```
    """
    for enum in project.catalog.enums.values():
        yield from _repeated_values(enum)


def _repeated_values(enum: Enum) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for listed in enum.values:
        # 1 and true are equal in Python and different values in a table.
        key = (type(listed.value).__name__, str(listed.value))
        if key in seen:
            yield Problem(
                f"enum:{enum.name} {listed.value}",
                f"`{enum.name}` lists the value `{listed.value}` twice",
                listed.at("value"),
                "Keep one of the two lines",
            )
        seen.add(key)
