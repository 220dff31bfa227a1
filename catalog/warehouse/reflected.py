"""The tables of a warehouse as SQLAlchemy's inspector shows them, whatever the warehouse."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..model import TableKind
from .values import Parts, SeenColumn, SeenTable, Snapshot, is_system

if TYPE_CHECKING:
    from sqlalchemy import Connection, Inspector
    from sqlalchemy.types import TypeEngine

DATABASE = {
    "bigquery": "SELECT @@project_id",
    "databricks": "SELECT current_catalog()",
    "postgres": "SELECT current_database()",
    "redshift": "SELECT current_database()",
    "snowflake": "SELECT current_database()",
    "tsql": "SELECT db_name()",
}
"""Dialect → what asks for the database that one is connected to; the others have none above their schemas."""

PIECES = """
SELECT n.nspname, c.relname FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relispartition
"""
"""The partitions of tables in PostgreSQL, which are tables too."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading a schema needs. `left_out` are schema and name of what is no table of its own."""

    connection: Connection
    inspector: Inspector
    dialect: str
    database: str
    left_out: Collection[tuple[str, str]]

    def stored(self, name: str) -> str:
        """A name as the warehouse stores it: SQLAlchemy writes what is stored in upper case in lower case."""
        dialect = self.connection.dialect
        return str(dialect.denormalize_name(name)) if dialect.requires_name_normalize else str(name)

    def parts(self, schema: str | None, *names: str) -> Parts:
        """The whole name of a table, or of its schema."""
        if self.dialect == "sqlite":
            return names
        steps = [self.stored(part) for part in (schema or "").split(".") if part]
        above = [self.database] if self.database and len(steps) < 2 else []
        return (*above, *steps, *(self.stored(name) for name in names))


def reflected(connection: Connection, dialect: str, schemas: Sequence[str]) -> Snapshot:
    """The tables of the schemas, or of all that are not the warehouse's own."""
    from sqlalchemy import inspect, text

    left_out: frozenset[tuple[str, str]] = frozenset()
    if dialect == "postgres":
        # So that the SQL of views names the schema of every table.
        connection.execute(text("SET search_path TO ''"))
        left_out = frozenset((schema, name) for schema, name in connection.execute(text(PIECES)))
    inspector = inspect(connection)
    asked = DATABASE.get(dialect)
    database = str(connection.execute(text(asked)).scalar_one() or "") if asked else ""
    reading = _Reading(connection, inspector, dialect, database, left_out)
    wanted = [
        schema
        for schema in sorted(inspector.get_schema_names())
        if (schema in schemas or reading.stored(schema) in schemas if schemas else not is_system(schema))
    ]
    tables = [table for schema in wanted for table in _tables(reading, schema)]
    return Snapshot(
        dialect,
        tuple(sorted(tables, key=lambda table: table.parts)),
        database,
        tuple(reading.parts(schema) for schema in wanted),
        is_whole=not schemas,
    )


def _tables(reading: _Reading, schema: str) -> Iterator[SeenTable]:
    from sqlalchemy.engine.reflection import ObjectKind

    inspector = reading.inspector
    materialized = _materialized(inspector, schema)
    kinds = dict.fromkeys(inspector.get_table_names(schema=schema), TableKind.TABLE)
    kinds |= dict.fromkeys(inspector.get_view_names(schema=schema), TableKind.VIEW)
    kinds |= dict.fromkeys(materialized, TableKind.MATERIALIZED_VIEW)
    if not kinds:
        return
    wanted = ObjectKind.ANY if materialized else ObjectKind.TABLE | ObjectKind.VIEW
    columns = _by_table(inspector.get_multi_columns, schema=schema, kind=wanted)
    comments = _by_table(inspector.get_multi_table_comment, schema=schema, kind=wanted)
    primary = _by_table(inspector.get_multi_pk_constraint, schema=schema)
    unique = _by_table(inspector.get_multi_unique_constraints, schema=schema)
    foreign = _by_table(inspector.get_multi_foreign_keys, schema=schema)
    for name in sorted(set(kinds) - {name for space, name in reading.left_out if space == schema}):
        keys = _Keys(unique.get(name, ()), foreign.get(name, ()))
        yield SeenTable(
            reading.parts(schema, name),
            kinds[name],
            (comments.get(name) or {}).get("text"),
            tuple(_column(reading, schema, each, keys) for each in columns.get(name, ())),
            tuple(map(reading.stored, (primary.get(name) or {}).get("constrained_columns", ()))),
            None if kinds[name] is TableKind.TABLE else _definition(reading, schema, name),
        )


def _materialized(inspector: Inspector, schema: str) -> list[str]:
    try:
        return inspector.get_materialized_view_names(schema=schema)
    except NotImplementedError:
        return []


def _by_table(ask: Callable[..., Mapping[Any, Any]], **limits: Any) -> dict[str, Any]:
    """What the inspector tells of each table of a schema; nothing where the dialect has no way to ask."""
    try:
        return {name: told for (_, name), told in ask(**limits).items()}
    except NotImplementedError:
        return {}


@dataclass(frozen=True, slots=True)
class _Keys:
    """The unique and the foreign keys of a table."""

    unique: Sequence[Mapping[str, Any]]
    foreign: Sequence[Mapping[str, Any]]

    def is_unique(self, column: str) -> bool:
        """Whether the column alone is a key."""
        return any(key.get("column_names") == [column] for key in self.unique)

    def target(self, column: str) -> Mapping[str, Any] | None:
        """The foreign key that the column alone is."""
        return next((key for key in self.foreign if key.get("constrained_columns") == [column]), None)


def _column(reading: _Reading, schema: str, column: Mapping[str, Any], keys: _Keys) -> SeenColumn:
    name = column["name"]
    target = keys.target(name)
    return SeenColumn(
        reading.stored(name),
        _type(reading, column["type"]),
        column.get("nullable"),
        column.get("comment"),
        keys.is_unique(name),
        reading.parts(target["referred_schema"] or schema, target["referred_table"]) if target else (),
    )


def _type(reading: _Reading, kind: TypeEngine[Any]) -> str | None:
    """The type in the warehouse's SQL; None for one that SQLAlchemy does not know."""
    from sqlalchemy.exc import CompileError
    from sqlalchemy.types import NullType

    if isinstance(kind, NullType):
        return None
    try:
        return kind.compile(dialect=reading.connection.dialect)
    except CompileError:
        return None


def _definition(reading: _Reading, schema: str, name: str) -> str | None:
    """The SQL of a view; None where the warehouse does not show it."""
    from sqlalchemy.exc import NoSuchTableError

    try:
        return reading.inspector.get_view_definition(name, schema=schema)
    except (NoSuchTableError, NotImplementedError):
        return None
