"""Small dbt projects for tests: a manifest as Python values, opened as a project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from catalog import Project, open_project

SCHEMA = "https://schemas.getdbt.com/dbt/manifest/v{}.json"
SETTINGS = """\
name: Shop
dialect: {dialect}
database: warehouse
sources:
  - importer: dbt
    path: .
"""


def manifest(*nodes: dict[str, Any], version: int = 12, dbt: str = "1.11.2", **others: Any) -> dict[str, Any]:
    """A manifest with nodes; sources, exposures, metrics and so on go where dbt has them."""
    kinds: dict[str, Any] = {
        "nodes": {},
        "sources": {},
        "exposures": {},
        "metrics": {},
        "semantic_models": {},
    }
    for node in nodes:
        kind = node["unique_id"].partition(".")[0]
        kinds[f"{kind}s" if f"{kind}s" in kinds else "nodes"][node["unique_id"]] = node
    metadata = {"dbt_schema_version": SCHEMA.format(version), "dbt_version": dbt, "project_name": "shop"}
    return {"metadata": metadata | others.pop("metadata", {}), **kinds, **others}


def node(unique_id: str, *upstream: str, **others: Any) -> dict[str, Any]:
    """A node whose relation is `warehouse.shop.<its name>`."""
    kind, name = unique_id.split(".")[0], unique_id.split(".")[-1]
    return {
        "unique_id": unique_id,
        "resource_type": kind,
        "name": name,
        "relation_name": f'"warehouse"."shop"."{name}"',
        "depends_on": {"nodes": list(upstream)},
        **others,
    }


def opened(
    folder: Path,
    content: dict[str, Any] | str,
    catalog: dict[str, Any] | None = None,
    dialect: str = "duckdb",
    **files: str,
) -> Project:
    """The project of a manifest; `files` are further ones, `__` in their names for `/`, `_yml` for `.yml`."""
    write(folder, "target/manifest.json", content if isinstance(content, str) else json.dumps(content))
    write(folder, "plumbline.yml", SETTINGS.format(dialect=dialect))
    if catalog is not None:
        write(folder, "target/catalog.json", json.dumps(catalog))
    for name, text in files.items():
        write(folder, name.replace("__", "/").replace("_yml", ".yml").replace("_sql", ".sql"), text)
    return open_project(folder)


def write(folder: Path, name: str, text: str) -> None:
    """One file, with the folders it needs."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def told(project: Project) -> list[tuple[str, str, str]]:
    """Code, place and message of what the reading noted."""
    return [(each.code, str(each.location), each.message) for each in project.catalog.misfits]


def upstream_tables(project: Project) -> dict[str, set[str]]:
    """Table → the tables that its SQL reads, itself aside."""
    found: dict[str, set[str]] = {}
    for text in project.lineage.traced.texts:
        for statement in text.statements:
            for table in statement.writes:
                found.setdefault(table, set()).update(set(statement.reads) - {table})
    return found
