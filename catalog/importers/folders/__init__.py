"""A folder per table, with its metadata, its schema and its SQL → `Definitions`.

The layout of mozilla/bigquery-etl unless the source says otherwise. Fields of structs become columns with
dotted names, to any depth.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...model import Definitions, Location, Misfit, SqlText, Table
from ...reading.document_faults import UnreadableError
from ...reading.files import read_text
from ...settings import FolderLayout
from ..asked import Asked
from ..teams import owners_of
from .described import Reader, read_table
from .files import Remembered
from .includes import Includes

PLACE = re.compile(r"\{(database|schema|table)\}|\*")


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a table, and the table's name."""

    path: Path
    name: str
    files: frozenset[str]


def read_folders(asked: Asked) -> Definitions:
    """A table for each folder that has metadata, a schema or SQL.

    Raises:
        UnreadableError: there is no such folder.
    """
    layout = asked.source.layout
    misfits: list[Misfit] = []
    files = Remembered(asked)
    folders = {folder.name: folder for folder in _folders(asked, layout)}
    includes = Includes(files, {name: folder.path for name, folder in folders.items()}, misfits)
    reader = Reader(asked, files, includes, misfits)
    tables: list[Table] = []
    texts: list[SqlText] = []
    for folder in folders.values():
        is_routine = any(name in folder.files for name in layout.routines)
        table = None if is_routine else read_table(reader, folder.path, folder.name, folder.files)
        tables += [table] if table else []
        texts += _texts(asked, folder, table, misfits)
    misfits += includes.unknown()
    if not folders:
        raise UnreadableError(
            f"no folder in `{asked.source.path}` is that of a table",
            hint="Say under `layout:` how they are laid out",
        )
    return Definitions(
        tables=tuple(tables), teams=owners_of(tables), sql=tuple(texts), misfits=tuple(misfits)
    )


def _folders(asked: Asked, layout: FolderLayout) -> Iterator[Folder]:
    """The folders that fit the pattern and hold a file of a table, by name."""
    steps = layout.tables.strip("/").split("/")
    wanted = frozenset((*layout.metadata, *layout.columns, *layout.sql, *layout.routines))
    for path, names in _below(asked.path(), steps, {}):
        files = frozenset(entry.name for entry in os.scandir(path)) & wanted
        if files:
            parts = [names[part] for part in ("database", "schema", "table") if part in names]
            yield Folder(path, ".".join(parts), files)


def _below(path: Path, steps: list[str], names: dict[str, str]) -> Iterator[tuple[Path, dict[str, str]]]:
    """Folders so many steps down, in order, each with what its steps are called."""
    if not steps:
        yield path, names
        return
    pattern = _pattern(steps[0])
    for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
        found = pattern.fullmatch(entry.name)
        if found and not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _below(path / entry.name, steps[1:], {**names, **found.groupdict()})


def _pattern(step: str) -> re.Pattern[str]:
    """A step of the layout as a pattern for names of folders."""
    parts: list[str] = []
    end = 0
    for found in PLACE.finditer(step):
        parts += [re.escape(step[end : found.start()]), f"(?P<{found[1]}>.+)" if found[1] else ".*"]
        end = found.end()
    return re.compile("".join([*parts, re.escape(step[end:])]))


def _texts(asked: Asked, folder: Folder, table: Table | None, misfits: list[Misfit]) -> Iterator[SqlText]:
    """The SQL that fills the table, or that a routine runs."""
    layout = asked.source.layout
    candidates = layout.sql if table else layout.routines
    name = next((each for each in candidates if each in folder.files), None)
    if name is None:
        return
    file = asked.file(folder.path / name)
    try:
        text = read_text(asked.root, file)
    except UnreadableError as fault:
        misfits.append(fault.misfit(file))
        return
    for condition in layout.untrue:
        text = text.replace(condition, "false".ljust(len(condition)))
    dialect = asked.source.dialect or asked.settings.dialect
    yield SqlText(text, Location(file, 1, 1), dialect, table.name if table else None)
