"""What a repository holds that can be read: dbt projects, folders per table, and folders of SQL."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..settings import FolderLayout

SKIPPED = frozenset(
    {"target", "dbt_packages", "dbt_modules", "node_modules", "site", "build", "dist", "venv", "__pycache__"}
)
"""Folders with nothing that a team wrote."""

TRIED = 40
"""SQL files that the dialect is told from."""

LARGEST = 100_000
"""Bytes of a SQL file that is tried."""

DATABASE_SUFFIXES = (".db", ".duckdb", ".ddb", ".sqlite", ".sqlite3")

WAREHOUSES = {"sqlite": (0, b"SQLite format 3\0"), "duckdb": (8, b"DUCK")}
"""Dialect → at which byte the file of a database bears which mark (sqlite.org/fileformat.html,
duckdb.org/docs/stable/internals/storage)."""

ADAPTER = re.compile(r"^\s*type:\s*['\"]?(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a repository holds. Paths are relative to its folder, in POSIX form, and sorted.

    `folders` hold SQL, `mixed` SQL beside YAML of other tools. `tables` are folders per table by the folder
    they lie in, with how many levels down they are. `unread` are dbt projects without a manifest. `adapter`
    is what a dbt project says of its warehouse, `database` the only one there is. `sql` are texts to tell
    the dialect from. `warehouses` are files of databases, with the dialect of each.
    """

    dbt: tuple[str, ...] = ()
    tables: tuple[tuple[str, int], ...] = ()
    folders: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    adapter: str | None = None
    database: str | None = None
    sql: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    warehouses: tuple[tuple[str, str], ...] = ()


def look_into(root: Path) -> Found:
    """What can be found in a folder; links are not followed."""
    visited = dict(_walk(root))
    dbt = [path for path, files in visited.items() if "dbt_project.yml" in files]
    manifests = {path: _manifest(root / path) for path in dbt}
    own = {path: files for path, files in visited.items() if not any(_is_below(path, each) for each in dbt)}
    tables = _folders_of_tables(own)
    loose = [
        path
        for path, files in own.items()
        if any(name.lower().endswith(".sql") for name in files)
        and not any(_is_below(path, Path(folder)) for folder, _ in tables)
    ]
    tops = _tops(loose)
    mixed = tuple(top for top in tops if _has_yaml(Path(top), own))
    return Found(
        tuple(path.as_posix() for path in dbt),
        tables,
        tuple(top for top in tops if top not in mixed),
        mixed,
        next(filter(None, (_adapter(manifest, root / path) for path, manifest in manifests.items())), None),
        _only({*_databases_of_dbt(manifests.values()), *_databases_of_folders(root, tables)}),
        tuple(_samples(root, visited)),
        tuple(path.as_posix() for path in dbt if not manifests[path]),
        tuple(_warehouses(root, visited)),
    )


def _walk(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Each folder below, relative to the root, with the names of its files."""
    for folder, inner, files in os.walk(root):
        inner[:] = sorted(name for name in inner if name not in SKIPPED and not name.startswith("."))
        yield Path(folder).relative_to(root), sorted(files)


def _is_below(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _folders_of_tables(visited: dict[Path, list[str]]) -> tuple[tuple[str, int], ...]:
    """The folders in which tables have a folder each, three levels down where the path is that long."""
    layout = FolderLayout()
    described, made = {*layout.metadata, *layout.columns}, {*layout.sql}
    found: dict[tuple[str, int], int] = {}
    for path, files in visited.items():
        if described & set(files) and made & set(files) and len(path.parts) > 1:
            levels = min(3, len(path.parts) - 1)
            place = (Path(*path.parts[:-levels]).as_posix(), levels)
            found[place] = found.get(place, 0) + 1
    return tuple(sorted(found))


def _tops(paths: list[Path]) -> tuple[str, ...]:
    """The outermost of some folders; files at the top of the repository are nobody's folder."""
    tops: list[Path] = []
    for path in sorted(paths):
        if path != Path() and not any(_is_below(path, top) for top in tops):
            tops.append(path)
    return tuple(path.as_posix() for path in tops)


def _has_yaml(top: Path, visited: dict[Path, list[str]]) -> bool:
    """Whether there is YAML in a folder or below: of another tool, since ours is not there yet."""
    files = (name for path, names in visited.items() if _is_below(path, top) for name in names)
    return any(name.lower().endswith((".yml", ".yaml")) for name in files)


def _manifest(project: Path) -> dict[str, Any]:
    """The manifest of a dbt project; empty without one that can be read."""
    path = project / "target" / "manifest.json"
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _adapter(manifest: dict[str, Any], project: Path) -> str | None:
    """What a dbt project says of its warehouse: in its manifest, else in a profile beside it."""
    metadata = manifest.get("metadata")
    if isinstance(metadata, dict) and metadata.get("adapter_type"):
        return str(metadata["adapter_type"])
    profiles = project / "profiles.yml"
    found = ADAPTER.search(profiles.read_text("utf-8", "replace")) if profiles.is_file() else None
    return found[1] if found else None


def _databases_of_dbt(manifests: Iterable[dict[str, Any]]) -> Iterator[str]:
    for manifest in manifests:
        nodes = manifest.get("nodes")
        for node in nodes.values() if isinstance(nodes, dict) else ():
            if isinstance(node, dict) and node.get("relation_name") and isinstance(node.get("database"), str):
                yield node["database"]


def _databases_of_folders(root: Path, tables: tuple[tuple[str, int], ...]) -> Iterator[str]:
    for folder, levels in tables:
        if levels == 3:
            yield from (each.name for each in (root / folder).iterdir() if each.is_dir())


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def _samples(root: Path, visited: dict[Path, list[str]]) -> Iterator[str]:
    """Some SQL files, spread over all of them."""
    files = [root / path / name for path, names in visited.items() for name in names if name.endswith(".sql")]
    files = [file for file in files if not file.is_symlink() and 0 < file.stat().st_size <= LARGEST]
    for file in files[:: max(1, len(files) // TRIED)][:TRIED]:
        yield file.read_text("utf-8", "replace")


def _warehouses(root: Path, visited: dict[Path, list[str]]) -> Iterator[tuple[str, str]]:
    """Files that are called like a database and begin like one, and its dialect."""
    for path, names in visited.items():
        for name in names:
            file = root / path / name
            if file.suffix.lower() not in DATABASE_SUFFIXES or not file.is_file() or file.is_symlink():
                continue
            with file.open("rb") as opened:
                beginning = opened.read(16)
            for dialect, (start, mark) in WAREHOUSES.items():
                if beginning[start:].startswith(mark):
                    yield (path / name).as_posix(), dialect
