"""What a thing is made from and what is made from it: a piece of the lineage, drawn and as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from catalog import Catalog, Described, EdgeType, Node, NodeKind
from generator.graph import GraphEdge, GraphNode, neighbourhood_list_html, neighbourhood_svg
from generator.links import href, node_path
from generator.site import Site
from generator.words import count, words

MOST_DRAWN = 40
"""More boxes than this are told as a list only."""

MOST_LISTED = 300
DEEPEST = 2

Pair = tuple[Node, Node]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """`svg` is empty where there is too much to draw, both are empty where nothing is connected."""

    svg: Markup
    listing: Markup
    size: int
    depth: int


@dataclass(frozen=True)
class Surroundings:
    """The lineage of a site, ready to be cut into neighbourhoods.

    `above` and `below` hold the next things of each; `columns` counts, for a pair of things, the column edges
    that bring a value and those that only decide.
    """

    site: Site
    above: Mapping[Node, frozenset[Node]]
    below: Mapping[Node, frozenset[Node]]
    columns: Mapping[Pair, tuple[int, int]]


def surroundings(site: Site) -> Surroundings:
    """The lineage of a site with its column edges counted; made once for all pages of a kind."""
    above: dict[Node, set[Node]] = {}
    below: dict[Node, set[Node]] = {}
    for source, target in site.project.lineage.links:
        above.setdefault(target, set()).add(source)
        below.setdefault(source, set()).add(target)
    counted: dict[Pair, tuple[int, int]] = {}
    for edge in site.project.lineage.edges:
        pair = (edge.source.whole, edge.target.whole)
        direct, indirect = counted.get(pair, (0, 0))
        is_direct = edge.type is EdgeType.DIRECT
        counted[pair] = (direct + is_direct, indirect + (not is_direct))
    return Surroundings(site, _frozen(above), _frozen(below), counted)


def neighbourhood(around: Surroundings, focus: Node, *, start: str) -> Neighbourhood:
    """The things within two hops, or one if two reach too many. `start` is the path of the page."""
    for depth in range(DEEPEST, 0, -1):
        near = _within(depth, focus, around.above) | _within(depth, focus, around.below)
        if len(near) <= MOST_DRAWN:
            break
    if len(near) == 1:
        return Neighbourhood(Markup(""), Markup(""), 0, 0)
    shown = frozenset(sorted(near - {focus})[:MOST_LISTED]) | {focus}
    nodes = [_graph_node(around, node, shown, focus, start) for node in sorted(shown)]
    edges = list(_graph_edges(around, shown))
    title = f"What {_label(focus, around.site)} is made from and what it feeds"
    is_drawn = len(shown) <= MOST_DRAWN
    drawn = neighbourhood_svg(_id(focus), nodes, edges, title=title) if is_drawn else Markup("")
    return Neighbourhood(drawn, neighbourhood_list_html(_id(focus), nodes, edges), len(near), depth)


def _frozen(sets: Mapping[Node, set[Node]]) -> dict[Node, frozenset[Node]]:
    return {node: frozenset(others) for node, others in sets.items()}


def _within(depth: int, focus: Node, nexts: Mapping[Node, frozenset[Node]]) -> frozenset[Node]:
    """What is reached in so many hops one way, the start included."""
    found = edge = frozenset({focus})
    for _ in range(depth):
        edge = frozenset(other for node in edge for other in nexts.get(node, ())) - found
        found |= edge
    return found


def _graph_node(
    around: Surroundings, node: Node, shown: frozenset[Node], focus: Node, start: str
) -> GraphNode:
    catalog = around.site.project.catalog
    path = node_path(node) if _has_page(node, catalog) else None
    return GraphNode(
        id=_id(node),
        label=_label(node, around.site),
        kind_words=_kind_words(node, around.site),
        layer_class=_layer_class(node, catalog),
        href=None if path is None or node == focus else href(path, start=start),
        is_focus=node == focus,
        hidden_upstream=len(around.above.get(node, frozenset()) - shown),
        hidden_downstream=_hidden_downstream(around, node, shown),
    )


def _hidden_downstream(around: Surroundings, node: Node, shown: frozenset[Node]) -> int:
    """How much else a thing feeds. A step stands for many things, so of it that would tell nothing."""
    return 0 if node.kind is NodeKind.STEP else len(around.below.get(node, frozenset()) - shown)


def _graph_edges(around: Surroundings, shown: frozenset[Node]) -> Iterator[GraphEdge]:
    for source in sorted(shown):
        for target in sorted(around.below.get(source, frozenset()) & shown):
            direct, indirect = around.columns.get((source, target), (0, 0))
            yield GraphEdge(
                _id(source),
                _id(target),
                is_indirect=bool(indirect and not direct),
                tooltip=_tooltip(direct, indirect),
            )


def _tooltip(direct: int, indirect: int) -> str:
    if direct:
        return f"{count(direct, 'column path')}"
    return "decides rows only" if indirect else ""


def _id(node: Node) -> str:
    return f"{node.kind}:{node.name}"


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
