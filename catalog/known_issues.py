"""Known issues of columns and metrics, carried to every metric and report that they reach. Pure.

A wrong column makes wrong numbers wherever its values arrive, and wherever it decides which rows do.
The issue is written once, at the column, and shown where people read the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .lineage import Lineage, Node, NodeKind
from .model import Audience, Catalog, KnownIssue, Metric, Report
from .visibility import is_for_partners


def carry_known_issues(catalog: Catalog, lineage: Lineage) -> Catalog:
    """The catalog with each issue of a column or metric told by what it reaches, and where it is from."""
    arriving: dict[Node, list[KnownIssue]] = {}
    for origin, issue in _issues(catalog):
        for node in lineage.affected_by(origin):
            if node.kind in (NodeKind.METRIC, NodeKind.REPORT):
                arriving.setdefault(node, []).append(issue)
    if not arriving:
        return catalog
    metrics = {
        name: metric.model_copy(update=_told(metric, arriving.get(Node(NodeKind.METRIC, name), [])))
        for name, metric in catalog.metrics.items()
    }
    reports = {
        name: report.model_copy(update=_told(report, arriving.get(Node(NodeKind.REPORT, name), [])))
        for name, report in catalog.reports.items()
    }
    return replace(catalog, metrics=metrics, reports=reports)


def _issues(catalog: Catalog) -> Iterator[tuple[Node, KnownIssue]]:
    """Every issue that travels, as it is told elsewhere, with the node it starts from."""
    for table in catalog.tables.values():
        for column in table.columns:
            for issue in column.known_issues:
                own = (column.audience or table.audience) if is_for_partners(table) else Audience.INTERNAL
                audience = issue.audience or own
                node = Node(NodeKind.COLUMN, table.name, column.name)
                yield node, issue.model_copy(update={"audience": audience, "inherited_from": str(node)})
    for metric in catalog.metrics.values():
        for issue in metric.known_issues:
            update = {"audience": issue.audience or _audience(metric), "inherited_from": metric.name}
            yield Node(NodeKind.METRIC, metric.name), issue.model_copy(update=update)


def _audience(metric: Metric) -> Audience:
    """Who may read an issue of a metric elsewhere; that of one not ready for partners stays here."""
    return metric.audience if is_for_partners(metric) else Audience.INTERNAL


def _told(thing: Metric | Report, arriving: list[KnownIssue]) -> dict[str, tuple[KnownIssue, ...]]:
    """The issues of a thing and those that arrive at it, but for what it tells itself, as an update."""
    told = {(issue.since, issue.text) for issue in thing.known_issues}
    news = {(issue.since, issue.text): issue for issue in reversed(arriving)}
    arrived = tuple(news[key] for key in sorted(news.keys() - told))
    return {"known_issues": (*thing.known_issues, *arrived)}
