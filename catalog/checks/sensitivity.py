"""Checks of what must not spread: personal data and classified content, followed along column lineage."""

from __future__ import annotations

from collections.abc import Iterator

from ..lineage import Edge, Node, NodeKind
from ..model import Classification, Column, Table
from ..project import Project
from ..settings import Severity
from ..sql.edges import EdgeType, Subtype
from ..visibility import column_is_for_partners, is_for_partners
from .copies import column_of, copies, documented_columns
from .frame import Problem, check

RANK = {level: rank for rank, level in enumerate(Classification)}
"""Classification → how sensitive; the enumeration lists them from open to closed."""


@check("AU004", "personal-data-shown-to-partners", Severity.ERROR)
def personal_data_shown_to_partners(project: Project) -> Iterator[Problem]:
    """A column that partners see carries personal data.

    Followed through copies and calculations of single values; an aggregation or a masking function ends it.

    ## Why
    A person is told from another by it. Counting persons is a number for partners, their identifiers are not.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        label: Review queue
        owner: ops
        description: Work that waits for a reviewer.
        audience: partner
        columns:
          - {name: reviewer, label: Reviewer, description: Who took it., personal_data: true}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        label: Review queue
        owner: ops
        description: Work that waits for a reviewer.
        audience: partner
        columns:
          - {name: reviewer, description: Who took it., personal_data: true, audience: internal}
    ```
    """
    for table, column in documented_columns(project):
        if is_for_partners(table) and column_is_for_partners(table, column):
            source = _personal_source(project, table, column)
            if source is not None:
                yield Problem(
                    f"{table.name}.{column.name}",
                    f"`{column.name}` of `{table.name}` is for partners and carries personal data{source}",
                    column.at("name"),
                    "Set `audience: internal` at the column, or aggregate or mask it in the SQL",
                )


def _personal_source(project: Project, table: Table, column: Column) -> str | None:
    """Where the personal data of a column comes from, as the end of a message; None if it has none."""
    if column.personal_data:
        return ""
    start = Node(NodeKind.COLUMN, table.name, column.name)
    seen, waiting = {start}, [start]
    for node in waiting:
        for source in sorted({edge.source for edge in project.lineage.edges_into(node) if _carries(edge)}):
            found = column_of(project, source)
            if found and found.personal_data:
                return f" of `{source}`"
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return None


def _carries(edge: Edge) -> bool:
    """Does each single value arrive, unmasked?"""
    return edge.type is EdgeType.DIRECT and edge.subtype is not Subtype.AGGREGATION and not edge.masking


@check("CL009", "personal-data-not-marked", Severity.WARNING)
def personal_data_not_marked(project: Project) -> Iterator[Problem]:
    """A copy of a column with personal data is not marked as personal data.

    ## Why
    Who is asked to delete or to export what is known of a person looks for the mark, and misses the copy.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: reviewer, description: Who took it., personal_data: true}
      - name: ops.taken
        owner: ops
        description: Work that somebody has taken.
        columns:
          - {name: taken_by, description: Who works on it.}
        sql: SELECT reviewer AS taken_by FROM ops.queue
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: reviewer, description: Who took it., personal_data: true}
      - name: ops.taken
        owner: ops
        description: Work that somebody has taken.
        columns:
          - {name: taken_by, description: Who works on it., personal_data: true}
        sql: SELECT reviewer AS taken_by FROM ops.queue
    ```
    """
    for copy in copies(project, lambda column: column.personal_data):
        if not copy.column.personal_data:
            yield Problem(
                f"{copy.table.name}.{copy.column.name}",
                f"`{copy.column.name}` of `{copy.table.name}` copies the personal data of `{copy.origin}` "
                "and is not marked",
                copy.column.at("name"),
                "Add `personal_data: true`",
            )


@check("CL010", "classification-lowered", Severity.WARNING)
def classification_lowered(project: Project) -> Iterator[Problem]:
    """A copy of a column is classified as less sensitive than the column itself.

    ## Why
    The same value is locked in one place and open in another; the lower mark is the one that people meet.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: threshold, description: Score from which it is taken down., classification: restricted}
      - name: ops.rule
        owner: ops
        description: Rules in force.
        columns:
          - {name: threshold, description: Score in force., classification: internal}
        sql: SELECT threshold FROM ops.queue
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: threshold, description: Score from which it is taken down., classification: restricted}
      - name: ops.rule
        owner: ops
        description: Rules in force.
        columns:
          - {name: threshold, description: Score in force., classification: restricted}
        sql: SELECT threshold FROM ops.queue
    ```
    """
    for copy in copies(project, lambda column: column.classification):
        column, there = copy.column, copy.source.classification
        here = column.classification or copy.table.classification
        if there and here and RANK[here] < RANK[there]:
            yield Problem(
                f"{copy.table.name}.{column.name}",
                f"`{column.name}` of `{copy.table.name}` is {here}, the column it copies, `{copy.origin}`, "
                f"is {there}",
                column.at("classification" if column.classification else "name"),
                f"Set `classification: {there}`, or mask the value in the SQL",
            )
