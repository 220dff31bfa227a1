"""Relations of a dbt project → tables: what is documented, what the warehouse shows, what tests promise."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from ...model import Misfit, Table
from ...reading.yaml_values import ORIGIN_KEY
from ..building import built, without_empty
from .manifest import Manifest
from .nodes import Json, Node, as_items, as_keys, texts_of
from .owners import owner_of
from .tested import Promises

KINDS = {
    "view": "view",
    "table": "table",
    "incremental": "table",
    "microbatch": "table",
    "seed": "table",
    "snapshot": "table",
    "materialized_view": "materialized_view",
    "dynamic_table": "materialized_view",
    "external": "external",
}
"""How dbt materializes → kind of table."""

LONGEST_HEAD = 100_000
"""Characters of the first line of a seed that are read."""

SPOKEN_OF_ELSEWHERE = frozenset({"owner"})
"""Keys of `meta` that are read, and so are no custom properties."""


def read_table(manifest: Manifest, node: Node, promised: Promises, misfits: list[Misfit]) -> Table | None:
    """The table that a node is in the warehouse."""
    config = node.config
    own = promised.get("", {})
    values: dict[str, Any] = {
        "name": node.relation,
        "description": node.text("description"),
        "owner": owner_of(manifest, node),
        "kind": KINDS.get(node.kind if node.kind in KINDS else node.materialized),
        "layer": "source" if node.kind == "source" else None,
        "tags": list(texts_of(node.content.get("tags")) or texts_of(config.get("tags"))),
        "primary_key": _primary_key(node, promised),
        "partitioned_by": list(_fields(config.get("partition_by"))),
        "clustered_by": list(_fields(config.get("cluster_by"))),
        "freshness": _duration(node.keys("freshness") or as_keys(config.get("freshness"))),
        "deprecation_date": (node.text("deprecation_date") or "")[:10],
        "status": "deprecated" if node.text("deprecation_date") else None,
        "dialect": manifest.dialect if manifest.dialect != manifest.asked.settings.dialect else None,
        "custom_properties": {key: each for key, each in node.meta.items() if key not in SPOKEN_OF_ELSEWHERE},
        "columns": list(_columns(manifest, node, promised)),
        **{key: value for key, value in own.items() if key != "primary_key"},
    }
    return built(Table, values, manifest.origin(node), misfits)


def _columns(manifest: Manifest, node: Node, promised: Promises) -> Iterator[dict[str, Any]]:
    """The columns in the order of the warehouse, then those that are only documented."""
    naming = manifest.asked.naming.of(manifest.dialect)
    documented = {
        naming.column(name, quoted=bool(as_keys(each).get("quote"))): (name, as_keys(each))
        for name, each in node.keys("columns").items()
    }
    places = manifest.places.columns(node, manifest.file_of(node))
    whole = manifest.origin(node)
    seen = as_keys(as_keys(manifest.observed.get(node.id)).get("columns"))
    observed = sorted(seen.items(), key=lambda pair: (as_keys(pair[1]).get("index") or 0, pair[0]))
    for name, facts in observed:
        key = next(
            (key for key in (naming.column(name, quoted=True), naming.column(name)) if key in documented), ""
        )
        written, said = documented.pop(key, (name, {}))
        origin = places.get(written.lower(), whole)
        yield _column(name, said, as_keys(facts), promised) | {ORIGIN_KEY: origin}
    if not observed and node.kind == "seed":
        heads = _heads(manifest, node)
        for name in heads:
            written, said = documented.pop(naming.column(name), (name, {}))
            yield _column(name, said, {}, promised) | {ORIGIN_KEY: places.get(written.lower(), whole)}
    for written, said in documented.values():
        origin = places.get(written.lower(), whole)
        yield _column(written, said, {}, promised) | {ORIGIN_KEY: origin}


def _heads(manifest: Manifest, node: Node) -> list[str]:
    """The columns of a seed that no warehouse was asked for: the first line of its file."""
    path = manifest.file_of(node)
    if path.suffix.lower() != ".csv":
        return []
    delimiter = str(node.config.get("delimiter") or ",")
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        line = file.readline(LONGEST_HEAD)
    return [name for name in next(csv.reader([line], delimiter=delimiter[:1]), []) if name.strip()]


def _column(name: str, said: Json, observed: Json, promised: Promises) -> dict[str, Any]:
    values = {
        "name": name,
        "description": said.get("description") or observed.get("comment"),
        "type": observed.get("type") or said.get("data_type"),
        "tags": list(texts_of(said.get("tags"))),
        **promised.get(name.lower(), {}),
    }
    return without_empty(values)


def _primary_key(node: Node, promised: Promises) -> list[str]:
    """What dbt calls the primary key, else the one column that is unique and never null."""
    own = list(texts_of(as_items(node.content.get("primary_key"))))
    keys = own or promised.get("", {}).get("primary_key")
    if keys:
        return list(keys)
    sole = [column for column, said in promised.items() if said.get("unique") and said.get("required")]
    return sole if len(sole) == 1 else []


def _fields(value: object) -> Iterator[str]:
    """Columns as `partition_by` and `cluster_by` name them: a text, a list, or a mapping with `field`."""
    for each in value if isinstance(value, list) else [value]:
        field = each.get("field") if isinstance(each, dict) else each
        if isinstance(field, str):
            yield field


def _duration(freshness: Json) -> str | None:
    """`error_after`, else `warn_after`, as an ISO 8601 duration."""
    for key in ("error_after", "warn_after"):
        limit = as_keys(freshness.get(key))
        count, period = limit.get("count"), str(limit.get("period") or "")
        if isinstance(count, int) and period in ("minute", "hour", "day"):
            return f"P{count}D" if period == "day" else f"PT{count}{period[0].upper()}"
    return None
