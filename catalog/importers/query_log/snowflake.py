"""Rows of Snowflake's ACCESS_HISTORY, with columns, and of OBJECT_DEPENDENCIES → runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..tally import Pair, Run, quoted_name
from .values import LogRow

KEYS = frozenset({"direct_objects_accessed", "base_objects_accessed"})
DEPENDENCIES = frozenset({"referenced_object_name", "referencing_object_name"})
"""Columns by which the two are known."""

TABLES = frozenset(
    {"table", "view", "materialized view", "external table", "dynamic table", "event table", "iceberg table"}
)
"""Kinds of object that are tables; the others are stages, streams, functions."""


def runs_of(row: LogRow) -> Iterator[Run]:
    """The run of a query that has read something.

    Raises:
        UnreadableRowError: an object of it cannot be read.
    """
    read = row.nested("direct_objects_accessed") or row.nested("base_objects_accessed")
    written = [each for each in _objects(row.nested("objects_modified")) if _is_table(each)]
    reads = tuple(str(each["objectName"]) for each in _objects(read) if _is_table(each))
    writes = tuple(str(each["objectName"]) for each in written)
    columns = tuple(pair for each in written for pair in _columns(each))
    if reads or columns:
        yield Run(reads, writes, columns, row.day("query_start_time"), row.count)


def dependencies_of(row: LogRow) -> Iterator[Run]:
    """A view that names another table. It is no run, and is not counted."""
    names = []
    for side in ("referenced", "referencing"):
        parts = [row.text(f"{side}_{part}") for part in ("database", "schema", "object_name")]
        kind = row.text(f"{side}_object_domain").casefold()
        names += [quoted_name([part for part in parts if part])] if kind in TABLES | {""} else []
    if len(names) == 2:
        yield Run((names[0],), (names[1],), count=0)


def _columns(written: dict[str, Any]) -> Iterator[tuple[Pair, Pair]]:
    """The columns of a written table, each with those that it was filled from."""
    target = str(written["objectName"])
    for column in _objects(written.get("columns"), "columnName"):
        for source in _objects(column.get("directSources")):
            if _is_table(source) and source.get("columnName"):
                named = (str(source["objectName"]), str(source["columnName"]))
                yield named, (target, str(column["columnName"]))


def _objects(value: Any, key: str = "objectName") -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else []
    return [each for each in items if isinstance(each, dict) and each.get(key)]


def _is_table(thing: dict[str, Any]) -> bool:
    return str(thing.get("objectDomain") or "table").casefold() in TABLES
