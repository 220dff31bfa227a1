"""What dbt calls a node: one entry of the manifest, read without trusting any key to be there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...naming import split_name
from ..shapes import Json, as_items, as_keys, texts_of

__all__ = ["Json", "Node", "as_items", "as_keys", "texts_of"]


@dataclass(frozen=True, slots=True)
class Node:
    """One entry of a manifest. `id` is dbt's `unique_id`."""

    id: str
    content: Json

    @property
    def kind(self) -> str:
        """dbt's `resource_type`: `model`, `source`, `seed`, `snapshot`, `test`, `exposure` …"""
        return self.text("resource_type") or self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """dbt's own name of it."""
        return self.text("name") or self.id.rpartition(".")[2]

    @property
    def relation(self) -> str | None:
        """The relation in the warehouse, as written in SQL there; None for what has none."""
        return self.text("relation_name")

    @property
    def title(self) -> str:
        """What findings call it: the relation without quotes."""
        return ".".join(part for part, _ in split_name(self.relation)) if self.relation else self.name

    @property
    def materialized(self) -> str:
        """How it becomes a relation: `view`, `table`, `incremental`, `ephemeral` …"""
        return str(self.config.get("materialized") or "")

    @property
    def config(self) -> Json:
        """Its configuration."""
        return self.keys("config")

    @property
    def meta(self) -> Json:
        """Free keys, from its own `meta` and that of its configuration."""
        return {**as_keys(self.config.get("meta")), **self.keys("meta")}

    def text(self, key: str) -> str | None:
        """A text that says something; None for anything else."""
        value = self.content.get(key)
        return value if isinstance(value, str) and value.strip() else None

    def keys(self, key: str) -> Json:
        """A mapping, empty for anything else."""
        return as_keys(self.content.get(key))

    def items(self, key: str) -> list[Any]:
        """A list, empty for anything else."""
        return as_items(self.content.get(key))

    def depends_on(self) -> tuple[str, ...]:
        """The ids of what it is made from, in dbt's own order."""
        return tuple(str(each) for each in as_items(self.keys("depends_on").get("nodes")))
