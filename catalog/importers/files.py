"""The files of a source, found in its folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ..reading.document_faults import UnreadableError
from ..reading.files import is_inside
from .asked import Asked

LEFT_ALONE = frozenset({"node_modules", "dbt_packages", "dbt_modules", "target", "site", "build", "dist"})
"""Folders that tools fill; they hold copies. What a source names itself is read all the same."""


def files_below(asked: Asked, is_wanted: Callable[[str], bool]) -> tuple[str, ...]:
    """The files of the source whose name is wanted, relative to the root, sorted.

    Raises:
        UnreadableError: there is no such source, or no such file in it.
    """
    path = asked.path()
    if path.is_file():
        return (asked.file(path),)
    found = [
        asked.file(Path(folder, name))
        for folder, folders, names in os.walk(path)
        for name in _looked_into(folders, names)
        if is_wanted(name) and is_inside(asked.root, Path(folder, name))
    ]
    if not found:
        hint = "Name another folder under `path:`"
        raise UnreadableError(f"there is no file to read in `{asked.source.path}`", hint=hint)
    return tuple(sorted(found))


def _looked_into(folders: list[str], names: list[str]) -> list[str]:
    """The names of files in a folder; folders that are not to be entered are taken out."""
    folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in LEFT_ALONE)
    return [name for name in names if not name.startswith((".", "~$"))]
