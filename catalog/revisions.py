"""A project as it was at a revision of git, read from the object store into a folder that does not last."""

from __future__ import annotations

import os
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from .errors import CatalogError
from .model import Misfit
from .project import CACHE, Project, read_project, with_code_owners
from .reading.files import MAX_BYTES, may_be_read
from .reading.load import SETTINGS_FILE, find_project, read_settings
from .reading.tabular import SUFFIXES
from .repository import LINK, Tree, commit_of, merge_base, moved_from, repository_of, tree_of, write_tree
from .settings import Settings

IMPORTED = frozenset(
    {*SUFFIXES, ".toml", ".twb", ".twbx", ".tds", ".tdsx", ".pbit", ".pbix", ".bim", ".tmdl",
     ".xlsx", ".xlsm", ".xltx", ".xltm"}
)  # fmt: skip
"""What importers read beside YAML, SQL and Python, in the folders of `sources:`."""

LARGEST_IMPORTED = 100_000_000
"""A file of a source that is larger counts as empty at a revision."""

SHORT = 12
"""Digits of a commit's hash that name it to people."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A project's folder at a revision: `name` as it was asked for, `root` where the project lies today."""

    root: Path
    name: str
    tree: Tree


def parting_commit(path: Path, revision: str) -> str:
    """The commit, by the first digits of its hash, where our line and that of a revision parted.

    What a change did is told against it, so that what others did on the revision since is not blamed on
    the change (`git diff REVISION...` does the same).

    Raises:
        CatalogError: there is no project, no repository, no such revision, or nothing that both share.
    """
    return merge_base(repository_of(find_project(path)), revision)[:SHORT]


def revision_of(path: Path, name: str) -> Revision:
    """What git has of the project in `path` or above it at a branch, tag or commit.

    Raises:
        CatalogError: there is no project, no repository, or no such revision in it.
    """
    root = find_project(path)
    repository = repository_of(root)
    commit = commit_of(repository, name)
    tree = tree_of(repository, commit)
    if SETTINGS_FILE not in tree.entries and (before := moved_from(repository, commit, SETTINGS_FILE)):
        tree = tree_of(before, commit)
    folders = _folders_of_sources(root)
    entries = {
        path: entry
        for path, entry in tree.entries.items()
        if entry.mode == LINK
        or may_be_read(PurePosixPath(path))
        or _is_imported(PurePosixPath(path), folders)
    }
    return Revision(root, name, replace(tree, entries=entries))


def _folders_of_sources(root: Path) -> tuple[PurePosixPath, ...]:
    """Where the sources of today lie, relative to the root."""
    settings, _ = read_settings(root)
    return tuple(PurePosixPath(os.path.normpath(source.path)) for source in settings.sources)


def _is_imported(path: PurePosixPath, folders: tuple[PurePosixPath, ...]) -> bool:
    is_of_importers = path.suffix.lower() in IMPORTED
    return is_of_importers and any(path.is_relative_to(folder) for folder in folders)


def open_project_at(
    path: Path,
    revision: str,
    *,
    cache: Path | None = None,
    executor: Executor | None = None,
    is_judged: bool = True,
) -> Project:
    """The project whose `plumbline.yml` is in `path` or above it, as it was at a revision of git.

    Read from git's object store, with the cache of the project as it lies. Without anything at that revision
    it is empty; where only its settings were not there or cannot be read, those of today hold, without
    their waivers. `notes` say so.

    Args:
        path: A folder of the project in a work tree.
        revision: A branch, tag or commit, as git takes it.
        cache: As for `open_project`.
        executor: As for `open_project`.
        is_judged: Are its metrics held to their SQL, too? To compare it, its lineage is enough.

    Raises:
        CatalogError: there is no project, no repository, or no such revision in it.
    """
    found = revision_of(path, revision)
    return open_revision(found, cache=cache, executor=executor, is_judged=is_judged)


def open_revision(
    revision: Revision,
    *,
    cache: Path | None = None,
    executor: Executor | None = None,
    is_judged: bool = True,
) -> Project:
    """The project at a revision, as `open_project_at` gives it."""
    root = revision.root
    with TemporaryDirectory(prefix="plumbline-") as name:
        then = Path(name).resolve() / (root.name or "project")
        then.mkdir()
        write_tree(revision.tree, then, LARGEST_IMPORTED if _folders_of_sources(root) else MAX_BYTES)
        settings, misfits, notes = _settings_then(revision, then)
        _make_folders(then, settings)
        read = settings, misfits
        project = read_project(then, read, cache or root / CACHE, executor, is_judged=is_judged)
    project = with_code_owners(project, root)
    return replace(project, notes=(*project.notes, *notes))


def _settings_then(revision: Revision, then: Path) -> tuple[Settings, tuple[Misfit, ...], tuple[str, ...]]:
    """The settings of an earlier time, their misfits, and notes about them; today's if they are of no use."""
    tree, name = revision.tree, revision.name
    notes = tuple(f"the submodule `{path}` is not at hand as of `{name}`" for path in tree.missing)
    if SETTINGS_FILE in tree.entries:
        try:
            return (*read_settings(then), notes)
        except CatalogError as fault:
            note = f"the settings of `{name}` cannot be used, so today's hold for it: {fault}"
    else:
        note = f"`{name}` has {f'no `{SETTINGS_FILE}`' if tree.entries else 'nothing of this project'}"
    return read_settings(revision.root)[0].model_copy(update={"waivers": ()}), (), (*notes, note)


def _make_folders(root: Path, settings: Settings) -> None:
    """Makes the definition folders that are not there: at an earlier time that is no fault."""
    for folder in (*settings.definitions, *settings.sql):
        path = Path(os.path.normpath(root / folder))
        if path.is_relative_to(root) and not os.path.lexists(path):
            path.mkdir(parents=True, exist_ok=True)
