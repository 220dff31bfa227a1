"""The files of a source that a mapping speaks of, read as values with their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ...model import Location, Misfit
from ...reading.document import Documents, read_documents
from ...reading.document_faults import UnreadableError
from ...reading.files import read_bytes
from ...reading.sql_source import written_sql
from ..asked import Asked
from ..files import files_below
from .toml_files import read_toml, written_at


@dataclass(frozen=True, slots=True)
class MetricFile:
    """A file: its path from the root, and the value of each of its documents."""

    file: str
    roots: tuple[Any, ...]
    lines: tuple[str, ...] = ()
    documents: Documents | None = field(default=None, repr=False)

    @property
    def stem(self) -> str:
        """The name of the file without folder and suffix."""
        return Path(self.file).stem

    def written(self, value: str, place: Location) -> tuple[str, Location]:
        """SQL that is a value of the file, and the place of its first character."""
        if self.documents is not None:
            return written_sql(self.documents, value, place)
        return value.lstrip("\n"), written_at(list(self.lines), place, value)


def read_files(asked: Asked, patterns: Iterable[str], misfits: list[Misfit]) -> list[MetricFile]:
    """The files with such names, by path; one that cannot be read is noted.

    Raises:
        UnreadableError: there is no such source, or no such file in it.
    """
    wanted = tuple(patterns)
    found: list[MetricFile] = []
    for file in files_below(asked, lambda name: any(fnmatchcase(name, each) for each in wanted)):
        try:
            found.append(_read(asked, file, misfits))
        except UnreadableError as fault:
            misfits.append(fault.misfit(file))
    return found


def _read(asked: Asked, file: str, misfits: list[Misfit]) -> MetricFile:
    content = read_bytes(asked.root, file)
    if file.lower().endswith(".toml"):
        lines = tuple(content.decode("utf-8-sig", "replace").splitlines())
        return MetricFile(file, (read_toml(content, file),), lines)
    documents = read_documents(content, file, takes_tags=True)
    misfits.extend(documents.misfits)
    return MetricFile(file, documents.roots, documents.lines, documents)
