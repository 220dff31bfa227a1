"""A query in M → the rows it gives: navigation in databases, native SQL, and steps. Nothing is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..reports import table_name
from .rows import Rows, appended, table_rows, unknown_rows
from .steps import STEPS, Call
from .syntax import Expression

CONNECTORS = {
    "Sql.Database": ("sqlserver", 1), "Sql.Databases": ("sqlserver", None),
    "AzureSqlDatabase.Contents": ("sqlserver", None), "PostgreSQL.Database": ("postgres", 1),
    "AmazonRedshift.Database": ("redshift", 1), "Snowflake.Databases": ("snowflake", None),
    "GoogleBigQuery.Database": ("bigquery", None), "MySQL.Database": ("mysql", None),
    "Oracle.Database": ("oracle", None), "Databricks.Catalogs": ("databricks", None),
    "DatabricksMultiCloud.Catalogs": ("databricks", None), "Databricks.Contents": ("databricks", None),
    "Teradata.Database": ("teradata", None), "AmazonAthena.Databases": ("athena", None),
    "Trino.Contents": ("trino", None), "Odbc.DataSource": ("odbc", None), "OleDb.DataSource": ("oledb", None),
    "Lakehouse.Contents": ("fabric", None), "Fabric.Warehouse": ("fabric", None),
}  # fmt: skip
"""Function that leads to a database → its kind, and which argument names the database."""

NATIVE = {"Odbc.Query": "odbc", "OleDb.Query": "oledb"}
"""Function that takes a connection and SQL → kind of database."""

NAMES = ("Database", "Name", "Schema", "Item")
"""Keys by which one goes from a database to what is in it."""

DEEPEST = 60
"""Queries and steps that lead to one another."""


@dataclass(frozen=True, slots=True)
class Database:
    """A place in a database: its kind, and the names that lead to it."""

    kind: str
    path: tuple[str, ...] = ()


Value = Rows | Database | str | None
"""What an expression is: rows, a place in a database, a text; None for anything else."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a query may use: the other queries by name, and what becomes of SQL of its own (SQL, kind)."""

    queries: Mapping[str, Expression]
    native: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Scope:
    """The names at a place of a query, and what they are as far as that is known."""

    shared: Shared
    names: Mapping[str, Expression] = field(default_factory=dict)
    around: Scope | None = None
    known: dict[str, Value] = field(default_factory=dict)


def rows_of(query: Expression, shared: Shared) -> Rows:
    """The rows that a query gives."""
    return _rows(_value(query, Scope(shared, shared.queries), 0))


def _rows(value: Value) -> Rows:
    """A value as rows: a place in a database is a table."""
    if isinstance(value, Rows):
        return value
    if isinstance(value, Database):
        name = table_name(*value.path)
        return table_rows(name) if name and value.path else unknown_rows("the query names no table")
    return unknown_rows("the query leads to no table that is known")


def _value(expression: Expression, scope: Scope, depth: int) -> Value:
    if depth > DEEPEST:
        return unknown_rows("the query is too deep to be followed")
    match expression.kind:
        case "text":
            return expression.name
        case "name":
            return _named(expression.name, scope, depth)
        case "let":
            names = dict(zip(expression.keys, expression.parts, strict=False))
            return _value(expression.parts[-1], Scope(scope.shared, names, scope), depth + 1)
        case "call":
            return _called(expression, scope, depth)
        case "item":
            return _item(expression, scope, depth)
        case "field":
            return _field(expression, scope, depth)
        case "join":
            parts = [_value(part, scope, depth + 1) for part in expression.parts]
            return "".join(map(str, parts)) if all(isinstance(part, str) for part in parts) else None
        case "if":
            found = [_value(part, scope, depth + 1) for part in expression.parts[:2]]
            return _either(found)
    return None


def _either(found: list[Value]) -> Value:
    """Of two ways, the rows of both; of other values the first."""
    rows = [_rows(each) for each in found if isinstance(each, Rows | Database)]
    return appended(rows) if rows else next(iter(found), None)


