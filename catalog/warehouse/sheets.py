"""Exports of INFORMATION_SCHEMA as files: CSV, a JSON list, lines of JSON, or one JSON object of lists.

A sheet is told by its columns, never by its file's name, and its columns go by the name that the SQL standard
has for them, however a warehouse spells them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ..model import Location
from ..reading import tabular

STANDARD = {
    "database_name": "table_catalog",
    "constraint_catalog": "table_catalog",
    "schema_name": "table_schema",
    "schemaname": "table_schema",
    "constraint_schema": "table_schema",
    "tablename": "table_name",
    "viewname": "table_name",
    "matviewname": "table_name",
    "view_name": "table_name",
    "column_index": "ordinal_position",
    "full_data_type": "column_type",
    "column_comment": "comment",
    "description": "comment",
    "remarks": "comment",
    "definition": "view_definition",
    "referenced_table": "referenced_table_name",
    "foreign_table_name": "referenced_table_name",
    "foreign_table_schema": "referenced_table_schema",
}
"""Column of an export, in lower case → its name here. What is there under that name goes first."""

NOTHING = frozenset({"", "null", "\\n"})
"""How exports write that there is no value."""


class Subject(StrEnum):
    """What each row of a sheet is about."""

    COLUMN = "column"
    TABLE = "table"
    OPTION = "option"
    KEY_COLUMN = "key_column"
    KEY_TARGET = "key_target"
    CONSTRAINT = "constraint"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an export. `line` is where it stands in its file, 0 where that is not known."""

    subject: Subject
    values: Mapping[str, Any]
    file: str
    line: int = 0

    @property
    def place(self) -> Location:
        """Where it stands."""
        return Location(self.file, self.line, 1 if self.line else 0)

    def text(self, *keys: str) -> str | None:
        """The first of some values that says something, as text."""
        for key in keys:
            value = self.values.get(key)
            if value is not None and not isinstance(value, (dict, list)):
                return str(value)
        return None

    def number(self, key: str) -> int | None:
        """A value as a whole number; None for anything else."""
        text = self.text(key) or ""
        text = text.removesuffix(".0")
        return int(text) if text.isascii() and text.removeprefix("-").isdecimal() else None

    def is_true(self, key: str) -> bool | None:
        """A value that says yes or no; None for anything else."""
        return {"yes": True, "true": True, "t": True, "1": True, "y": True,
                "no": False, "false": False, "f": False, "0": False, "n": False}.get(
            (self.text(key) or "").casefold()
        )  # fmt: skip


def read_rows(path: Path, file: str) -> Iterator[Row]:
    """The rows of a file that tell something of a warehouse. Those of another kind are left out.

    Raises:
        UnreadableError: it cannot be opened, is too large, or is neither CSV nor JSON.
    """
    for line, values in tabular.read_rows(path, file):
        for each in _rows_within(values):
            row = row_of(each, file, line)
            if row is not None:
                yield row


def _rows_within(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row, and those of the sheets in it: one JSON object may hold them all."""
    yield {key: value for key, value in values.items() if not _is_sheet(value)}
    for rows in filter(_is_sheet, values.values()):
        yield from (row for row in rows if isinstance(row, dict))


def _is_sheet(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def row_of(values: Mapping[str, Any], file: str, line: int = 0) -> Row | None:
    """A row under the standard's names; None for one that tells nothing of a table."""
    row = _standard(values)
    subject = _subject(row)
    return None if subject is None else Row(subject, row, file, line)


def _standard(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row under the standard's names, without what says nothing."""
    lower = {key.strip().casefold(): value for key, value in row.items() if not _says_nothing(value)}
    renamed = {STANDARD[key]: value for key, value in lower.items() if key in STANDARD}
    # A view of DuckDB's own catalog states its SQL as `sql`; so does a table, but as it was first made.
    if "view_name" in lower and "sql" in lower:
        renamed["view_definition"] = lower["sql"]
    if lower.keys() & {"viewname", "view_name"}:
        renamed["table_type"] = "VIEW"
    if "matviewname" in lower:
        renamed["table_type"] = "MATERIALIZED VIEW"
    return renamed | lower


def _says_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip().casefold() in NOTHING)


def _subject(row: Mapping[str, Any]) -> Subject | None:
    """What a row is about; None for what tells nothing of a table."""
    if "plumbline_snapshot" in row:
        return Subject.HEADER
    # Snowflake's ACCOUNT_USAGE lists what was dropped, too.
    if "table_name" not in row or "deleted" in row:
        return None
    if "option_name" in row:
        return Subject.OPTION
    if "constraint_name" in row or "constraint_type" in row:
        return _subject_of_key(row)
    if row.keys() & {"column_name", "field_path"}:
        return Subject.COLUMN
    return Subject.TABLE


TELLING = frozenset(
    {"ordinal_position", "constraint_type", "position_in_unique_constraint", "referenced_table_name"}
)
"""Columns of a key column that the column which a key leads to has not."""


def _subject_of_key(row: Mapping[str, Any]) -> Subject:
    if not row.keys() & {"column_name", "constraint_column_names"}:
        return Subject.CONSTRAINT
    return Subject.KEY_COLUMN if row.keys() & TELLING else Subject.KEY_TARGET
