"""The check of the SQL dialects that a project and its tables name."""

from __future__ import annotations

from collections.abc import Iterator

from ..project import Project
from ..settings import Severity
from ..sql import SQL_DIALECTS
from ..suggest import did_you_mean
from .frame import Problem, check


@check("LN005", "unknown-dialect", Severity.ERROR)
def unknown_dialect(project: Project) -> Iterator[Problem]:
    """A SQL dialect is named that there is not.

    ## Why
    No SQL is read in a dialect that is not known: there is no lineage, and nothing is held to the SQL.

    ## Bad
    ```yaml plumbline.yml
    name: Example
    dialect: big_query
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    dialect: bigquery
    ```
    """
    settings = project.settings
    named = [("dialect", settings.dialect, settings.at("dialect"))]
    named += [
        (table.name, table.dialect, table.at("dialect"))
        for table in project.catalog.tables.values()
        if table.dialect
    ]
    for subject, dialect, place in named:
        if dialect not in SQL_DIALECTS:
            listing = f"Use one of {', '.join(sorted(SQL_DIALECTS))}"
            hint = did_you_mean(dialect, SQL_DIALECTS, listing)
            yield Problem(subject, f"`{dialect}` is no SQL dialect that is known", place, hint)
