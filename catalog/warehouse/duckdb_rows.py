"""The tables of a DuckDB database, by its own table functions: SQLAlchemy's reflection does not know it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from .sheets import Row, Subject, row_of
from .writing import header_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

FUNCTIONS = ("duckdb_tables", "duckdb_views", "duckdb_columns", "duckdb_constraints")

OWN = "database_name NOT IN ('system', 'temp')"
"""What is left when DuckDB's own databases are not asked for."""


def duckdb_rows(connection: Connection, schemas: Collection[str]) -> Iterator[Row]:
    """What there is in the schemas, or in all of them, as rows of INFORMATION_SCHEMA."""
    from sqlalchemy import text

    (database,) = connection.execute(text("SELECT current_database()")).one()
    found = connection.execute(text(f"SELECT database_name, schema_name FROM duckdb_schemas() WHERE {OWN}"))  # noqa: S608 - constants
    read = [
        (base, schema)
        for base, schema in sorted({(str(base), str(schema)) for base, schema in found})
        if (schema in schemas if schemas else schema not in ("information_schema", "pg_catalog"))
    ]
    yield Row(Subject.HEADER, header_of("duckdb", database, tuple(read), is_whole=not schemas), "")
    for function in FUNCTIONS:
        query = text(f"SELECT * FROM {function}() WHERE {OWN}")  # noqa: S608 - constants
        for values in connection.execute(query).mappings():
            row = row_of(dict(values), "")
            if row is not None and (values["database_name"], values["schema_name"]) in read:
                yield row
