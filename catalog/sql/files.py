"""Files and stages in FROM: outside of the warehouse, so that a column of theirs has no source in it."""

from __future__ import annotations

import re

from sqlglot import exp

from .relations import Derived, Open
from .scope import Scope
from .unnest import alias_columns

PATH = re.compile(r"(?i)://|^[./~]*/|\.(?:csv|tsv|txt|jsonl?|ndjson|parquet|orc|avro|xlsx|arrow)(?:\.\w+)?$")
"""A quoted name that is a path: with a scheme, from a root on, or with the ending of a file of rows."""

FORMATS = frozenset({"avro", "binaryfile", "csv", "delta", "iceberg", "json", "orc", "parquet", "text"})
"""What stands before the path in Spark: `` parquet.`/path` ``."""

READERS = frozenset(
    {"read_csv", "read_csv_auto", "read_files", "read_json", "read_json_auto", "read_json_objects",
     "read_ndjson", "read_ndjson_auto", "read_parquet", "read_text", "read_xlsx", "parquet_scan"}
)  # fmt: skip
"""Functions in FROM that read files."""


def files_of(table: exp.Table) -> str | None:
    """The stage or the path that a source reads, as it is written; None for any other source."""
    source = table.this
    if isinstance(source, exp.Var):
        return source.name if source.name.startswith("@") else None
    if isinstance(source, exp.ReadCSV | exp.ReadParquet) or (
        isinstance(source, exp.Anonymous) and source.name.lower() in READERS
    ):
        paths = source.find(exp.Literal)
        return paths.name if paths is not None else str(source.key)
    if not isinstance(source, exp.Identifier) or not source.args.get("quoted"):
        return None
    is_of_format = table.db.lower() in FORMATS and "/" in source.name
    return source.name if is_of_format or (not table.db and PATH.search(source.name)) else None


def files_relation(node: exp.Table, written: str, scope: Scope) -> tuple[str, Derived]:
    """Rows of files: whatever column is asked for comes from outside."""
    label = node.alias or written
    listed = alias_columns(node, scope)
    opened = Open("", node, label=written)
    if not listed:
        return scope.walk.fold(label), Derived(label, opens=(opened,))
    return scope.walk.fold(label), Derived(label, tuple(opened.member(name) for name in listed))
