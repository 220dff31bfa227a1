"""Drafts of tables from the SQL that writes and reads them: names and columns, and nothing made up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ..naming import Naming
from ..traced_files import trace_files

HEAD = """\
# Tables that the SQL names. Drafted once, yours from now on: write what they hold and who owns them.
tables:
"""


def drafted_tables(root: Path, folders: Iterable[str], dialect: str) -> str | None:
    """A definition file with every table that the SQL of the folders names; None where it names none.

    A table that is only read is a source, with the columns that are read of it.
    """
    traced = trace_files([root / folder for folder in folders], Naming(dialect))
    made: dict[str, dict[str, None]] = {}
    read: dict[str, dict[str, None]] = {}
    files = {text.sql.start.file for text in traced}
    for statement in (statement for text in traced for statement in text.statements):
        for table in statement.writes:
            made.setdefault(table, {}).update(dict.fromkeys(each.name for each in statement.outputs))
        for table in statement.reads:
            read.setdefault(table, {})
        sources = [(edge.source_table, edge.source_column) for edge in statement.columns]
        sources += [(edge.source_table, edge.source_column) for edge in statement.indirect]
        for table, column in sources:
            read.setdefault(table, {}).update({column: None} if column else {})
    named = {name for name in made | read if name and name.partition(":")[0] not in files}
    entries = [_entry(name, made.get(name), read.get(name, {})) for name in sorted(named)]
    return HEAD + "".join(entries) if entries else None


def _entry(name: str, made: dict[str, None] | None, read: dict[str, None]) -> str:
    columns = made if made is not None else dict.fromkeys(sorted(read))
    lines = [f"  - name: {_scalar(name)}"]
    if made is None:
        lines.append("    layer: source")
    if columns:
        lines += ["    columns:", *(f"      - name: {_scalar(column)}" for column in columns)]
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """A name as YAML has it."""
    is_plain = text.replace("_", "").replace(".", "").isalnum() and text[0].isalpha()
    return text if is_plain and text.casefold() not in ("true", "false", "null") else json.dumps(text)
