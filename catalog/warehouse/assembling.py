"""Rows of INFORMATION_SCHEMA → `Snapshot`: columns, tables, views, options and keys, joined by table.

Follows ISO/IEC 9075-11, and where they depart from it BigQuery, Databricks, DuckDB, MySQL, PostgreSQL,
Redshift, Snowflake and SQL Server as each documents its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..model import Location, TableKind
from .sheets import Row, Subject
from .values import Parts, SeenColumn, SeenTable, Snapshot, is_system

KINDS = {
    "view": TableKind.VIEW,
    "materialized view": TableKind.MATERIALIZED_VIEW,
    "external": TableKind.EXTERNAL,
    "external table": TableKind.EXTERNAL,
    "foreign": TableKind.EXTERNAL,
    "foreign table": TableKind.EXTERNAL,
}
"""`table_type`, in lower case and without underscores → kind; what is not here is a table."""

PASSING = ("system", "temporary", "local temporary", "global temporary")
"""Beginnings of the `table_type` of what belongs to the warehouse itself or to one session."""

ONE_CATALOG = "def"
"""What MySQL calls its only catalog."""

NO_LENGTH = 16_777_216
"""Characters from which on a length says that there is none."""

SIZED = frozenset({"number", "numeric", "decimal"})
LONG = frozenset({"varchar", "char", "character varying", "character", "nvarchar", "nchar", "varbinary"})


@dataclass(slots=True)
class _Table:
    """A table as far as rows have told of it."""

    place: Location
    facts: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)


@dataclass(slots=True)
class _Key:
    """A constraint as far as rows have told of it. `columns` by their position in it."""

    table: Parts
    kind: str = ""
    columns: dict[int, str] = field(default_factory=dict)
    target: Parts = ()


def assemble_rows(rows: Iterable[Row]) -> Snapshot:
    """All that the rows tell. A row about a table that nothing else tells of makes no table."""
    header: Mapping[str, Any] = {}
    tables: dict[Parts, _Table] = {}
    keys: dict[Parts, dict[str, _Key]] = {}
    targets: dict[tuple[str, ...], Parts] = {}
    for row in rows:
        if row.subject is Subject.HEADER:
            header = row.values
            continue
        parts, name = _parts(row), row.text("constraint_name", "constraint_index") or ""
        if row.subject is Subject.KEY_TARGET:
            targets[_constraint(row)] = parts
        elif row.subject in (Subject.KEY_COLUMN, Subject.CONSTRAINT):
            _note_key(keys.setdefault(parts, {}).setdefault(name, _Key(parts)), row)
        else:
            _note(tables.setdefault(parts, _Table(row.place)), row)
    for parts, named in keys.items():
        for name, key in named.items():
            key.target = key.target or targets.get((*parts[:-1], name), ())
    return _snapshot(header, tables, keys)


def _snapshot(
    header: Mapping[str, Any], tables: dict[Parts, _Table], keys: dict[Parts, dict[str, _Key]]
) -> Snapshot:
    seen = tuple(
        _seen(parts, table, list(keys.get(parts, {}).values()))
        for parts, table in sorted(tables.items())
        if not _is_passing(parts, table)
    )
    stated = header.get("schemas")
    schemas = [tuple(map(str, each)) for each in stated if isinstance(each, list)] if stated else []
    return Snapshot(
        dialect=str(header.get("dialect") or ""),
        tables=seen,
        database=str(header.get("database") or ""),
        schemas=tuple(sorted({*schemas, *(table.parts[:-1] for table in seen)})),
        is_whole=header.get("is_whole") is True,
    )


def _parts(row: Row) -> Parts:
    """The name of a row's table. A catalog that a warehouse has only one of is left out."""
    catalog = row.text("table_catalog")
    names = (None if catalog == ONE_CATALOG else catalog, row.text("table_schema"), row.text("table_name"))
    return tuple(name for name in names if name)


def _constraint(row: Row) -> tuple[str, ...]:
    """The schema and name of a constraint; its catalog and schema are those of its own table."""
    names = (row.text("constraint_catalog", "table_catalog"), row.text("constraint_schema", "table_schema"))
    stated = [name for name in names if name and name != ONE_CATALOG]
    return (*stated, row.text("constraint_name") or "")


def _note(table: _Table, row: Row) -> None:
    """What a row about a table, an option of it, or a column of it says."""
    if row.subject is Subject.COLUMN:
        name = row.text("field_path", "column_name") or ""
        column = table.columns.setdefault(name, {})
        for key, value in row.values.items():
            column.setdefault(key, value)
        facts = {"comment": row.text("table_comment")}
    elif row.subject is Subject.OPTION:
        is_comment = row.text("option_name") == "description"
        facts = {"comment": _literal(row.text("option_value")) if is_comment else None}
    else:
        facts = {"comment": row.text("table_comment", "comment"), "ddl": row.text("ddl")}
    for key in ("table_type", "view_definition"):
        facts[key] = row.text(key)
    for fact, said in facts.items():
        if said:
            table.facts.setdefault(fact, said)


