"""The lineage of a project as a flowchart of Mermaid: tables, metrics and reports, and what flows between."""

from __future__ import annotations

from collections.abc import Iterator

from ..lineage import Node, NodeKind
from .as_drawing import entities
from .exporting import ExportFile, Exporting
from .headings import title_of

SHAPES = {NodeKind.METRIC: ('(["', '"])'), NodeKind.REPORT: ('[["', '"]]'), NodeKind.STEP: ('>"', '"]')}
"""Kind → the brackets of its box; all others have plain ones."""


def as_flowchart(exporting: Exporting) -> Iterator[ExportFile]:
    """A flowchart, read from left to right; a thing of which nothing is known to flow is not in it."""
    links = exporting.links()
    nodes = sorted({node for link in links for node in link})
    ids = {node: f"n{number}" for number, node in enumerate(nodes)}
    lines = ["flowchart LR", *(f"  {ids[node]}{_box(node, exporting)}" for node in nodes)]
    lines += [f"  {ids[source]} --> {ids[target]}" for source, target in links]
    yield ExportFile("lineage.mmd", "\n".join([*lines, ""]).encode("utf-8", "replace"))


def _box(node: Node, exporting: Exporting) -> str:
    opening, closing = SHAPES.get(node.kind, ('["', '"]'))
    return f"{opening}{entities(title_of(node, exporting))}{closing}"
