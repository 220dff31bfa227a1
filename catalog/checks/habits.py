"""Checks of how SQL is written, where that tends to go wrong. What they see is in `project.observed`."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Layer, SqlText, Table
from ..project import Project
from ..settings import Severity
from ..sql import Observation, ObservationKind
from ..visibility import is_for_partners
from .frame import Problem, check


@check("SQ001", "star-in-published-table", Severity.WARNING)
def star_in_published_table(project: Project) -> Iterator[Problem]:
    """The SQL of a table that people read takes all columns of another table, whatever they are.

    Told of the layers `mart` and `report` and of tables that partners see. A star over a `WITH` query that
    lists its columns is fine.

    ## Why
    A column that is added upstream is published the next morning, without a description, an owner or a look
    at whether it may be seen.

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
        sql: SELECT * FROM ops.queue
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
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
        sql: SELECT item_id FROM ops.queue
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    """
    for text, seen in _seen(project, ObservationKind.STAR):
        table = project.catalog.tables.get(text.table or "")
        if table and (table.layer in (Layer.MART, Layer.REPORT) or is_for_partners(table)):
            yield Problem(
                f"{table.name} {seen.table}",
                f"`{table.name}` takes all columns of `{seen.table}`, whatever they are",
                text.at(seen.line, seen.char),
                "List the columns",
            )


@check("SQ002", "join-without-condition", Severity.WARNING)
def join_without_condition(project: Project) -> Iterator[Problem]:
    """A join does not say which rows belong together.

    `CROSS JOIN` says that all rows do, and is fine.

    ## Why
    Every row meets every row: sums are many times too high, and look as plausible as before.

    ## Bad
    ```yaml
    tables:
      - name: ops.named
        owner: ops
        description: Work with the name of its queue.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: label, description: What the queue is called.}
        sql: SELECT i.item_id, q.label FROM ops.item AS i, ops.queue AS q
      - name: ops.item
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: queue_id, description: Where it waits.}
      - name: ops.queue
        owner: ops
        description: Lists of work.
        columns:
          - {name: queue_id, description: Stable code of it.}
          - {name: label, description: What it is called.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.named
        owner: ops
        description: Work with the name of its queue.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: label, description: What the queue is called.}
        sql: SELECT i.item_id, q.label FROM ops.item AS i JOIN ops.queue AS q ON q.queue_id = i.queue_id
      - name: ops.item
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: queue_id, description: Where it waits.}
      - name: ops.queue
        owner: ops
        description: Lists of work.
        columns:
          - {name: queue_id, description: Stable code of it.}
          - {name: label, description: What it is called.}
    ```
    """
    for text, seen in _seen(project, ObservationKind.OPEN_JOIN):
        yield Problem(
            f"{_subject(text)} {seen.table}",
            f"no condition says which rows of `{seen.table}` belong to which others",
            text.at(seen.line, seen.char),
            "Add `ON` with the columns that agree, or write `CROSS JOIN` if every row is meant",
        )


@check("SQ003", "join-repeats-rows", Severity.WARNING)
def join_repeats_rows(project: Project) -> Iterator[Problem]:
    """A join may repeat rows whose values are added up.

    The joined table has a key, and the condition holds less than the key: a row may meet several. Told where
    the query sums, averages or counts columns of another table.

    ## Why
    Amounts are counted once for each row they meet. This is the commonest way to a number that is too high.

    ## Bad
    ```yaml
    tables:
      - name: ops.handled
        owner: ops
        description: Minutes by queue.
        columns:
          - {name: label, description: What the queue is called.}
          - {name: minutes, description: Time spent.}
        sql: |
          SELECT q.label, SUM(i.minutes) AS minutes
          FROM ops.item AS i
          JOIN ops.queue_by_day AS q ON q.queue_id = i.queue_id
          GROUP BY q.label
      - name: ops.item
        owner: ops
        description: Work that was done.
        columns:
          - {name: queue_id, description: Where it waited.}
          - {name: day, description: Day on which it was done.}
          - {name: minutes, description: Time it took.}
      - name: ops.queue_by_day
        owner: ops
        description: Lists of work as they were on a day.
        primary_key: [queue_id, day]
        columns:
          - {name: queue_id, description: Stable code of it.}
          - {name: day, description: Day in UTC.}
          - {name: label, description: What it is called.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.handled
        owner: ops
        description: Minutes by queue.
        columns:
          - {name: label, description: What the queue is called.}
          - {name: minutes, description: Time spent.}
        sql: |
          SELECT q.label, SUM(i.minutes) AS minutes
          FROM ops.item AS i
          JOIN ops.queue_by_day AS q ON q.queue_id = i.queue_id AND q.day = i.day
          GROUP BY q.label
      - name: ops.item
        owner: ops
        description: Work that was done.
        columns:
          - {name: queue_id, description: Where it waited.}
          - {name: day, description: Day on which it was done.}
          - {name: minutes, description: Time it took.}
      - name: ops.queue_by_day
        owner: ops
        description: Lists of work as they were on a day.
        primary_key: [queue_id, day]
        columns:
          - {name: queue_id, description: Stable code of it.}
          - {name: day, description: Day in UTC.}
          - {name: label, description: What it is called.}
    ```
    """
    for text, seen in _seen(project, ObservationKind.JOIN):
        joined = project.catalog.tables.get(seen.table)
        keys = _keys(joined) if joined else []
        held = frozenset(seen.detail.split(","))
        if keys and not any(key <= held for key in keys):
            left = ", ".join(f"`{name}`" for name in sorted(min(keys, key=len) - held))
            yield Problem(
                f"{_subject(text)} {seen.table}",
                f"the join to `{seen.table}` may repeat rows that are added up: "
                f"it leaves {left} of its key open",
                text.at(seen.line, seen.char),
                f"Join on {left} too, or bring `{seen.table}` to one row per key before",
            )


def _keys(table: Table) -> list[frozenset[str]]:
    """What tells the rows of a table apart, each by itself."""
    unique = [frozenset({column.name}) for column in table.columns if column.unique]
    return [*([frozenset(table.primary_key)] if table.primary_key else []), *unique]


@check("SQ004", "day-in-condition", Severity.INFO)
def day_in_condition(project: Project) -> Iterator[Problem]:
    """A condition names a day.

    Days that stand for *always* or *never* (1900, 1970, 2099, 9999) are fine.

    ## Why
    It was right on the day it was written. A window that should move stands still, and the day on which a
    rule changed is known to nobody but the SQL.

    ## Bad
    ```yaml
    tables:
      - name: ops.recent
        owner: ops
        description: Work that came in lately.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: SELECT item_id FROM ops.queue WHERE opened_at >= '2026-01-01'
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: opened_at, description: When it came in.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.recent
        owner: ops
        description: Work that came in lately.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: SELECT item_id FROM ops.queue WHERE opened_at >= CURRENT_DATE() - 90
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: opened_at, description: When it came in.}
    ```
    """
    for text, seen in _seen(project, ObservationKind.DAY):
        yield Problem(
            f"{_subject(text)} {seen.detail}",
            f"a condition names the day `{seen.detail}`",
            text.at(seen.line, seen.char),
            "Count from the current date, or take the day from a table or a parameter",
        )


def _seen(project: Project, kind: ObservationKind) -> Iterator[tuple[SqlText, Observation]]:
    for text in project.observed:
        for seen in text.observations:
            if seen.kind is kind:
                yield text.sql, seen


def _subject(text: SqlText) -> str:
    return text.table or text.start.file
