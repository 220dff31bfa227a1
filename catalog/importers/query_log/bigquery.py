"""Rows of BigQuery's INFORMATION_SCHEMA.JOBS → runs.

What a job reads is told as tables and as views, and what a query without a target gives lies in a table that
nobody named and that lasts a day. A scheduled query is a SELECT with a target. The job of a script repeats
what its statements did.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..tally import Run, quoted_name
from .values import LogRow

KEYS = frozenset({"referenced_tables"})
"""Columns by which the log is known."""

NESTED = ("destination_table", "referenced_tables")


def runs_of(row: LogRow) -> Iterator[Run]:
    """The run of a job that has read something and did not fail.

    Raises:
        UnreadableRowError: a table of it cannot be read.
    """
    if row.text("statement_type").upper() == "SCRIPT" or row.nested("error_result"):
        return
    if row.text("state") not in ("", "DONE"):
        return
    referenced = row.nested("referenced_tables")
    reads = tuple(filter(None, map(_name, referenced if isinstance(referenced, list) else [])))
    target = _name(row.nested("destination_table") or _flat(row, "destination_table"))
    if reads:
        yield Run(reads, (target,) if target else (), day=row.day("creation_time"), count=row.count)


def _flat(row: LogRow, key: str) -> dict[str, str]:
    """A table whose parts stand in columns of their own: `destination_table.table_id`."""
    parts = ("project_id", "dataset_id", "table_id")
    return {part: row.text(f"{key}.{part}") or row.text(f"{key}_{part}") for part in parts}


def _name(table: Any) -> str:
    """The name of a table; empty for one that nobody named, and for those of the warehouse itself."""
    if not isinstance(table, dict):
        return ""
    parts = [str(table.get(part) or "") for part in ("project_id", "dataset_id", "table_id")]
    project, dataset, name = parts
    is_anonymous = dataset.startswith("_") or name.startswith("anon")
    is_system = "INFORMATION_SCHEMA" in f"{dataset}.{name}".upper()
    if not dataset or not name or is_anonymous or is_system:
        return ""
    return quoted_name([part for part in (project, dataset, name.partition("$")[0]) if part])
