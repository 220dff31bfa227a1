"""Catalog + Traced → Lineage: tables, columns, metrics and reports as one graph.

The only user of networkx, which is asked for circles alone: ways are followed from node to node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from typing import NamedTuple

from .flows import ToldFlow, by_table, settle
from .model import Catalog, Location, Report
from .sql.edges import ColumnEdge, EdgeType, Gap, IndirectEdge, OutputColumn, StatementLineage, Subtype
from .trace import Traced, TracedExpression, TracedText


class NodeKind(StrEnum):
    """What a node of the graph stands for. A step is something an audience may not know by name."""

    TABLE = "table"
    COLUMN = "column"
    METRIC = "metric"
    REPORT = "report"
    STEP = "step"

    __hash__ = str.__hash__  # an enum's own is slow, and nodes are looked up by the ten thousand


# Nodes and edges come by the ten thousand: a named tuple is made, hashed and compared several times as fast
# as a frozen dataclass.
class Node(NamedTuple):
    """A table, metric or report by its name, or a column of a table."""

    kind: NodeKind
    name: str
    column: str = ""

    def __str__(self) -> str:
        return f"{self.name}.{self.column}" if self.column else self.name

    @property
    def whole(self) -> Node:
        """The table of a column; anything else is itself."""
        return Node(NodeKind.TABLE, self.name) if self.kind is NodeKind.COLUMN else self


Nexts = Mapping[Node, list[Node]]
"""Node → those one hop on; a node with several edges to another has it several times."""


class Edge(NamedTuple):
    """One hop. Its target is a table where the source decides which rows arrive (join, filter, group, sort).

    `expression` is the SQL that makes the target, as written; `location` is where that stands.
    """

    source: Node
    target: Node
    type: EdgeType
    subtype: Subtype
    expression: str
    location: Location
    masking: bool = False
    ambiguous: bool = False


EdgesByNode = dict[Node, list[Edge]]


@dataclass(frozen=True, slots=True)
class Production:
    """A statement that writes a table, and the text it stands in."""

    text: TracedText
    statement: StatementLineage

    def at(self, line: int, char: int = 1) -> Location:
        """The place of a line and character of the text."""
        return self.text.sql.at(line, char)


@dataclass(frozen=True)
class Lineage:
    """What flows where. `edges` are at column level; `links` at the level of tables, metrics and reports.

    `told` is what other tools tell of, beside the graph.
    """

    traced: Traced = field(default_factory=Traced)
    edges: tuple[Edge, ...] = ()
    links: tuple[tuple[Node, Node], ...] = ()
    told: tuple[ToldFlow, ...] = ()

    @cached_property
    def _told_into(self) -> dict[str, tuple[ToldFlow, ...]]:
        return by_table(self.told, lambda flow: flow.target)

    @cached_property
    def _told_from(self) -> dict[str, tuple[ToldFlow, ...]]:
        return by_table(self.told, lambda flow: flow.source)

    # First by the name of the table, metric or report: who asks for one column asks for all of its table.
    @cached_property
    def _into(self) -> dict[str, EdgesByNode]:
        found: dict[str, EdgesByNode] = {}
        for edge in self.edges:
            found.setdefault(edge.target.name, {}).setdefault(edge.target, []).append(edge)
        return found

    @cached_property
    def _out_of(self) -> dict[str, EdgesByNode]:
        found: dict[str, EdgesByNode] = {}
        for edge in self.edges:
            found.setdefault(edge.source.name, {}).setdefault(edge.source, []).append(edge)
        return found

    @cached_property
    def _columns_of(self) -> dict[str, frozenset[Node]]:
        found: dict[str, set[Node]] = {}
        for node in chain(*self._into.values(), *self._out_of.values()):
            if node.kind is NodeKind.COLUMN:
                found.setdefault(node.name, set()).add(node)
        return {table: frozenset(columns) for table, columns in found.items()}

    @cached_property
    def _below(self) -> Nexts:
        return _nexts(self.links)

    @cached_property
    def _above(self) -> Nexts:
        return _nexts((target, source) for source, target in self.links)

    @cached_property
    def _direct(self) -> Nexts:
        return _nexts((edge.source, edge.target) for edge in self.edges if edge.type is EdgeType.DIRECT)

    @cached_property
    def _direct_reversed(self) -> Nexts:
        return _nexts((edge.target, edge.source) for edge in self.edges if edge.type is EdgeType.DIRECT)

    @cached_property
    def _expressions(self) -> dict[str, tuple[TracedExpression, ...]]:
        found: dict[str, list[TracedExpression]] = {}
        for traced in self.traced.expressions:
            found.setdefault(traced.metric, []).append(traced)
        return {metric: tuple(expressions) for metric, expressions in found.items()}

    @cached_property
    def _productions(self) -> dict[str, tuple[Production, ...]]:
        found: dict[str, list[Production]] = {}
        for text in self.traced.texts:
            for statement in text.statements:
                for table in statement.writes:
                    found.setdefault(table, []).append(Production(text, statement))
        return {table: tuple(productions) for table, productions in found.items()}

    def edges_into(self, node: Node) -> tuple[Edge, ...]:
        """The last hops to a node, direct ones first."""
        return _in_reading_order(self._into.get(node.name, {}).get(node, ()))

    def edges_from(self, node: Node) -> tuple[Edge, ...]:
        """The next hops from a node, direct ones first."""
        return _in_reading_order(self._out_of.get(node.name, {}).get(node, ()))

    def told_into(self, table: str) -> tuple[ToldFlow, ...]:
        """What other tools tell of a table's sources, the most frequent first. No part of the graph."""
        return self._told_into.get(table, ())

    def told_from(self, table: str) -> tuple[ToldFlow, ...]:
        """What other tools tell of where a table flows, or that it is read. No part of the graph."""
        return self._told_from.get(table, ())

    def upstream(self, node: Node, depth: int | None = None) -> dict[Node, int]:
        """What a table, metric or report is made from → number of hops, nearest first."""
        return _reachable(self._above, node, depth)

    def downstream(self, node: Node, depth: int | None = None) -> dict[Node, int]:
        """What a table, metric or report feeds → number of hops, nearest first."""
        return _reachable(self._below, node, depth)

    def reached_from(self, column: Node) -> dict[Node, int]:
        """Columns, metrics and reports that a column's value arrives in → number of hops, nearest first."""
        return _reachable(self._direct, column, None)

    def rests_on(self, node: Node) -> dict[Node, int]:
        """Columns whose values arrive in a column, metric or report → number of hops, nearest first."""
        return _reachable(self._direct_reversed, node, None)

    def has_values_from(self, node: Node) -> bool:
        """Do values of any column arrive in a column, metric or report?"""
        return any(edge.type is EdgeType.DIRECT for edge in self._into.get(node.name, {}).get(node, ()))

    def affected_by(self, node: Node) -> frozenset[Node]:
        """Columns, tables, metrics and reports that would change with a column, table or metric.

        Along values, and along what decides which rows arrive: where it decides the rows of a table, every
        column of that table changes.
        """
        found, waiting = {node}, [node]
        for each in waiting:
            following = {edge.target for edge in self._out_of.get(each.name, {}).get(each, ())}
            if each.kind is NodeKind.TABLE:
                following |= self._columns_of.get(each.name, frozenset())
            waiting.extend(following - found)
            found |= following
        return frozenset(found - {node})

    def productions(self, table: str) -> tuple[Production, ...]:
        """The statements that write a table; none for a source."""
        return self._productions.get(table, ())

    def outputs(self, table: str) -> dict[str, OutputColumn]:
        """The columns that the SQL of a table produces, in order; empty where no SQL is known."""
        return {
            output.name: output
            for production in self.productions(table)
            for output in production.statement.outputs
        }

    def gaps(self, table: str) -> tuple[tuple[Gap, Location], ...]:
        """What the lineage of a table did not see, and where."""
        return tuple(
            (gap, production.at(gap.line, gap.char))
            for production in self.productions(table)
            for gap in production.statement.gaps
        )

    def expressions(self, metric: str) -> tuple[TracedExpression, ...]:
        """The traced parts of a metric."""
        return self._expressions.get(metric, ())

    def cycles(self) -> tuple[tuple[Node, ...], ...]:
        """Tables that feed each other, each group sorted; a table that only reads itself is no cycle."""
        if _is_free_of_circles(self.links):
            return ()
        import networkx as nx  # It takes a tenth of a second, and most lineage has no circle.

        graph: nx.DiGraph[Node] = nx.DiGraph(self.links)
        groups = nx.strongly_connected_components(graph)
        return tuple(sorted(tuple(sorted(group)) for group in groups if len(group) > 1))


