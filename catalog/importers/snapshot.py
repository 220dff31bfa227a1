"""What a warehouse holds, from a file → `Definitions`: tables, columns, comments, keys, and SQL of views."""

from __future__ import annotations

from typing import Any

from ..model import Definitions, Location, Misfit, Origin, SqlText, Table
from ..naming import Naming
from ..reading.yaml_values import ORIGIN_KEY
from ..warehouse.files import read_snapshot
from ..warehouse.values import SeenColumn, SeenTable, Snapshot, without_default, written_name
from .asked import Asked
from .building import built, without_empty


def read_snapshot_source(asked: Asked) -> Definitions:
    """A table for each table and view of a snapshot, or of exports of INFORMATION_SCHEMA.

    Raises:
        UnreadableError: there is none, or none that can be read.
    """
    default = asked.source.dialect or asked.settings.dialect
    snapshot = read_snapshot(asked.path(), asked.file, default)
    naming = asked.settings.naming.of(snapshot.dialect)
    misfits: list[Misfit] = []
    found = [
        (seen, table)
        for seen in snapshot.tables
        if (table := _table(asked, snapshot, seen, naming, misfits)) is not None
    ]
    texts = [
        SqlText(
            seen.definition,
            Location(seen.place.file),
            snapshot.dialect,
            table.name,
            without_default(seen.parts, snapshot, naming)[:-1],
        )
        for seen, table in found
        if seen.definition
    ]
    return Definitions(tables=tuple(table for _, table in found), sql=tuple(texts), misfits=tuple(misfits))


def _table(
    asked: Asked, snapshot: Snapshot, seen: SeenTable, naming: Naming, misfits: list[Misfit]
) -> Table | None:
    source = f"the warehouse, as `{asked.source.path}` shows it"
    origin = Origin(seen.place.file, seen.place.line, seen.place.column, source=source)
    values: dict[str, Any] = {
        "name": written_name(seen.parts, snapshot, naming),
        "description": seen.comment,
        "kind": seen.kind and str(seen.kind),
        "dialect": snapshot.dialect if snapshot.dialect != asked.settings.dialect else None,
        "primary_key": list(seen.primary_key),
        "partitioned_by": list(seen.partitioned_by),
        "clustered_by": list(seen.clustered_by),
        "columns": [_column(column, snapshot, naming) | {ORIGIN_KEY: origin} for column in seen.columns],
    }
    return built(Table, values, origin, misfits)


def _column(column: SeenColumn, snapshot: Snapshot, naming: Naming) -> dict[str, Any]:
    return without_empty(
        {
            "name": column.name,
            "type": column.type,
            "description": column.comment,
            "required": True if column.is_nullable is False else None,
            "unique": True if column.is_unique else None,
            "references": written_name(column.references, snapshot, naming),
        }
    )
