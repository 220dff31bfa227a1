"""The artifacts of a dbt project as files: where they are, which version, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...model import Location, Misfit, Origin
from ...reading.document_faults import UnreadableError
from ...reading.json_files import read_json
from ..asked import Asked, missing_hint
from ..building import LEFT_OUT
from .nodes import Json, Node, as_keys
from .places import Places

VERSIONS = range(10, 13)
"""Versions of the manifest's schema that are read."""

SCHEMA = re.compile(r"/dbt/manifest/v(\d+)\.json$")

DIALECTS = {"sqlserver": "tsql", "synapse": "tsql"}
"""dbt's adapter → sqlglot's dialect, where the names differ."""

KNOWN_ADAPTERS = frozenset(
    {"athena", "bigquery", "clickhouse", "databricks", "doris", "dremio", "duckdb", "exasol", "fabric",
     "mysql", "oracle", "postgres", "redshift", "risingwave", "snowflake", "spark",
     "starrocks", "teradata", "trino"}
)  # fmt: skip
"""Adapters whose dialect goes by the same name."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The artifacts of a dbt project. `folder` is its own folder; `nodes` has everything by dbt's id."""

    asked: Asked
    path: Path
    folder: Path
    content: Json
    nodes: Mapping[str, Node]
    observed: Mapping[str, Json]
    places: Places = field(repr=False)

    @property
    def file(self) -> str:
        """The file of the manifest, relative to the root."""
        return self.asked.file(self.path)

    @property
    def source(self) -> str:
        """What pages say of where a thing was imported from."""
        return f"dbt, `{self.file}`"

    @property
    def project(self) -> str:
        """dbt's name of the project."""
        return str(as_keys(self.content.get("metadata")).get("project_name") or "")

    @property
    def version(self) -> tuple[int, ...]:
        """The version of dbt that wrote it; empty if it does not say."""
        written = str(as_keys(self.content.get("metadata")).get("dbt_version") or "")
        return tuple(int(part) for part in re.findall(r"\d+", written)[:2])

    @property
    def dialect(self) -> str:
        """The SQL dialect of its models."""
        asked = self.asked
        adapter = str(as_keys(self.content.get("metadata")).get("adapter_type") or "")
        own = DIALECTS.get(adapter) or (adapter if adapter in KNOWN_ADAPTERS else None)
        return asked.source.dialect or own or asked.settings.dialect

    def list_of(self, kind: str) -> list[Node]:
        """The entries of a top-level mapping, by id."""
        return [Node(id, each) for id, each in sorted(as_keys(self.content.get(kind)).items()) if each]

    def relations(self) -> Iterator[Node]:
        """Everything that is a relation in the warehouse: models, snapshots, seeds, then sources in use."""
        kinds = {"model": 0, "snapshot": 1, "seed": 2, "source": 3}
        used = {id for node in self.nodes.values() for id in node.depends_on()}
        found = [node for node in self.nodes.values() if node.kind in kinds and node.relation]
        for node in sorted(found, key=lambda node: (kinds[node.kind], node.id)):
            is_wanted = node.kind != "source" or node.id in used or self.asked.source.unused_sources
            if is_wanted and node.materialized != "ephemeral":
                yield node

    def file_of(self, node: Node) -> Path:
        """The file that a node is written in; the manifest if it is not at hand."""
        written = node.text("original_file_path") or ""
        package = node.text("package_name")
        base = self.folder
        if package and self.project and package != self.project:
            base = base / "dbt_packages" / package
        path = base / written.replace("\\", "/")
        return path if written and is_file_below(path, self.asked.root) else self.path

    def origin(self, node: Node) -> Origin:
        """Where a node is described: its entry in a YAML file, else the file itself."""
        return self.places.origin(node, self.file_of(node), self.source)


def is_file_below(path: Path, root: Path) -> bool:
    """Whether a path is a file in a folder, all links followed."""
    return path.resolve().is_relative_to(root) and path.is_file()


def open_manifest(asked: Asked) -> tuple[Manifest, list[Misfit]]:
    """The artifacts of the source, and what is wrong with those that can be done without.

    Raises:
        UnreadableError: there is no manifest, or none that can be read.
    """
    path = _find(asked)
    content = read_json(path, asked.file(path))
    _require_known(content, asked.file(path))
    observed, misfits = _observed(asked, path.with_name("catalog.json"))
    nodes = {
        id: Node(id, each)
        for kind in ("nodes", "sources", "exposures", "metrics", "semantic_models", "saved_queries")
        for id, each in as_keys(content.get(kind)).items()
        if isinstance(each, dict)
    }
    folder = next((each for each in path.parents if (each / "dbt_project.yml").is_file()), path.parent)
    folder = folder if folder.is_relative_to(asked.root) else path.parent
    return Manifest(asked, path, folder, content, nodes, observed, Places(asked.root, folder)), misfits


def _find(asked: Asked) -> Path:
    path = asked.path()
    if path.is_file():
        return path
    for found in (path / "manifest.json", path / "target" / "manifest.json"):
        if found.is_file():
            return found
    message = f"there is no `manifest.json` in `{asked.source.path}` or its `target`"
    raise UnreadableError(message, hint=missing_hint(asked.source))


def _require_known(content: Json, file: str) -> None:
    """Raises for what is no manifest, or of a version that is not read."""
    place = Location(file, 1, 1)
    schema = str(as_keys(content.get("metadata")).get("dbt_schema_version") or "")
    version = SCHEMA.search(schema)
    if version is None or not isinstance(content.get("nodes"), dict):
        hint = "Name the `manifest.json` that dbt writes into `target`"
        raise UnreadableError("this is no manifest of dbt", hint=hint, location=place)
    if int(version[1]) not in VERSIONS:
        known = f"v{VERSIONS[0]} to v{VERSIONS[-1]}"
        raise UnreadableError(
            f"version v{version[1]} of dbt's manifest is not known",
            hint=f"Let dbt 1.8 to 2.0 write it: {known} are read",
            location=place,
        )


def _observed(asked: Asked, path: Path) -> tuple[dict[str, Json], list[Misfit]]:
    """dbt's id → what `catalog.json` saw in the warehouse; empty without one."""
    if not path.is_file():
        return {}, []
    file = asked.file(path)
    try:
        content = read_json(path, file)
    except UnreadableError as fault:
        place = fault.location or Location(file)
        return {}, [Misfit("FL001", file, fault.message, place, "Run `dbt docs generate` again")]
    observed: dict[str, Json] = {
        id: each
        for kind in ("nodes", "sources")
        for id, each in as_keys(content.get(kind)).items()
        if isinstance(each, dict)
    }
    if observed:
        return observed, []
    hint = "Run `dbt docs generate` against a warehouse in which the models are built"
    return {}, [Misfit(LEFT_OUT, file, "`catalog.json` describes no table", Location(file), hint)]
