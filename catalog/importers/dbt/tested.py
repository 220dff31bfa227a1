"""What the tests of a dbt project promise of columns: unique, never null, values, keys of other tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .manifest import Manifest
from .nodes import Node, as_items, as_keys, texts_of

Promises = dict[str, dict[str, Any]]
"""Column, in lower case → keys of a `Column`. `` holds what is said of the table: `primary_key`."""


def promises(manifest: Manifest) -> dict[str, Promises]:
    """dbt's id → what its tests and constraints promise. A test of some rows only promises nothing."""
    found: dict[str, Promises] = {}
    for node in manifest.nodes.values():
        if node.kind == "test" and not node.config.get("where") and node.config.get("enabled") is not False:
            for tested, column, said in _promised(manifest, node):
                found.setdefault(tested, {}).setdefault(column.lower(), {}).update(said)
        else:
            for column, said in _constraints(node):
                found.setdefault(node.id, {}).setdefault(column.lower(), {}).update(said)
    return found


def _promised(manifest: Manifest, test: Node) -> Iterator[tuple[str, str, dict[str, Any]]]:
    metadata = test.keys("test_metadata")
    given = {**as_keys(metadata.get("kwargs")), **as_keys(as_keys(metadata.get("kwargs")).get("arguments"))}
    column = test.text("column_name") or str(given.get("column_name") or "")
    tested = test.text("attached_node") or next(iter(reversed(test.depends_on())), "")
    name = str(metadata.get("name") or "")
    if name == "unique_combination_of_columns":
        yield tested, "", {"primary_key": list(texts_of(given.get("combination_of_columns")))}
    elif column and name == "unique":
        yield tested, column, {"unique": True}
    elif column and name == "not_null":
        yield tested, column, {"required": True}
    elif column and name == "accepted_values":
        values = [each for each in as_items(given.get("values")) if isinstance(each, str | int | float)]
        yield tested, column, {"valid_values": values}
    elif column and name == "relationships":
        others = [id for id in test.depends_on() if id != tested] or [tested]
        key_of = manifest.nodes.get(others[0])
        if key_of is not None and key_of.relation:
            yield tested, column, {"references": key_of.relation}


def _constraints(node: Node) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the contract of a model promises, of it and of its columns."""
    for each in map(as_keys, node.items("constraints")):
        columns = list(texts_of(each.get("columns")))
        if each.get("type") == "primary_key" and columns:
            yield "", {"primary_key": columns}
    for name, column in node.keys("columns").items():
        kinds = {as_keys(each).get("type") for each in as_items(as_keys(column).get("constraints"))}
        if "primary_key" in kinds:
            yield "", {"primary_key": [name]}
        if kinds & {"not_null", "primary_key"}:
            yield name, {"required": True}
        if "unique" in kinds:
            yield name, {"unique": True}
