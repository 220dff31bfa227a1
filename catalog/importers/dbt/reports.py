"""Exposures of a dbt project → reports."""

from __future__ import annotations

from ...model import Misfit, Report
from ..building import built
from .manifest import Manifest
from .nodes import Node, texts_of
from .owners import owner_of

TYPES = {
    "dashboard": "dashboard",
    "notebook": "notebook",
    "analysis": "document",
    "ml": "application",
    "application": "application",
}
"""dbt's type of an exposure → type of report."""


def read_report(manifest: Manifest, exposure: Node, misfits: list[Misfit]) -> Report | None:
    """The report that an exposure describes, with the tables and metrics it shows."""
    upstream = [manifest.nodes[id] for id in exposure.depends_on() if id in manifest.nodes]
    values = {
        "name": exposure.name,
        "label": exposure.text("label"),
        "description": exposure.text("description"),
        "owner": owner_of(manifest, exposure),
        "type": TYPES.get(exposure.text("type") or ""),
        "url": exposure.text("url"),
        "tags": list(texts_of(exposure.content.get("tags"))),
        "tables": [each.relation for each in upstream if each.relation],
        "metrics": [each.name for each in upstream if each.kind == "metric"],
        "custom_properties": {key: each for key, each in exposure.meta.items() if key != "owner"},
    }
    return built(Report, values, manifest.origin(exposure), misfits)
