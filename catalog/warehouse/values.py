"""What was seen in a warehouse, as plain values: names are as the warehouse stores them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..model import Location, TableKind
from ..naming import Naming

Parts = tuple[str, ...]
"""A table's name, outermost part first: `(database, schema, table)`; without those that it has not."""

SYSTEM_SCHEMAS = frozenset(
    {"information_schema", "mysql", "performance_schema", "pg_catalog", "pg_internal", "pg_toast", "sys"}
)
"""Schemas, in lower case, that warehouses keep for themselves."""

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")
"""A part of a name that needs no quotes."""


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column, or a field of a struct by its dotted name. None is what was not to be seen."""

    name: str
    type: str | None = None
    is_nullable: bool | None = None
    comment: str | None = None
    is_unique: bool = False
    references: Parts = ()


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A table or view. `definition` is the SQL of a view: its query, or the statement that makes it.

    `place` is where an export first speaks of it.
    """

    parts: Parts
    kind: TableKind | None = None
    comment: str | None = None
    columns: tuple[SeenColumn, ...] = ()
    primary_key: tuple[str, ...] = ()
    definition: str | None = None
    partitioned_by: tuple[str, ...] = ()
    clustered_by: tuple[str, ...] = ()
    place: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The tables of a warehouse, by name.

    `dialect` is sqlglot's name, empty where the source does not say. `database` is the one that names
    without one are in. `schemas` are those that were read; with `is_whole`, what is in none of them is in no
    other schema either.
    """

    dialect: str
    tables: tuple[SeenTable, ...]
    database: str = ""
    schemas: tuple[Parts, ...] = ()
    is_whole: bool = False


def is_system(schema: str) -> bool:
    """Whether a warehouse keeps a schema for itself."""
    return schema.casefold() in SYSTEM_SCHEMAS


def without_default(parts: Parts, snapshot: Snapshot, naming: Naming) -> Parts:
    """The name of a table, or of its schema, without the database that need not be said.

    Where no default database is stated, it is the one that the snapshot was taken of.
    """
    has_default = naming.database is None and snapshot.database != ""
    return parts[1:] if has_default and parts[:1] == (snapshot.database,) and len(parts) > 1 else parts


def written_name(parts: Parts, snapshot: Snapshot, naming: Naming) -> str:
    """The name of a table as a person writes it."""
    return ".".join(_written(part, naming) for part in without_default(parts, snapshot, naming))


def _written(part: str, naming: Naming) -> str:
    is_plain = PLAIN.fullmatch(part) and naming.part(part) == naming.part(part, quoted=True)
    return part if is_plain else f'"{part}"'
