"""The lineage of a site by neighbours, shared by all pages of a kind.

Keys are texts such as `table:mart.queue`: they sort and hash much faster than nodes, and pages ask often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from catalog import Completeness, Edge, EdgeType, Node, NodeKind, Seen, SqlText, completeness, seen_tables
from generator.pages.relations import Relations, relate
from generator.pages.sql_listing import texts_by_table
from generator.site import Site

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Surroundings:
    """The lineage of a site, cut by need: each mapping is made when it is first asked for."""

    site: Site

    @cached_property
    def relations(self) -> Relations:
        """What hangs together in the catalog."""
        return relate(self.site)

    @cached_property
    def texts(self) -> dict[str, tuple[SqlText, ...]]:
        """The SQL texts of each table, in the order of their files."""
        return texts_by_table(self.site.project.lineage)

    @cached_property
    def reads_by_file(self) -> dict[str, Keys]:
        """File → the tables that its SQL reads and does not write itself, sorted."""
        found: dict[str, set[str]] = {}
        for text in self.site.project.lineage.traced.texts:
            reads = {table for statement in text.statements for table in statement.reads}
            writes = {table for statement in text.statements for table in statement.writes}
            found.setdefault(text.sql.start.file, set()).update(reads - writes)
        return {file: tuple(sorted(tables)) for file, tables in found.items()}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """What each key stands for."""
        lineage = self.site.project.lineage
        wholes = {key_of(node): node for link in lineage.links for node in link}
        return wholes | {key_of(node): node for edge in self._direct for node in (edge.source, edge.target)}

    @cached_property
    def above(self) -> dict[str, Keys]:
        """The tables, metrics and reports right before each, sorted."""
        return _gathered(
            (key_of(target), key_of(source)) for source, target in self.site.project.lineage.links
        )

    @cached_property
    def below(self) -> dict[str, Keys]:
        """The tables, metrics and reports right after each, sorted."""
        return _gathered(
            (key_of(source), key_of(target)) for source, target in self.site.project.lineage.links
        )

    @cached_property
    def columns(self) -> dict[tuple[str, str], tuple[int, int]]:
        """For a pair of things: how many column edges bring a value, and how many only decide."""
        counted: dict[tuple[str, str], tuple[int, int]] = {}
        for edge in self.site.project.lineage.edges:
            pair = (key_of(edge.source.whole), key_of(edge.target.whole))
            direct, indirect = counted.get(pair, (0, 0))
            is_direct = edge.type is EdgeType.DIRECT
            counted[pair] = (direct + is_direct, indirect + (not is_direct))
        return counted

    @cached_property
    def column_sources(self) -> dict[str, Keys]:
        """The columns whose values arrive in a column or metric, sorted."""
        return _gathered((key_of(edge.target), key_of(edge.source)) for edge in self._direct)

    @cached_property
    def _direct(self) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.site.project.lineage.edges if edge.type is EdgeType.DIRECT)

    @cached_property
    def _seen(self) -> dict[str, Seen]:
        return seen_tables(self.site.project.lineage)

    def completeness(self, node: Node, upstream: Reached) -> Completeness:
        """How complete the lineage of a thing is, by itself and with those it is made from."""
        return completeness(self.site.project.lineage, node, self._seen, upstream.nodes)

    def within(self, depth: int, key: str) -> frozenset[str]:
        """What is reached in so many hops up or down, the start included."""
        return _within(depth, key, self.above) | _within(depth, key, self.below)

    def is_fed(self, node: Node) -> bool:
        """Is a thing made from others?"""
        return bool(self.above.get(key_of(node)))

    def right_above(self, node: Node) -> tuple[Node, ...]:
        """What a thing is made from directly, sorted."""
        return tuple(self.nodes[key] for key in self.above.get(key_of(node), ()))

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
