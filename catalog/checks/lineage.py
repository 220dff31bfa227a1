"""Checks of lineage: what the SQL says of where tables come from, and what could not be read of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..lineage import Node
from ..model import Location
from ..project import Project
from ..settings import Severity
from ..sql import SQL_DIALECTS
from ..sql.edges import Gap, GapReason, StatementLineage
from ..suggest import did_you_mean
from ..trace import TracedText
from .frame import Problem, check
from .known import dialect_of, tables_in_sql
from .mention import place_of_table
from .missing_columns import place_in_metric
from .references import dangling, table_references


@check("LN001", "unknown-upstream", Severity.ERROR)
def unknown_upstream(project: Project) -> Iterator[Problem]:
    """A definition names a table that there is not.

    ## Why
    The link leads nowhere: a metric without its table has no lineage, and no check can hold it to the SQL.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queues
        expression: COUNT(item_id)
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
    entries = project.catalog.tables
    known = frozenset(entries) | tables_in_sql(project)
    for missing in dangling(project, table_references(project.catalog, known), known):
        yield Problem(
            missing.name,
            f"the table `{missing.name}` does not exist{missing.elsewhere}",
            missing.location,
            did_you_mean(missing.name, entries, f"Add it under `tables:` with `name: {missing.name}`"),
        )


@check("LN002", "sql-not-parsed", Severity.ERROR)
def sql_not_parsed(project: Project) -> Iterator[Problem]:
    """A piece of SQL cannot be parsed.

    ## Why
    What cannot be parsed has no lineage: its columns seem to come from nowhere.

    ## Bad
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
    SELECT 1 AS item_id FROM WHERE
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
    for text, _, gap in _gaps(project):
        if gap.reason is GapReason.SYNTAX:
            yield Problem(
                text.sql.table or text.sql.start.file,
                f"the SQL cannot be parsed: {gap.detail}",
                text.sql.at(gap.line, gap.char),
                f"Mend it, or set `dialect:` if it is not {text.sql.dialect}",
            )


@check("LN003", "lineage-gap", Severity.WARNING)
def lineage_gap(project: Project) -> Iterator[Problem]:
    """A part of the SQL has no lineage.

    ## Why
    An empty upstream list must not be taken for *nothing is upstream*. The gap and its reason are told.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT * FROM ops.queue
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT * FROM ops.queue
    ```
    """
    for text, statement, gap in _gaps(project):
        if gap.reason is not GapReason.SYNTAX and not _is_told_elsewhere(project, statement, gap):
            subject = text.sql.table or next(iter(statement.writes), text.sql.start.file)
            yield _gap_problem(subject, gap, text.sql.at(gap.line, gap.char))
    for traced in project.lineage.traced.expressions:
        if dialect_of(project, project.catalog.metrics[traced.metric]) not in SQL_DIALECTS:
            continue
        for statement in traced.statements:
            for gap in statement.gaps:
                if gap.reason is not GapReason.SYNTAX and not _is_told_elsewhere(project, statement, gap):
                    place = place_in_metric(project, traced, gap.line)
                    yield _gap_problem(f"metric:{traced.metric}", gap, place)


REMEDIES = {
    GapReason.UNKNOWN_STAR: "List the columns of the table that `*` stands for",
    GapReason.UNKNOWN_COLUMN: "List the columns of the tables it may come from",
    GapReason.AMBIGUOUS: "Put the table in front of the column",
    GapReason.DYNAMIC_SQL: "Write the SQL out, or describe the columns by hand",
    GapReason.UNSUPPORTED: "Say it in other SQL, or accept it under `waivers:` with a reason and a last day",
}


def _gap_problem(subject: str, gap: Gap, place: Location) -> Problem:
    concerned = f"`{gap.column}` of `{subject}`" if gap.column else f"`{subject}`"
    return Problem(
        subject, f"{concerned} has a gap in its lineage: {gap.detail}", place, REMEDIES.get(gap.reason)
    )


def _is_told_elsewhere(project: Project, statement: StatementLineage, gap: Gap) -> bool:
    """Does the gap follow from a table without an entry, or from a column that does not exist?"""
    if gap.reason is GapReason.UNKNOWN_COLUMN and statement.unknown_columns:
        return True
    from_columns = gap.reason in (GapReason.UNKNOWN_STAR, GapReason.UNKNOWN_COLUMN, GapReason.AMBIGUOUS)
    return from_columns and any(table not in project.catalog.tables for table in statement.reads)


def _gaps(project: Project) -> Iterator[tuple[TracedText, StatementLineage, Gap]]:
    for text in project.lineage.traced.texts:
        if text.sql.dialect not in SQL_DIALECTS:
            continue  # One gap as a whole, which LN005 tells.
        for statement in text.statements:
            for gap in statement.gaps:
                yield text, statement, gap


@check("LN004", "dependency-cycle", Severity.ERROR)
def dependency_cycle(project: Project) -> Iterator[Problem]:
    """Tables are made from each other in a circle.

    ## Why
    No order of building is right: each run rests on what the last one left, and an error never leaves again.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.history
      - name: ops.history
        owner: ops
        description: Work that was ever waiting.
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
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.history
        owner: ops
        description: Work that was ever waiting.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue
    ```
    """
    for group in project.lineage.cycles():
        path = _shortest_circle(project, group)
        names = " → ".join(f"`{node}`" for node in (*path, path[0]))
        yield Problem(
            str(path[0]),
            f"tables are made from each other in a circle: {names}",
            _place_of_hop(project, path[-1].name, path[0].name),
            "Break the circle where a table reads a later one",
        )


def _shortest_circle(project: Project, group: tuple[Node, ...]) -> tuple[Node, ...]:
    """From the first table of the group downstream and back to it, by the fewest hops."""
    start, members = group[0], frozenset(group)
    paths: dict[Node, tuple[Node, ...]] = {start: (start,)}
    waiting = [start]
    for node in waiting:
        for following in sorted(project.lineage.downstream(node, depth=1)):
            if following == start:
                return paths[node]
            if following in members and following not in paths:
                paths[following] = (*paths[node], following)
                waiting.append(following)
    return group


def _place_of_hop(project: Project, source: str, target: str) -> Location:
    """Where the SQL of the target names the source."""
    for production in project.lineage.productions(target):
        if source in production.statement.reads:
            return place_of_table(production.text.sql, source, production.statement.line)
    return project.catalog.tables[target].at("name")
