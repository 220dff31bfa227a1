"""Connections of a spreadsheet (`xl/connections.xml` of Office Open XML) → the rows that each brings.

A connection string may hold a password: of it only the kind of database and its name are taken, and it is
never shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...xml_files import Element
from ..queries import Rows, unknown_rows
from ..reports import table_name

PART = re.compile(r"""\s*([^=;]+?)\s*=\s*("(?:[^"]|"")*"|\{[^}]*\}|[^;]*)\s*(?:;|$)""")
CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
QUERY = re.compile(
    r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*(?:SELECT|WITH|EXEC|CALL|\()", re.IGNORECASE | re.DOTALL
)
PARTS_OF_NAME = re.compile(r'"((?:[^"]|"")+)"|\[([^\]]+)\]|`([^`]+)`|([^.\s"\[\]`]+)')

KINDS = (
    ("snowflake", "snowflake"), ("bigquery", "bigquery"), ("redshift", "redshift"), ("postgres", "postgres"),
    ("psql", "postgres"), ("mysql", "mysql"), ("ora", "oracle"), ("databricks", "databricks"),
    ("spark", "spark"), ("athena", "athena"), ("teradata", "teradata"), ("trino", "trino"),
    ("duckdb", "duckdb"), ("sqlite", "sqlite"), ("sqlncli", "sqlserver"), ("msoledbsql", "sqlserver"),
    ("sqloledb", "sqlserver"), ("sql server", "sqlserver"), ("msdasql", ""),
)  # fmt: skip
"""What stands in the name of a driver → kind of database."""

FILES = ("microsoft.ace", "microsoft.jet", "excel driver", "text driver", "access driver")
"""What stands in the name of a driver that reads files."""

CUBE, TABLE = "1", "3"
"""`commandType` of a cube and of a table."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection: its number in the file, its name, and the rows it brings."""

    number: str
    name: str
    rows: Rows


Native = Callable[[str, str, str], str]
"""What makes a table of SQL: the name of the connection, the SQL, the kind of database."""

Mashup = Callable[[str], Rows]
"""The rows of a Power Query of the file, by name."""


def read_connections(root: Element, native: Native, mashup: Mashup) -> Iterator[Connection]:
    """The connections of a file."""
    for each in root.all("connection"):
        name = each.get("name") or each.get("id")
        rows = _rows(each, name, native, mashup)
        if rows is not None:
            yield Connection(each.get("id"), name, rows)


def _rows(connection: Element, name: str, native: Native, mashup: Mashup) -> Rows | None:
    """The rows of a connection; None where it is one of the file to itself."""
    if any(connection.below("textPr")) or any(connection.below("webPr")):
        return unknown_rows("a connection reads a text file or a web page")
    database = connection.first("dbPr") or next(connection.below("oledbPr"), None)
    if database is None:
        return None
    given = {key.lower(): _unquoted(value) for key, value in PART.findall(_plain(database.get("connection")))}
    driver = " ".join(given.get(key, "") for key in ("provider", "driver", "dsn")).lower()
    if "mashup" in driver:
        return mashup(given.get("location", name))
    if any(mark in driver for mark in FILES):
        return unknown_rows("a connection reads a file")
    kind = next((kind for mark, kind in KINDS if mark in driver), "")
    return _of_command(
        database, name, (kind, given.get("initial catalog") or given.get("database") or ""), native
    )


def _of_command(database: Element, name: str, where: tuple[str, str], native: Native) -> Rows:
    kind, catalog = where
    written = next((each.get("text") for each in database.below("dbCommand")), "")
    command = _plain(database.get("command") or written)
    if database.get("commandType") == CUBE:
        return unknown_rows("a connection reads a cube")
    tables = [each.get("name") for each in database.below("dbTable")]
    if tables or database.get("commandType") == TABLE:
        named = [_table(each, catalog) for each in tables or [command]]
        found = tuple(each for each in named if each)
        return Rows(found, {}, found) if found else unknown_rows("a connection names no table")
    if QUERY.match(command):
        table = native(name, command, kind)
        return Rows((table,), {}, (table,))
    return unknown_rows("the command of a connection is not understood")


def _table(written: str, catalog: str) -> str | None:
    parts = [next(filter(None, groups), "") for groups in PARTS_OF_NAME.findall(written)]
    return table_name(*([catalog, *parts] if catalog and len(parts) == 2 else parts))


def _plain(text: str) -> str:
    """A value of an attribute with the characters that Excel writes as codes."""
    return CODE.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if value[:1] in ('"', "{") else value