def build_lineage(catalog: Catalog, traced: Traced) -> Lineage:
    """The graph of everything that was traced, and of what metrics and reports say they use."""
    written = chain(_text_edges(traced.texts), _metric_edges(traced.expressions), _report_edges(catalog))
    # Each once and in the order of the files, in which they are half sorted.
    edges = dict.fromkeys(_at_documented(edge, catalog) for edge in written)
    links = {(source, target) for source, target in _table_links(traced, catalog) if source != target}
    return Lineage(traced, tuple(sorted(edges)), tuple(sorted(links)), told_flows(catalog, links))


def told_flows(catalog: Catalog, links: Iterable[tuple[Node, Node]]) -> tuple[ToldFlow, ...]:
    """What other tools tell of the tables of the catalog, held against the links of the graph."""
    if not catalog.flows:
        return ()
    above: dict[str, set[str]] = {}
    for source, target in links:
        if target.kind is NodeKind.TABLE:
            above.setdefault(target.name, set()).add(source.name)
    return settle(catalog.flows, catalog.tables, above)


def _at_documented(edge: Edge, catalog: Catalog) -> Edge:
    """An edge from a struct's field comes from its column, unless the field has an entry of its own."""
    column = edge.source.column
    table = catalog.tables.get(edge.source.name) if "." in column else None
    while table is not None and "." in column and table.column(column) is None:
        column = column.rpartition(".")[0]
    is_column = column == edge.source.column
    return edge if is_column else edge._replace(source=edge.source._replace(column=column))


