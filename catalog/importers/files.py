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
    below = [
        Path(folder, name)
        for folder, folders, names in os.walk(path)
        for name in _looked_into(folders, names)
        if is_wanted(name)
    ]
    chosen = _chosen(asked.source.files, {each.relative_to(path).as_posix(): each for each in below})
    found = [asked.file(each) for each in chosen if is_inside(asked.root, each)]
    if not found:
        hint = "Name another folder under `path:`, or other files under `files:`"
        raise UnreadableError(f"there is no file to read in `{asked.source.path}`", hint=hint)
    return tuple(sorted(found))


def _chosen(patterns: tuple[str, ...], files: dict[str, Path]) -> list[Path]:
    """The files that patterns choose, by their path below the folder; all where there are none."""
    if not patterns:
        return list(files.values())
    from pathspec import GitIgnoreSpec  # Most projects have no patterns.

    # Patterns that only take out leave the others.
    only_take_out = all(pattern.startswith("!") for pattern in patterns)
    spec = GitIgnoreSpec.from_lines(["*", *patterns] if only_take_out else patterns)
    return [files[name] for name in spec.match_files(files)]


def _looked_into(folders: list[str], names: list[str]) -> list[str]:
    """The names of files in a folder; folders that are not to be entered are taken out."""
    folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in LEFT_ALONE)
    return [name for name in names if not name.startswith((".", "~$"))]
