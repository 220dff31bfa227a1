"""Mutations of the example's SQL on the whole way: the class of each change, its reach held to the graph."""

from __future__ import annotations

from collections import defaultdict

import pytest
from mutated_example import Example
from mutations import COLUMN_CHANGES, NO_CHANGES, ROW_CHANGES

from catalog import (
    Alteration,
    Audience,
    EdgeType,
    Lineage,
    Node,
    NodeKind,
    Project,
    Subtype,
)


@pytest.fixture(scope="module")
def example() -> Example:
    return Example()


def reached_rows(lineage: Lineage, start: Node) -> set[Node]:
    """All that is downstream of a table, by its links alone."""
    following = defaultdict(set)
    for source, target in lineage.links:
        following[source].add(target)
    found: set[Node] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        found.add(node)
        waiting += following[node] - found
    return found


def reached_values(lineage: Lineage, start: Node) -> set[Node]:
    """All that a column's value arrives in or decides about; where it decides about rows, all downstream."""
    following = defaultdict(set)
    for edge in lineage.edges:
        if edge.type is EdgeType.DIRECT or edge.subtype is not Subtype.SORT:
            following[edge.source].add(edge.target)
    found: set[Node] = set()
    waiting = {start}
    while waiting:
        node = waiting.pop()
        found.add(node)
        next_ones = reached_rows(lineage, node) if node.kind is NodeKind.TABLE else following[node]
        waiting |= next_ones - found
    return found


def assert_reach_is_the_graphs(change: Alteration, nodes: set[Node], project: Project) -> None:
    tables = {node.name for node in nodes if node.kind in (NodeKind.TABLE, NodeKind.COLUMN)}
    reports = {node.name for node in nodes if node.kind is NodeKind.REPORT}
    reports |= {name for name, report in project.catalog.reports.items() if tables & set(report.tables)}
    metrics = {node.name for node in nodes if node.kind is NodeKind.METRIC}
    assert set(change.reach.metrics) == metrics
    assert set(change.reach.reports) == reports
    partners = {
        f"metric:{name}" for name in metrics if project.catalog.metrics[name].audience is Audience.PARTNER
    }
    assert {page for page in change.reach.partner_pages if page.startswith("metric:")} == partners


@pytest.mark.slow
def test_what_is_only_written_otherwise_is_no_change(example: Example) -> None:
    count = 0
    for batch in example.batches(NO_CHANGES, 1):
        count += len(batch.mutated)
        assert [change.sentence for change in batch.compared.changes.all] == []
        assert example.lapsed(batch.compared.versions.head) == set()
    assert count >= 200


@pytest.mark.slow
def test_a_change_of_rows_is_of_that_class_and_reaches_all_downstream(example: Example) -> None:
    count = 0
    for batch in example.batches(ROW_CHANGES, 1):
        lineage = batch.compared.versions.head.lineage
        assert example.lapsed(batch.compared.versions.head) == set(batch.compared.changes.value_changing)
        for file, mutation in batch.mutated.items():
            table = example.tables[file]
            changes = batch.changes(table)
            assert {change.kind.value for change in changes} == {"model_wide"}, (file, mutation.kind)
            nodes = reached_rows(lineage, Node(NodeKind.TABLE, table))
            for change in changes:
                assert_reach_is_the_graphs(change, nodes, batch.compared.versions.head)
            count += 1
    assert count >= 200


@pytest.mark.slow
def test_a_change_of_an_output_is_of_that_class_and_reaches_what_it_feeds(example: Example) -> None:
    count = 0
    for batch in example.batches(COLUMN_CHANGES, 4):
        lineage = batch.compared.versions.head.lineage
        for file, mutation in batch.mutated.items():
            subject = f"{example.tables[file]}.{mutation.column}"
            (change,) = batch.changes(example.tables[file])
            assert (change.kind.value, change.subject, change.aspect) == ("column", subject, "expression")
            nodes = reached_values(lineage, Node(NodeKind.COLUMN, example.tables[file], mutation.column))
            assert_reach_is_the_graphs(change, nodes, batch.compared.versions.head)
            count += 1
    assert count >= 200
