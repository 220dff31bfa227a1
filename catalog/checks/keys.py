"""Checks of what one row of a table is: its grain, and the columns that tell one row from another."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Layer, Table
from ..project import Project
from ..settings import Severity
from ..suggest import did_you_mean
from .frame import Problem, check
from .known import known_columns

READ_BY_PEOPLE = frozenset({Layer.MART, Layer.REPORT})
"""Layers whose tables people read without asking."""


@check("TB005", "table-without-grain", Severity.WARNING)
def table_without_grain(project: Project) -> Iterator[Problem]:
    """A table of a mart or report layer does not say what one row is.

    ## Why
    Whoever adds its rows up, or joins it, has to guess what is counted once and what twice.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        layer: mart
        primary_key: [day]
        columns:
          - {name: day, description: Day in UTC.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        layer: mart
        grain: One row per day.
        primary_key: [day]
        columns:
          - {name: day, description: Day in UTC.}
    ```
    """
    for table in _read_by_people(project):
        if not table.grain:
            yield Problem(
                table.name,
                f"`{table.name}` does not say what one row is",
                table.at("name"),
                "Add `grain:` with a sentence such as `One row per queue and day`",
            )


@check("TB006", "table-without-key", Severity.WARNING)
def table_without_key(project: Project) -> Iterator[Problem]:
    """A table of a mart or report layer does not say which columns tell its rows apart.

    ## Why
    Without a key nobody can say whether a join makes rows more, and a repeated row stays unseen.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        layer: mart
        grain: One row per day.
        columns:
          - {name: day, description: Day in UTC.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        layer: mart
        grain: One row per day.
        primary_key: [day]
        columns:
          - {name: day, description: Day in UTC.}
    ```
    """
    for table in _read_by_people(project):
        if not table.primary_key and not any(column.unique for column in table.columns):
            yield Problem(
                table.name,
                f"`{table.name}` does not say which columns tell its rows apart",
                table.at("name"),
                "Add `primary_key:` with their names, or `unique: true` at a column",
            )


def _read_by_people(project: Project) -> Iterator[Table]:
    return (table for table in project.catalog.tables.values() if table.layer in READ_BY_PEOPLE)


@check("TB007", "unknown-key-column", Severity.ERROR)
def unknown_key_column(project: Project) -> Iterator[Problem]:
    """The primary key of a table names a column that the table does not have.

    ## Why
    The promise that rows are told apart rests on nothing, and every check of joins with it.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        primary_key: [dai]
        columns:
          - {name: day, description: Day in UTC.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue_daily
        owner: ops
        description: How much work waited.
        primary_key: [day]
        columns:
          - {name: day, description: Day in UTC.}
    ```
    """
    for table in project.catalog.tables.values():
        columns = known_columns(project, table.name)
        for index, name in enumerate(table.primary_key):
            if columns is not None and name not in columns:
                yield Problem(
                    f"{table.name}.{name}",
                    f"the primary key of `{table.name}` names `{name}`, which is no column of it",
                    table.at(f"primary_key.{index}"),
                    did_you_mean(name, columns, "Name a column of the table, or add the column to it"),
                )
