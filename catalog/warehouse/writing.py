"""`Snapshot` → text: a file that can be kept in a repository, compared line by line, and read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .values import Parts, SeenTable, Snapshot

FORM = 1
"""Number of the form of our own snapshots."""


def snapshot_text(snapshot: Snapshot) -> str:
    """The snapshot as lines of JSON: a header, then one row for each table, column and key column."""
    header = header_of(snapshot.dialect, snapshot.database, snapshot.schemas, is_whole=snapshot.is_whole)
    rows = (row for table in snapshot.tables for row in _rows_of(table))
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in (header, *rows))


def header_of(dialect: str, database: str, schemas: tuple[Parts, ...], *, is_whole: bool) -> dict[str, Any]:
    """What a snapshot says of itself."""
    stated = {"dialect": dialect, "database": database, "schemas": [list(each) for each in schemas]}
    return {"plumbline_snapshot": FORM, **stated, "is_whole": is_whole}


def _rows_of(table: SeenTable) -> Iterator[dict[str, Any]]:
    name = _named(table.parts)
    facts = {"table_type": table.kind, "comment": table.comment, "view_definition": table.definition}
    yield name | _stated(facts)
    for position, column in enumerate(table.columns, 1):
        yield name | _stated(
            {
                "column_name": column.name,
                "ordinal_position": position,
                "data_type": column.type,
                "is_nullable": column.is_nullable,
                "comment": column.comment,
                "is_partitioning_column": column.name in table.partitioned_by or None,
                "clustering_ordinal_position": _place(column.name, table.clustered_by),
            }
        )
    for position, column_name in enumerate(table.primary_key, 1):
        yield name | _key_row("PRIMARY KEY", "primary key", column_name, position)
    for column in table.columns:
        if column.is_unique:
            yield name | _key_row("UNIQUE", f"unique {column.name}", column.name)
        if column.references:
            target = _named(column.references)
            referenced = {f"referenced_{key}": part for key, part in target.items()}
            yield name | _key_row("FOREIGN KEY", f"reference {column.name}", column.name) | referenced


def _named(parts: Parts) -> dict[str, str]:
    return dict(zip(("table_catalog", "table_schema", "table_name")[-len(parts) :], parts, strict=True))


def _key_row(kind: str, name: str, column: str, position: int = 1) -> dict[str, Any]:
    return {
        "constraint_name": name,
        "constraint_type": kind,
        "column_name": column,
        "ordinal_position": position,
    }


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _place(name: str, names: tuple[str, ...]) -> int | None:
    return names.index(name) + 1 if name in names else None