def _note_key(key: _Key, row: Row) -> None:
    named_so = "PRIMARY KEY" if row.text("constraint_name") == "PRIMARY" else ""  # as MySQL names them all
    key.kind = key.kind or (row.text("constraint_type") or named_so).upper()
    names, name = row.values.get("constraint_column_names"), row.text("column_name")
    if isinstance(names, list):
        key.columns = dict(enumerate(map(str, names), 1))
    elif name and name not in key.columns.values():
        key.columns[row.number("ordinal_position") or len(key.columns) + 1] = name
    target = row.text("referenced_table_name")
    if target:
        schema = row.text("referenced_table_schema")
        around = (*key.table[:-2], schema) if schema else key.table[:-1]
        database = row.text("referenced_table_catalog")
        key.target = (database, schema, target) if database and schema else (*around, target)
        key.kind = key.kind or "FOREIGN KEY"


def _seen(parts: Parts, table: _Table, keys: list[_Key]) -> SeenTable:
    kind = _kind(table)
    is_view = kind in (TableKind.VIEW, TableKind.MATERIALIZED_VIEW)
    definition = table.facts.get("view_definition") or (table.facts.get("ddl") if is_view else None)
    rows = [Row(Subject.COLUMN, each, "") for each in table.columns.values()]
    ordered = _in_order(rows)
    return SeenTable(
        parts,
        kind,
        table.facts.get("comment"),
        tuple(_with_keys(_column(row), keys) for row in ordered),
        _primary_key(ordered, keys),
        definition,
        tuple(_column(row).name for row in ordered if row.is_true("is_partitioning_column")),
        _clustered(ordered),
        table.place,
    )


def _kind(table: _Table) -> TableKind | None:
    written = table.facts.get("table_type")
    if written is None:
        return TableKind.VIEW if "view_definition" in table.facts else None
    return KINDS.get(written.casefold().replace("_", " "), TableKind.TABLE)


def _is_passing(parts: Parts, table: _Table) -> bool:
    """Whether it is no table of the people who use the warehouse."""
    kind = table.facts.get("table_type", "").casefold()
    return kind.startswith(PASSING) or (len(parts) > 1 and is_system(parts[-2]))


def _in_order(rows: list[Row]) -> list[Row]:
    """Columns by position; a field of a struct, which has none, behind its column."""
    positions = {row.text("column_name"): row.number("ordinal_position") for row in reversed(rows)}
    known = {name: position for name, position in positions.items() if position is not None}
    return sorted(rows, key=lambda row: known.get(row.text("column_name"), 0))


def _column(row: Row) -> SeenColumn:
    return SeenColumn(
        row.text("field_path", "column_name") or "",
        _type(row),
        row.is_true("is_nullable"),
        row.text("comment"),
        row.text("column_key") == "UNI",
    )


def _type(row: Row) -> str | None:
    """The type as the warehouse's SQL has it."""
    whole, kind = row.text("column_type"), row.text("data_type")
    if whole or kind is None:
        return whole
    own = row.text("udt_name") or ""
    if kind.upper() == "ARRAY" and own:
        return f"{own.removeprefix('_')}[]"
    if kind.upper() == "USER-DEFINED":
        return own or None
    length, precision = row.number("character_maximum_length"), row.number("numeric_precision")
    if kind.casefold() in SIZED and precision:
        return f"{kind}({precision},{row.number('numeric_scale') or 0})"
    if kind.casefold() in LONG and length and 0 < length < NO_LENGTH:
        return f"{kind}({length})"
    return kind


def _with_keys(column: SeenColumn, keys: list[_Key]) -> SeenColumn:
    """The column with what keys say of it alone; one of several columns says nothing of each."""
    for key in keys:
        if list(key.columns.values()) == [column.name]:
            if key.kind == "UNIQUE":
                column = replace(column, is_unique=True)
            elif key.kind == "FOREIGN KEY":
                column = replace(column, references=key.target)
    return column


def _primary_key(columns: list[Row], keys: list[_Key]) -> tuple[str, ...]:
    for key in keys:
        if key.kind == "PRIMARY KEY":
            return tuple(name for _, name in sorted(key.columns.items()))
    return tuple(_column(row).name for row in columns if row.text("column_key") == "PRI")


def _clustered(columns: list[Row]) -> tuple[str, ...]:
    placed = [(row.number("clustering_ordinal_position"), _column(row).name) for row in columns]
    return tuple(name for place, name in sorted((place, name) for place, name in placed if place))


def _literal(text: str | None) -> str | None:
    """A text as BigQuery writes it in SQL, without its quotes."""
    try:
        value = json.loads(text or "null")
    except json.JSONDecodeError:
        return (text or "").strip("\"'")
    return value if isinstance(value, str) else text
