"""What a thing is made from and what is made from it: a piece of the lineage, drawn and as a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from catalog import Catalog, Described, Node, NodeKind
from generator.graph import GraphEdge, GraphNode, neighbourhood_list_html, neighbourhood_svg
from generator.links import explorer_path, href, node_path
from generator.pages.surroundings import Surroundings, key_of
from generator.site import Site
from generator.words import count, words

MOST_DRAWN = 40
"""More boxes than this are told as a list only."""

MOST_LISTED = 300
DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """`svg` is empty where there is too much to draw, both are empty where nothing is connected.

    `explorer_path` is where engineers go on from here.
    """

    svg: Markup
    listing: Markup
    size: int
    depth: int
    explorer_path: str


def neighbourhood(around: Surroundings, focus: Node, *, start: str) -> Neighbourhood:
    """The things within two hops, or one if two reach too many. `start` is the path of the page."""
    key = key_of(focus)
    for depth in range(DEEPEST, 0, -1):
        near = around.within(depth, key)
        if len(near) <= MOST_DRAWN:
            break
    if len(near) == 1:
        return Neighbourhood(Markup(""), Markup(""), 0, 0, explorer_path(focus))
    shown = frozenset(sorted(near - {key})[:MOST_LISTED]) | {key}
    nodes = [_graph_node(around, other, shown, focus, start) for other in sorted(shown)]
    edges = list(_graph_edges(around, shown))
    title = f"What {_label(focus, around.site)} is made from and what it feeds"
    is_drawn = len(shown) <= MOST_DRAWN
    drawn = neighbourhood_svg(key, nodes, edges, title=title) if is_drawn else Markup("")
    listing = neighbourhood_list_html(key, nodes, edges)
    return Neighbourhood(drawn, listing, len(near), depth, explorer_path(focus))


def _graph_node(around: Surroundings, key: str, shown: frozenset[str], focus: Node, start: str) -> GraphNode:
    node, catalog = around.nodes.get(key, focus), around.site.project.catalog
    path = node_path(node) if _has_page(node, catalog) else None
    is_step = node.kind is NodeKind.STEP
    return GraphNode(
        id=key,
        label=_label(node, around.site),
        kind_words=_kind_words(node, around.site),
        layer_class=_layer_class(node, catalog),
        href=None if path is None or node == focus else href(path, start=start),
        is_focus=node == focus,
        hidden_upstream=sum(1 for other in around.above.get(key, ()) if other not in shown),
        # A step stands for many things, so what else it feeds would tell nothing.
        hidden_downstream=0
        if is_step
        else sum(1 for other in around.below.get(key, ()) if other not in shown),
    )


def _graph_edges(around: Surroundings, shown: frozenset[str]) -> Iterator[GraphEdge]:
    for source in sorted(shown):
        for target in around.below.get(source, ()):
            if target in shown:
                direct, indirect = around.columns.get((source, target), (0, 0))
                is_indirect = bool(indirect and not direct)
                yield GraphEdge(source, target, is_indirect=is_indirect, tooltip=_tooltip(direct, indirect))


def _tooltip(direct: int, indirect: int) -> str:
    if direct:
        return count(direct, "column path")
    return "decides rows only" if indirect else ""


def _has_page(node: Node, catalog: Catalog) -> bool:
    return (
        (node.kind is NodeKind.TABLE and node.name in catalog.tables)
        or (node.kind is NodeKind.METRIC and node.name in catalog.metrics)
        or (node.kind is NodeKind.REPORT and node.name in catalog.reports)
    )


def _label(node: Node, site: Site) -> str:
    """Engineers know a table by its name; everything else goes by its title."""
    catalog = site.project.catalog
    if not _has_page(node, catalog) or (node.kind is NodeKind.TABLE and not site.is_for_partners):
        return node.name
    return _thing(node, catalog).title


def _thing(node: Node, catalog: Catalog) -> Described:
    if node.kind is NodeKind.METRIC:
        return catalog.metrics[node.name]
    if node.kind is NodeKind.REPORT:
        return catalog.reports[node.name]
    return catalog.tables[node.name]


def _kind_words(node: Node, site: Site) -> str:
    """The kind of a thing and who answers for it: `Mart · Moderation Operations`."""
    catalog = site.project.catalog
    if node.kind is NodeKind.STEP:
        return "not shown here"
    if not _has_page(node, catalog):
        return f"{node.kind}, not in the catalog"
    kind = str(node.kind).capitalize()
    if node.kind is NodeKind.TABLE and catalog.tables[node.name].layer:
        kind = words(catalog.tables[node.name].layer)
    owner = catalog.teams.get(_thing(node, catalog).owner or "")
    return f"{kind} · {owner.title}" if owner else kind


def _layer_class(node: Node, catalog: Catalog) -> str:
    if node.kind is not NodeKind.TABLE:
        return str(node.kind)
    table = catalog.tables.get(node.name)
    return str(table.layer) if table and table.layer else "other"
