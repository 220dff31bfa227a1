"""The lineage of SQL files that may lie anywhere, as a text in one of the catalog's formats."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog import (
    LINEAGE_FORMATS,
    CatalogError,
    Naming,
    Selection,
    selected,
    sql_files,
    trace_files,
    tracing_processes,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which files in which dialect, which column if not all, and in what form."""

    paths: tuple[Path, ...]
    dialect: str | None
    schema: Path | None
    selection: Selection | None
    form: str


def are_files(names: Sequence[str]) -> bool:
    """Whether things are named by their files: the first is there, or bears the ending of SQL."""
    first = Path(names[0])
    return first.is_file() or first.suffix.lower() == ".sql" or (first.is_dir() and len(names) == 1)


def files_text(wanted: Wanted, now: datetime.datetime) -> str:
    """The lineage of the files.

    Raises:
        CatalogError: a file is missing or cannot be read, no dialect is named, or no file knows the column.
    """
    for path in wanted.paths:
        if not path.exists():
            raise CatalogError(f"there is no file `{path}`", "Name SQL files, or folders that hold some")
    if wanted.dialect is None:
        raise CatalogError(
            "the dialect of the files is not known", "Name it: `--dialect bigquery`, `--dialect snowflake` …"
        )
    if not sql_files(wanted.paths):
        raise CatalogError(f"there is no `.sql` file in `{wanted.paths[0]}`")
    naming = Naming(wanted.dialect)
    with tracing_processes() as executor:
        texts = trace_files(wanted.paths, naming, wanted.schema, executor)
    if wanted.selection is not None:
        texts = selected(texts, wanted.selection, naming)
    return LINEAGE_FORMATS[wanted.form](texts, now)
