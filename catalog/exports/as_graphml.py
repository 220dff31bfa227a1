"""The lineage of a project as GraphML (graphml.graphdrawing.org), for Gephi, yEd, Cytoscape and networkx.

Written with the standard library: the graph library would ask for a graph of its own and write no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from ..lineage import Edge, Node
from .exporting import ExportFile, Exporting
from .headings import title_of

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"

KEYS = (
    ("label", "node"),
    ("kind", "node"),
    ("table", "node"),
    ("column", "node"),
    ("level", "edge"),
    ("type", "edge"),
    ("subtype", "edge"),
    ("expression", "edge"),
    ("place", "edge"),
)
"""What nodes and edges may say of themselves; all of it is text."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_graphml(exporting: Exporting) -> Iterator[ExportFile]:
    """A directed graph. `level` is `link` between whole things, and `column` where a column is at an end."""
    links = exporting.links()
    edges = _edges(exporting)
    ends = (node for link in links for node in link)
    more = (node for edge in edges for node in (edge.source, edge.target))
    ids = {node: f"n{number}" for number, node in enumerate(sorted({*ends, *more}))}
    root = ET.Element("graphml", xmlns=NAMESPACE)
    for name, what in KEYS:
        ET.SubElement(root, "key", {"id": name, "for": what, "attr.name": name, "attr.type": "string"})
    graph = ET.SubElement(root, "graph", id="lineage", edgedefault="directed")
    for node, key in ids.items():
        _say(ET.SubElement(graph, "node", id=key), _of_node(node, exporting))
    for source, target in links:
        _say(_line(graph, ids[source], ids[target]), [("level", "link")])
    for edge in edges:
        _say(_line(graph, ids[edge.source], ids[edge.target]), _of_edge(edge))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    yield ExportFile("lineage.graphml", f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode())


def _edges(exporting: Exporting) -> tuple[Edge, ...]:
    """The edges of columns; of those things that are drawn, where not all are."""
    edges = exporting.project.lineage.edges
    if exporting.around is None:
        return edges
    drawn = {node for link in exporting.links() for node in link}
    return tuple(edge for edge in edges if edge.source.whole in drawn and edge.target.whole in drawn)


def _of_node(node: Node, exporting: Exporting) -> Iterable[tuple[str, str]]:
    title = title_of(node, exporting)
    yield "label", f"{title}.{node.column}" if node.column else title
    yield "kind", node.kind.value
    if node.column:
        yield "table", title
        yield "column", node.column


def _of_edge(edge: Edge) -> Iterable[tuple[str, str]]:
    yield "level", "column"
    yield "type", edge.type.value
    yield "subtype", edge.subtype.value
    yield "expression", edge.expression
    yield "place", str(edge.location)


def _line(graph: ET.Element, source: str, target: str) -> ET.Element:
    return ET.SubElement(graph, "edge", source=source, target=target)


def _say(element: ET.Element, said: Iterable[tuple[str, str]]) -> None:
    for name, text in said:
        if text:
            ET.SubElement(element, "data", key=name).text = _NOT_IN_XML.sub("\ufffd", text)
