"""Files with what a warehouse holds → `Snapshot`: our own, or exports of its INFORMATION_SCHEMA."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ..model import Location
from ..reading.document_faults import UnreadableError
from ..reading.tabular import files_in
from .assembling import assemble_rows
from .sheets import Row, read_rows
from .values import Snapshot

EXPORT = "Export COLUMNS, TABLES and VIEWS of INFORMATION_SCHEMA with headings, or run `plumbline snapshot`"


def read_snapshot(path: Path, called: Callable[[Path], str], dialect: str) -> Snapshot:
    """What a file, or all CSV and JSON files of a folder, tell of a warehouse.

    Args:
        path: The file or folder.
        called: What findings call a file.
        dialect: That of the warehouse, where the files do not say.

    Raises:
        UnreadableError: a file cannot be read, or none of them tells of a table.
    """
    snapshot = assemble_rows(_rows(path, called))
    if not snapshot.tables:
        raise UnreadableError(
            "there is no table of a warehouse in it", hint=EXPORT, location=Location(called(path))
        )
    return snapshot if snapshot.dialect else replace(snapshot, dialect=dialect)


def _rows(path: Path, called: Callable[[Path], str]) -> Iterator[Row]:
    for each in files_in(path):
        yield from read_rows(each, called(each))
