"""What is known of tables and columns, asked by checks of several families."""

from __future__ import annotations

from collections.abc import Iterator

from ..lineage import Production
from ..model import Column, Described, Metric, Table
from ..project import Project
from ..sql.edges import GapReason

HIDING = frozenset({GapReason.SYNTAX, GapReason.UNSUPPORTED, GapReason.DYNAMIC_SQL, GapReason.UNKNOWN_STAR})
"""Gaps that may hide a column that the SQL produces."""

SYSTEM_SCHEMAS = ("information_schema", "pg_catalog")


def subject_of(thing: Described) -> str:
    """The name of a thing for ever: tables go by their bare name, others with their kind in front."""
    return thing.name if isinstance(thing, Table) else f"{kind_of(thing)}:{thing.name}"


def kind_of(thing: Described) -> str:
    """What a thing is, in one word."""
    return type(thing).__name__.lower()


def dialect_of(project: Project, thing: Table | Metric) -> str:
    """The SQL dialect of a table's text, or of a metric's expressions, which is that of its source."""
    table = thing if isinstance(thing, Table) else project.catalog.tables.get(thing.source or "")
    return (table and table.dialect) or project.settings.dialect


def is_described(thing: Described) -> bool:
    """Does it say in words what it is?"""
    return bool(thing.description or thing.summary)


def says(column: Column, key: str) -> bool:
    """Does the column have a value of its own there? What it inherits is looked at where it is written."""
    if not getattr(column, key):
        return False
    if column.inherited_from is None:
        return True
    return key != "description" and any(path == key for path, _, _ in column.origin.marks)


def has_unread_file(project: Project) -> bool:
    """Is there a file of which nothing was read? Then nobody can say that a name does not exist."""
    broken = {misfit.location.file for misfit in project.catalog.misfits if misfit.code == "FL001"}
    return bool(broken) and not broken <= {thing.origin.file for thing in project.catalog.things()}


def tables_in_sql(project: Project) -> frozenset[str]:
    """All tables that the SQL texts read or write, the database's own left out."""
    return frozenset(
        table
        for text in project.lineage.traced.texts
        for statement in text.statements
        for table in (*statement.reads, *statement.writes)
        if not is_system_table(table)
    )


def is_system_table(table: str) -> bool:
    """Is it one that the database itself keeps?"""
    return any(part in SYSTEM_SCHEMAS for part in table.lower().split("."))


def produced_columns(project: Project, table: str) -> frozenset[str]:
    """The columns that the SQL of a table produces, as far as it was read."""
    return frozenset(project.lineage.outputs(table))


def hides_columns(production: Production) -> bool:
    """May the statement produce a column that was not seen?"""
    return any(gap.reason in HIDING for gap in production.statement.gaps)


def known_columns(project: Project, table: str) -> frozenset[str] | None:
    """The columns of a table, documented or produced; None where they are not known for certain."""
    entry = project.catalog.tables.get(table)
    documented = {column.name for column in entry.columns} if entry else set()
    productions = project.lineage.productions(table)
    if not documented and (not productions or any(map(hides_columns, productions))):
        return None
    return frozenset(documented) | produced_columns(project, table)


def column_is_known(columns: frozenset[str], name: str) -> bool:
    """Is it one of the columns, or a field of one whose fields are not listed?"""
    return any(prefix in columns for prefix in _prefixes(name))


def _prefixes(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]
