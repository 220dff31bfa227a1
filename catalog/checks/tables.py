"""Checks of tables: is every table that the SQL knows written down, described and answered for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..durations import duration
from ..lineage import Node, NodeKind
from ..model import Location, Table, TableKind
from ..project import Project
from ..settings import Severity
from ..suggest import nearest
from .frame import Problem, check
from .known import has_unread_file, is_described, is_system_table
from .mention import place_of_table


@check("TB001", "undocumented-table", Severity.ERROR)
def undocumented_table(project: Project) -> Iterator[Problem]:
    """The SQL uses a table that has no entry.

    ## Why
    A reader who follows the lineage ends at a bare name: no meaning, no owner, no columns.

    ## Bad
    ```yaml
    tables:
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue WHERE taken_at IS NULL
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
          SELECT item_id FROM ops.queue WHERE taken_at IS NULL
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: taken_at, description: When a reviewer took it.}
    ```
    """
    entries = project.catalog.tables
    if has_unread_file(project):
        return
    for table, place in sorted(_uses(project).items()):
        if table not in entries and not is_system_table(table):
            yield Problem(
                table,
                f"`{table}` is used in SQL but has no entry",
                place,
                _entry_hint(table, entries),
            )


def _entry_hint(table: str, entries: Iterable[str]) -> str:
    """Tables of one warehouse have names alike, so that a guess alone would often be the wrong remedy."""
    guess = nearest(table, entries)
    add = f"Add it under `tables:` with `name: {table}`"
    return f"{add}, or did you mean `{guess}`?" if guess else add


def _uses(project: Project) -> dict[str, Location]:
    """Table without an entry → where SQL names it first: in texts, else in metrics."""
    # Not `- entries.keys()`: that would go through all entries for each statement.
    entries = project.catalog.tables
    places: dict[str, Location] = {}
    for text in project.lineage.traced.texts:
        for statement in text.statements:
            for table in sorted({*statement.reads, *statement.writes}):
                if table not in entries and table not in places:
                    places[table] = place_of_table(text.sql, table, statement.line)
    for expression in project.lineage.traced.expressions:
        metric = project.catalog.metrics[expression.metric]
        for statement in expression.statements:
            for table in statement.reads:
                if table not in entries and table != metric.source:
                    places.setdefault(table, expression.location)
    return places


@check("TB002", "table-without-owner", Severity.WARNING)
def table_without_owner(project: Project) -> Iterator[Problem]:
    """A table names nobody who answers for it.

    ## Why
    When a number looks wrong, the reader needs someone to ask.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        description: Work that waits for a reviewer.
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        description: Work that waits for a reviewer.
        owner: ops
    ```
    """
    for table in project.catalog.tables.values():
        if not table.owner and table.kind is not TableKind.QUERY:
            yield Problem(
                table.name,
                f"`{table.name}` names no owner",
                table.at("name"),
                "Add `owner:` with the name of a team",
            )


@check("TB003", "table-without-description", Severity.WARNING)
def table_without_description(project: Project) -> Iterator[Problem]:
    """A table has neither a summary nor a description.

    ## Why
    Its name alone does not tell what a row is and what the table is good for.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        summary: Work that waits for a reviewer.
    ```
    """
    for table in project.catalog.tables.values():
        if not is_described(table):
            yield Problem(
                table.name,
                f"`{table.name}` has no description",
                table.at("name"),
                "Add `summary:` with one plain sentence",
            )


@check("TB004", "freshness-tighter-than-upstream", Severity.ERROR)
def freshness_tighter_than_upstream(project: Project) -> Iterator[Problem]:
    """A table promises to be fresher than a table it is made from.

    ## Why
    What is rebuilt every hour from a table that is a day old is a day old.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        freshness: P1D
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        freshness: PT1H
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        freshness: P1D
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        freshness: P1DT1H
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue
    ```
    """
    circles = {node.name for circle in project.lineage.cycles() for node in circle}
    for table in project.catalog.tables.values():
        promise = _promise(table)
        if promise is None or table.name in circles:
            continue
        sources = ((_promise(source), source) for source in _nearest_promising(project, table))
        laxest = max(((age, source.name) for age, source in sources if age), default=None)
        if laxest and laxest[0] > promise:
            upstream = project.catalog.tables[laxest[1]]
            yield Problem(
                table.name,
                f"`{table.name}` promises `{table.freshness}` but rests on `{upstream.name}`, "
                f"which promises `{upstream.freshness}`",
                table.at("freshness"),
                f"Promise `{upstream.freshness}` or more, or make `{upstream.name}` fresher",
            )


def _promise(table: Table) -> datetime.timedelta | None:
    return duration(table.freshness) if table.freshness else None


def _nearest_promising(project: Project, table: Table) -> Iterable[Table]:
    """The nearest tables upstream that promise something; what they rest on is their own affair."""
    found: dict[str, Table] = {}
    seen = {table.name}
    waiting = [table.name]
    while waiting:
        for name in _sources(project, waiting.pop()) - seen:
            seen.add(name)
            source = project.catalog.tables.get(name)
            if source and _promise(source):
                found[name] = source
            else:
                waiting.append(name)
    return found.values()


def _sources(project: Project, table: str) -> set[str]:
    node = Node(NodeKind.TABLE, table)
    return {
        source.name for source in project.lineage.upstream(node, depth=1) if source.kind is NodeKind.TABLE
    }
