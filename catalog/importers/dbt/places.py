"""Where the things of a dbt project are written: the manifest says the file, the file says the line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...model import Origin
from ...reading.document import read_documents
from ...reading.document_faults import UnreadableError
from ...reading.files import read_bytes
from ...reading.yaml_values import YamlMapping
from .nodes import Node

LISTS = {
    "model": "models",
    "seed": "seeds",
    "snapshot": "snapshots",
    "exposure": "exposures",
    "metric": "metrics",
    "semantic_model": "semantic_models",
    "group": "groups",
}
"""Kind of node → the list of a YAML file that describes it."""

Entries = dict[tuple[str, str], YamlMapping]
"""List and name (of a source: `source.table`) → the entry of a YAML file."""


@dataclass(frozen=True, slots=True)
class Places:
    """The YAML files of a dbt project, each read when it is first asked for."""

    root: Path
    folder: Path
    read: dict[Path, Entries] = field(default_factory=dict)

    def origin(self, node: Node, path: Path, source: str) -> Origin:
        """Where a node is described, by its `patch_path` if it has one, else by the file it is written in."""
        patch = (node.text("patch_path") or "").partition("://")[2].replace("\\", "/")
        described = self.folder / patch if patch and (self.folder / patch).is_file() else path
        entry = self._entry(node, described)
        if entry is not None:
            return replace(entry.origin, source=source)
        return Origin(path.relative_to(self.root).as_posix(), source=source)

    def columns(self, node: Node, path: Path) -> dict[str, Origin]:
        """Name of a column, in lower case → where it is described."""
        patch = (node.text("patch_path") or "").partition("://")[2].replace("\\", "/")
        described = self.folder / patch if patch and (self.folder / patch).is_file() else path
        entry = self._entry(node, described)
        columns = None if entry is None else entry.get("columns")
        return {
            str(column.get("name", "")).lower(): column.origin
            for column in (columns if isinstance(columns, list) else ())
            if isinstance(column, YamlMapping)
        }

    def _entry(self, node: Node, path: Path) -> YamlMapping | None:
        if path.suffix.lower() not in (".yml", ".yaml"):
            return None
        if path not in self.read:
            self.read[path] = _entries(self.root, path)
        name = f"{node.text('source_name')}.{node.name}" if node.kind == "source" else node.name
        return self.read[path].get((LISTS.get(node.kind, "sources"), name))


def _entries(root: Path, path: Path) -> Entries:
    """What a file describes; nothing where it cannot be read, which is dbt's business to report."""
    file = Path(os.path.relpath(path, root)).as_posix()
    try:
        roots = read_documents(read_bytes(root, file), file).roots
    except UnreadableError:
        return {}
    found: Entries = {}
    for top in roots:
        for kind in (*LISTS.values(), "sources"):
            for entry in _mappings(top, kind):
                found[kind, str(entry.get("name"))] = entry
                for table in _mappings(entry, "tables") if kind == "sources" else ():
                    found[kind, f"{entry.get('name')}.{table.get('name')}"] = table
    return found


def _mappings(value: object, key: str) -> Iterator[YamlMapping]:
    items = value.get(key) if isinstance(value, YamlMapping) else None
    yield from (item for item in items if isinstance(item, YamlMapping)) if isinstance(items, list) else ()
