"""Checks of files: what could not be read as a definition. The reader notes, these report."""

from __future__ import annotations

from collections.abc import Iterator

from ..durations import duration
from ..model import Metric, Table
from ..project import Project
from ..settings import Severity
from .frame import Problem, check
from .known import subject_of


@check("FL001", "file-not-read", Severity.ERROR)
def file_not_read(project: Project) -> Iterator[Problem]:
    """A file of the definitions cannot be read.

    ## Why
    What cannot be read is in no page and no check. A slip in one file must not hide behind the others.

    ## Bad
    ```yaml definitions/broken.yml
    tables:
      - name: ops.queue
        owner: [ops
    ```

    ## Good
    ```yaml definitions/broken.yml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
    ```
    """
    return misfits_of(project, "FL001")


@check("FL002", "unknown-key", Severity.ERROR)
def unknown_key(project: Project) -> Iterator[Problem]:
    """A key means nothing to Plumbline.

    ## Why
    A misspelt key would be dropped in silence, with what it says.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        freshnes: P1D
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        freshness: P1D
    ```
    """
    return misfits_of(project, "FL002")


@check("FL003", "bad-value", Severity.ERROR)
def bad_value(project: Project) -> Iterator[Problem]:
    """A value is not what its key asks for.

    ## Why
    The value is left out, so the page would say less than its author believes.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        kind: golden
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        kind: view
    ```
    """
    return misfits_of(project, "FL003")


@check("FL004", "missing-sql-file", Severity.ERROR)
def missing_sql_file(project: Project) -> Iterator[Problem]:
    """A table names a SQL file that is not there.

    ## Why
    Without its SQL a table has no lineage and nothing holds its words to the truth.

    ## Bad
    ```yaml definitions/queue.yml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        sql: queue_daily.sql
    ```

    ## Good
    ```yaml definitions/queue.yml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        sql: queue.sql
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    ```sql definitions/queue.sql
    SELECT 1 AS item_id
    ```
    """
    return misfits_of(project, "FL004")


@check("FL005", "empty-file", Severity.WARNING)
def empty_file(project: Project) -> Iterator[Problem]:
    """A definition file says nothing.

    ## Why
    It was forgotten, or its content was lost on the way.

    ## Bad
    ```yaml definitions/queue.yml
    # To be written.
    ```

    ## Good
    ```yaml definitions/queue.yml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
    ```
    """
    yield from misfits_of(project, "FL005")
    for text in project.lineage.traced.texts:
        if not text.statements and not text.sql.is_python:
            yield Problem(
                text.sql.table or text.sql.start.file,
                "the SQL holds no statement",
                text.sql.at(1),
                "Write the query, or remove `sql:`"
                if text.sql.table
                else "Write the query, or remove the file",
            )


@check("FL006", "bad-duration", Severity.ERROR)
def bad_duration(project: Project) -> Iterator[Problem]:
    """A span of time is not written as an ISO 8601 duration.

    ## Why
    Promises on freshness are compared along the lineage. That works only if they can be read.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        freshness: two hours
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        freshness: PT2H
    ```
    """
    for thing, key, text in _durations(project):
        if duration(text) is None:
            yield Problem(
                subject_of(thing),
                f"`{key}` of `{thing.name}` is `{text}`, which is no ISO 8601 duration",
                thing.at(key),
                "Write `P1D` for a day, `PT6H` for six hours, `P4W` for four weeks",
            )


def _durations(project: Project) -> Iterator[tuple[Table | Metric, str, str]]:
    for table in project.catalog.tables.values():
        for key, text in (("freshness", table.freshness), ("update_frequency", table.update_frequency)):
            if text:
                yield table, key, text
    for metric in project.catalog.metrics.values():
        if metric.matures_after:
            yield metric, "matures_after", metric.matures_after
        if metric.late_data:
            yield metric, "late_data", metric.late_data


def misfits_of(project: Project, code: str) -> Iterator[Problem]:
    """What the readers noted under the code of a check."""
    for misfit in project.catalog.misfits:
        if misfit.code == code:
            yield Problem(misfit.subject, misfit.message, misfit.location, misfit.hint)