def _named(name: str, scope: Scope, depth: int) -> Value:
    """What a name stands for, where it is written: in the query itself, or another query."""
    at: Scope | None = scope
    while at is not None and name not in at.names:
        at = at.around
    if at is None:
        return unknown_rows(f"`{name}` is not known")
    if name not in at.known:
        at.known[name] = unknown_rows(f"`{name}` leads back to itself")
        at.known[name] = _value(at.names[name], at, depth + 1)
    return at.known[name]


def _called(call: Expression, scope: Scope, depth: int) -> Value:
    def words(expression: Expression) -> str | None:
        found = _value(expression, scope, depth + 1)
        return found if isinstance(found, str) else None

    if call.name in CONNECTORS:
        return _connected(call, scope, words)
    if call.name == "Value.NativeQuery" and len(call.parts) > 1:
        target, sql = _value(call.parts[0], scope, depth + 1), words(call.parts[1])
        kind = target.kind if isinstance(target, Database) else ""
        return _native(scope, sql, kind)
    if call.name in NATIVE and len(call.parts) > 1:
        return _native(scope, words(call.parts[1]), NATIVE[call.name])

    def rows(expression: Expression) -> Rows | None:
        found = _value(expression, scope, depth + 1)
        return _rows(found) if isinstance(found, Rows | Database) else None

    given = [found for part in call.parts if (found := rows(part)) is not None]
    step = STEPS.get(call.name.removeprefix("Table.")) if call.name.startswith("Table.") else None
    if step is not None and (given or call.name == "Table.Combine"):
        return step(given[0] if given else Rows(), Call(call.parts, rows, words))
    name = call.name or "a function"
    read = appended(given)
    if not given:
        return unknown_rows(_why(name))
    return read.lost(f"`{name}` is not followed")


def _why(function: str) -> str:
    """Why a function that reads no rows that are known leads nowhere."""
    kind = function.partition(".")[0]
    if kind in ("Excel", "Csv", "File", "Web", "Json", "Xml", "Folder", "SharePoint", "Pdf", "Parquet"):
        return f"`{function}` reads a file"
    if function in ("#table", "Table.FromRows", "Table.FromRecords", "Table.FromList", "Table.FromColumns"):
        return "its rows are written into the file"
    return f"`{function}` is not followed"


def _connected(call: Expression, scope: Scope, words: Callable[[Expression], str | None]) -> Value:
    """The database that a connector leads to, or the rows of SQL among its options."""
    kind, index = CONNECTORS[call.name]
    options = next((part for part in call.parts if part.kind == "record"), None)
    query = options.value("Query") if options else None
    if query is not None:
        return _native(scope, words(query), kind)
    database = words(call.parts[index]) if index is not None and index < len(call.parts) else None
    return Database(kind, (database,) if database else ())


def _native(scope: Scope, sql: str | None, kind: str) -> Value:
    if sql is None or not sql.strip():
        return unknown_rows("its SQL is put together when it runs")
    return table_rows(scope.shared.native(sql, kind))


def _item(expression: Expression, scope: Scope, depth: int) -> Value:
    """What lies in a database under the names of a record."""
    of, key = expression.parts
    found = _value(of, scope, depth + 1)
    if not isinstance(found, Database):
        return found.lost("one row of it is taken") if isinstance(found, Rows) else None
    names = [_value(value, scope, depth + 1) for name in NAMES if (value := key.value(name)) is not None]
    if not names or not all(isinstance(name, str) for name in names):
        return unknown_rows("a name on the way to the table is not constant")
    return Database(found.kind, (*found.path, *map(str, names)))


def _field(expression: Expression, scope: Scope, depth: int) -> Value:
    if not expression.parts:
        return None
    found = _value(expression.parts[0], scope, depth + 1)
    if isinstance(found, Database):
        return found
    return found.lost("one column of it is taken") if isinstance(found, Rows) else None