def _text_edges(texts: Iterable[TracedText]) -> Iterator[Edge]:
    for text in texts:
        for statement in text.statements:
            lines = {edge.line for edge in statement.columns} | {edge.line for edge in statement.indirect}
            places = {line: text.sql.at(line) for line in lines}
            for edge in statement.columns:
                if edge.target_table:
                    target = Node(NodeKind.COLUMN, edge.target_table, edge.target_column)
                    yield _column_edge(edge, target, places[edge.line])
            for indirect in statement.indirect:
                if indirect.target_table:
                    target = Node(NodeKind.TABLE, indirect.target_table)
                    yield _indirect_edge(indirect, target, places[indirect.line])


def _column_edge(edge: ColumnEdge, target: Node, location: Location) -> Edge:
    return Edge(
        Node(NodeKind.COLUMN, edge.source_table, edge.source_column),
        target,
        edge.type,
        edge.subtype,
        edge.expression,
        location,
        edge.masking,
        edge.ambiguous,
    )


def _indirect_edge(edge: IndirectEdge, target: Node, location: Location) -> Edge:
    source = Node(NodeKind.COLUMN, edge.source_table, edge.source_column)
    return Edge(source, target, EdgeType.INDIRECT, edge.subtype, edge.expression, location)


def _metric_edges(expressions: Iterable[TracedExpression]) -> Iterator[Edge]:
    for traced in expressions:
        target = Node(NodeKind.METRIC, traced.metric)
        for statement in traced.statements:
            for edge in statement.columns:
                yield _column_edge(edge, target, traced.location)
            for indirect in statement.indirect:
                yield _indirect_edge(indirect, target, traced.location)


def _report_edges(catalog: Catalog) -> Iterator[Edge]:
    for report in catalog.reports.values():
        target = Node(NodeKind.REPORT, report.name)
        for source, subtype, expression, location in _report_sources(report):
            yield Edge(source, target, EdgeType.DIRECT, subtype, expression, location)


def _report_sources(report: Report) -> Iterator[tuple[Node, Subtype, str, Location]]:
    """What a report shows by name: metrics, and columns behind its fields; each with how."""
    for index, metric in enumerate(report.metrics):
        yield Node(NodeKind.METRIC, metric), Subtype.IDENTITY, metric, report.at(f"metrics.{index}")
    for shown in report.fields:
        if shown.metric:
            yield Node(NodeKind.METRIC, shown.metric), Subtype.IDENTITY, shown.name, shown.at()
        for key, name in shown.reads:
            table, _, column = name.rpartition(".")
            subtype = Subtype.IDENTITY if key == "column" else Subtype.TRANSFORMATION
            if table:
                yield Node(NodeKind.COLUMN, table, column), subtype, shown.name, shown.at()


def _table_links(traced: Traced, catalog: Catalog) -> Iterator[tuple[Node, Node]]:
    for text in traced.texts:
        for statement in text.statements:
            for target in statement.writes:
                for source in statement.reads:
                    yield Node(NodeKind.TABLE, source), Node(NodeKind.TABLE, target)
    for metric in catalog.metrics.values():
        if metric.source:
            yield Node(NodeKind.TABLE, metric.source), Node(NodeKind.METRIC, metric.name)
    for expression in traced.expressions:
        for statement in expression.statements:
            for source in statement.reads:
                yield Node(NodeKind.TABLE, source), Node(NodeKind.METRIC, expression.metric)
    for report in catalog.reports.values():
        target_node = Node(NodeKind.REPORT, report.name)
        for node, _, _, _ in _report_sources(report):
            yield node.whole, target_node
        for table in report.tables:
            yield Node(NodeKind.TABLE, table), target_node


def _is_free_of_circles(hops: Iterable[tuple[Node, Node]]) -> bool:
    """Whether no way leads back; nodes that only lead to themselves aside. Asked first, since it is cheap."""
    order: TopologicalSorter[Node] = TopologicalSorter()
    for source, target in hops:
        if source != target:
            order.add(target, source)
    try:
        order.prepare()
    except CycleError:
        return False
    return True


def _nexts(hops: Iterable[tuple[Node, Node]]) -> Nexts:
    found: dict[Node, list[Node]] = {}
    for source, target in hops:
        found.setdefault(source, []).append(target)
    return found


def _reachable(nexts: Nexts, start: Node, depth: int | None) -> dict[Node, int]:
    """Each node on the ways from the start, with its least number of hops."""
    found = {start: 0}
    edge, hops = [start], 0
    while edge and hops != depth:
        hops += 1
        edge = list({node for each in edge for node in nexts.get(each, ()) if node not in found})
        found.update(dict.fromkeys(sorted(edge), hops))
    del found[start]
    return found


def _in_reading_order(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    return tuple(sorted(edges, key=lambda edge: (edge.type is not EdgeType.DIRECT, edge)))
