"""Checks of columns: are the documented columns those that the SQL produces and reads."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine import TypePair
from ..lineage import Node, NodeKind
from ..model import Column, Location, SqlText, Table, TableKind
from ..project import Project
from ..settings import Severity
from ..sql.edges import OutputColumn
from ..suggest import did_you_mean
from .frame import Problem, check
from .known import says
from .mention import place_of_word
from .missing_columns import missing_in_sql
from .production import Match, matches
from .references import and_elsewhere, dangling, enumerations
from .wording import adds_nothing


@check("CL001", "column-without-description", Severity.WARNING)
def column_without_description(project: Project) -> Iterator[Problem]:
    """A column has no description.

    ## Why
    Whoever reads the number needs to know what was counted, and what was not.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    """
    for table in project.catalog.tables.values():
        for column in table.columns:
            if not column.description:
                yield Problem(
                    f"{table.name}.{column.name}",
                    f"`{column.name}` has no description",
                    column.at("name"),
                    "Add `description:` with what the name does not tell (`plumbline inherit` for copies)",
                )


@check("CL002", "description-restates-name", Severity.WARNING)
def description_restates_name(project: Project) -> Iterator[Problem]:
    """A description says no more than the name does.

    ## Why
    It looks like documentation, counts as documentation, and helps nobody.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: opened_at, description: The opened at column.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: opened_at, description: When the item came into the queue.}
    ```
    """
    for table in project.catalog.tables.values():
        if table.description and adds_nothing(table.description, table.name):
            yield _restates(table.name, table.name, table.at("description"))
        for column in table.columns:
            if says(column, "description") and adds_nothing(column.description or "", column.name):
                yield _restates(f"{table.name}.{column.name}", column.name, column.at("description"))
    for metric in project.catalog.metrics.values():
        if metric.description and adds_nothing(metric.description, metric.name):
            yield _restates(f"metric:{metric.name}", metric.name, metric.at("description"))


def _restates(subject: str, name: str, location: Location) -> Problem:
    return Problem(
        subject,
        f"the description of `{name}` only restates the name",
        location,
        "Say what is counted, from when to when, and what is left out",
    )


@check("CL003", "column-not-produced", Severity.ERROR)
def column_not_produced(project: Project) -> Iterator[Problem]:
    """A column is documented but the SQL does not produce it.

    ## Why
    The entry describes something that is not there. A reader will look for it, or trust a word about
    a column that has another name by now.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: opened, description: When it came into the queue.}
        sql: |
          SELECT 1 AS item_id, CURRENT_TIMESTAMP() AS opened_at
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: opened_at, description: When it came into the queue.}
        sql: |
          SELECT 1 AS item_id, CURRENT_TIMESTAMP() AS opened_at
    ```
    """
    for match in matches(project):
        for column in match.not_produced:
            renamed = match.renamed.get(column.name)
            yield Problem(
                f"{match.table.name}.{column.name}",
                f"`{column.name}` is documented but the SQL does not produce it",
                column.at("name"),
                f"Did you mean `{renamed}`?" if renamed else "Remove it, or add it to the SQL",
            )


@check("CL004", "column-not-documented", Severity.WARNING)
def column_not_documented(project: Project) -> Iterator[Problem]:
    """The SQL produces a column that the table's entry does not list.

    ## Why
    It can be used, and will be, with nobody having said what it means.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT 1 AS item_id, 3 AS priority
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: priority, description: 1 is looked at first.}
        sql: |
          SELECT 1 AS item_id, 3 AS priority
    ```
    """
    for match in matches(project):
        if match.table.kind is TableKind.QUERY:
            continue
        if not match.table.columns and match.not_documented:
            yield _nothing_documented(match)
            continue
        for name, (sql, line) in match.not_documented.items():
            yield Problem(
                f"{match.table.name}.{name}",
                f"`{name}` is produced by the SQL of `{match.table.name}` but is not documented",
                place_of_word(sql, name, line),
                f"Add it to `columns:` of `{match.table.name}`",
            )


def _nothing_documented(match: Match) -> Problem:
    names = ", ".join(f"`{name}`" for name in match.not_documented)
    return Problem(
        match.table.name,
        f"`{match.table.name}` documents none of the {len(match.not_documented)} columns its SQL produces",
        match.table.at("name"),
        f"List them under `columns:`: {names}",
    )


@check("CL005", "type-mismatch", Severity.ERROR)
def type_mismatch(project: Project) -> Iterator[Problem]:
    """A column has another type in its entry than in the SQL.

    ## Why
    Joins and filters are written from the documented type. A date that is a text compares wrongly and
    says nothing.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: opened_at, type: STRING, description: When the item came into the queue.}
        sql: |
          SELECT CURRENT_TIMESTAMP() AS opened_at
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: opened_at, type: TIMESTAMP, description: When the item came into the queue.}
        sql: |
          SELECT CURRENT_TIMESTAMP() AS opened_at
    ```
    """
    found = {
        (table.name, column.name): (column, output.type)
        for table in project.catalog.tables.values()
        for column, output in _mistyped(project, table)
    }
    for (table_name, name), (column, inferred) in found.items():
        if not found.keys() & _sources(project, table_name, name):
            yield Problem(
                f"{table_name}.{name}",
                f"`{name}` is documented as `{column.type}` but the SQL makes it `{inferred}`",
                column.at("type"),
                f"Write `type: {inferred}`, or cast it in the SQL",
            )


def _sources(project: Project, table: str, column: str) -> set[tuple[str, str]]:
    """The columns a column is made from: where one of them is mistyped, that is the fault."""
    node = Node(NodeKind.COLUMN, table, column)
    return {(edge.source.name, edge.source.column) for edge in project.lineage.edges_into(node)} - {
        (table, column)
    }


def _mistyped(project: Project, table: Table) -> Iterator[tuple[Column, OutputColumn]]:
    other_types = project.lineage.traced.other_types
    declared = {column.name: column for column in table.columns if column.type}
    for sql, output in _typed_outputs(project, table):
        column = declared.pop(output.name, None)
        if column and TypePair(sql.dialect, column.type or "", output.type or "") in other_types:
            yield column, output


def _typed_outputs(project: Project, table: Table) -> Iterator[tuple[SqlText, OutputColumn]]:
    for production in project.lineage.productions(table.name):
        for output in production.statement.outputs:
            if output.type:
                yield production.text.sql, output


@check("CL006", "unknown-column-read", Severity.ERROR)
def unknown_column_read(project: Project) -> Iterator[Problem]:
    """The SQL reads a column that its table does not have.

    ## Why
    The query fails, or reads another column than the author meant. Often a column was renamed
    upstream and this reader was forgotten.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.queue_size
        owner: ops
        description: How much work waits.
        columns:
          - {name: items, description: Pieces of content that wait.}
        sql: |
          SELECT COUNT(item_ids) AS items FROM ops.queue
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
      - name: ops.queue_size
        owner: ops
        description: How much work waits.
        columns:
          - {name: items, description: Pieces of content that wait.}
        sql: |
          SELECT COUNT(item_id) AS items FROM ops.queue
    ```
    """
    for (table, column), readings in missing_in_sql(project).items():
        yield Problem(
            f"{table}.{column}",
            f"`{column}` is read from `{table}`, which has no such column{and_elsewhere(len(readings))}",
            readings[0].location,
            did_you_mean(column.rpartition(".")[2], readings[0].candidates),
        )


@check("CL007", "value-outside-enumeration", Severity.ERROR)
def value_outside_enumeration(project: Project) -> Iterator[Problem]:
    """A value listed at a column is not in the enumeration that the column names.

    ## Why
    Two lists of the same values drift apart, and a filter on the wrong one finds nothing.

    ## Bad
    ```yaml
    enums:
      - name: outcome
        values:
          - {value: removed}
          - {value: kept}
    tables:
      - name: ops.decisions
        owner: ops
        description: What reviewers decided.
        columns:
          - {name: outcome, enum: outcome, valid_values: [removed, keep], description: What became of it.}
    ```

    ## Good
    ```yaml
    enums:
      - name: outcome
        values:
          - {value: removed}
          - {value: kept}
    tables:
      - name: ops.decisions
        owner: ops
        description: What reviewers decided.
        columns:
          - {name: outcome, enum: outcome, valid_values: [removed, kept], description: What became of it.}
    ```
    """
    for table in project.catalog.tables.values():
        for column in table.columns:
            enum = project.catalog.enums.get(column.enum or "")
            allowed = {str(item.value) for item in enum.values} if enum else set()
            for text, place in _listed_values(column) if allowed else ():
                if text not in allowed:
                    yield Problem(
                        f"{table.name}.{column.name}",
                        f"`{text}` is listed at `{column.name}` but is no value of `{column.enum}`",
                        place,
                        did_you_mean(text, allowed, f"Add it to the enumeration `{column.enum}`, or drop it"),
                    )


def _listed_values(column: Column) -> Iterator[tuple[str, Location]]:
    if says(column, "valid_values"):
        for index, value in enumerate(column.valid_values):
            yield str(value), column.at(f"valid_values.{index}")
    for index, value in enumerate(column.examples):
        if value not in column.valid_values:
            yield str(value), column.at(f"examples.{index}")


@check("CL008", "unknown-enumeration", Severity.ERROR)
def unknown_enumeration(project: Project) -> Iterator[Problem]:
    """A column names an enumeration that there is not.

    ## Why
    The page cannot show what the values mean, and no value can be checked.

    ## Bad
    ```yaml
    enums:
      - name: outcome
        values:
          - {value: removed}
    tables:
      - name: ops.decisions
        owner: ops
        description: What reviewers decided.
        columns:
          - {name: outcome, enum: outcomes, description: What became of the item.}
    ```

    ## Good
    ```yaml
    enums:
      - name: outcome
        values:
          - {value: removed}
    tables:
      - name: ops.decisions
        owner: ops
        description: What reviewers decided.
        columns:
          - {name: outcome, enum: outcome, description: What became of the item.}
    ```
    """
    known = project.catalog.enums
    for missing in dangling(project, enumerations(project.catalog), known):
        yield Problem(
            f"enum:{missing.name}",
            f"the enumeration `{missing.name}` does not exist{missing.elsewhere}",
            missing.location,
            did_you_mean(missing.name, known, f"Add it under `enums:` with `name: {missing.name}`"),
        )
