"""The lineage of a site by neighbours, made once for all pages of a kind.

Keys are texts such as `table:mart.queue`: they sort and hash much faster than nodes, and pages ask often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog import EdgeType, Node, NodeKind
from generator.site import Site

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Surroundings:
    """`above` and `below` hold the next tables, metrics and reports of each, sorted.

    `columns` counts, for a pair of them, the column edges that bring a value and those that only decide.
    `column_sources` holds the columns whose values arrive in a column or metric.
    """

    site: Site
    nodes: Mapping[str, Node]
    above: Mapping[str, Keys]
    below: Mapping[str, Keys]
    columns: Mapping[tuple[str, str], tuple[int, int]]
    column_sources: Mapping[str, Keys]

    def within(self, depth: int, key: str) -> frozenset[str]:
        """What is reached in so many hops up or down, the start included."""
        return _within(depth, key, self.above) | _within(depth, key, self.below)

    def upstream(self, node: Node, most: int) -> Reached:
        """What a thing is made from, nearest first."""
        return self._reached(node, self.above, most)

    def downstream(self, node: Node, most: int) -> Reached:
        """What a thing feeds, nearest first."""
        return self._reached(node, self.below, most)

    def origins(self, node: Node, most: int) -> Reached:
        """All columns whose values arrive in a column or metric, nearest first."""
        return self._reached(node, self.column_sources, most)

    def _reached(self, node: Node, nexts: Mapping[str, Keys], most: int) -> Reached:
        start = key_of(node)
        found: dict[str, None] = {start: None}
        edge = [start]
        while edge and len(found) <= most + 1:
            edge = list(
                dict.fromkeys(key for each in edge for key in nexts.get(each, ()) if key not in found)
            )
            found |= dict.fromkeys(sorted(edge))
        keys = list(found)[1 : most + 1]
        return Reached(tuple(self.nodes[key] for key in keys), len(found) - 1 <= most)


@dataclass(frozen=True, slots=True)
class Reached:
    """Things reached, nearest first; `is_all` unless there were too many to look on."""

    nodes: tuple[Node, ...]
    is_all: bool

    def names(self, kind: NodeKind) -> list[str]:
        """The names of those of a kind."""
        return [node.name for node in self.nodes if node.kind is kind]


def key_of(node: Node) -> str:
    """The text that stands for a node."""
    return f"{node.kind}:{node}"


def surroundings(site: Site) -> Surroundings:
    """The lineage of a site, ready to be cut into pieces."""
    lineage = site.project.lineage
    nodes = {key_of(node): node for link in lineage.links for node in link}
    links = [(key_of(source), key_of(target)) for source, target in lineage.links]
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    values: list[tuple[str, str]] = []
    for edge in lineage.edges:
        pair = (key_of(edge.source.whole), key_of(edge.target.whole))
        direct, indirect = counted.get(pair, (0, 0))
        is_direct = edge.type is EdgeType.DIRECT
        counted[pair] = (direct + is_direct, indirect + (not is_direct))
        if is_direct:
            nodes |= {key_of(edge.source): edge.source, key_of(edge.target): edge.target}
            values.append((key_of(edge.source), key_of(edge.target)))
    return Surroundings(
        site,
        nodes,
        _gathered((target, source) for source, target in links),
        _gathered(links),
        counted,
        _gathered((target, source) for source, target in values),
    )


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, Keys]:
    found: dict[str, set[str]] = {}
    for key, other in pairs:
        found.setdefault(key, set()).add(other)
    return {key: tuple(sorted(others)) for key, others in found.items()}


def _within(depth: int, start: str, nexts: Mapping[str, Keys]) -> frozenset[str]:
    found = edge = {start}
    for _ in range(depth):
        edge = {other for key in edge for other in nexts.get(key, ())} - found
        found = found | edge
    return frozenset(found)
