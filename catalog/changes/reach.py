"""What a change reaches, by column lineage: where the changed values arrive, and the rows they decide about.

A changed column reaches what its value arrives in. Where it decides which rows there are (a filter, a join, a
grouping), the rows of that table change, and a change of rows reaches everything downstream.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..lineage import Lineage, Node, NodeKind
from ..model import Described
from ..project import Project
from ..sql.edges import EdgeType, Subtype
from ..visibility import is_for_partners
from .values import Reach


def reach_of(project: Project, starts: Iterable[Node]) -> Reach:
    """What changes of some columns, of the rows of some tables (as table nodes), or of metrics reach."""
    nodes = reached(project.lineage, starts)
    columns = {node.name for node in nodes if node.kind is NodeKind.COLUMN}
    tables = columns | {node.name for node in nodes if node.kind is NodeKind.TABLE}
    reports = {node.name for node in nodes if node.kind is NodeKind.REPORT}
    reports |= {name for name, report in project.catalog.reports.items() if tables & set(report.tables)}
    metrics = {node.name for node in nodes if node.kind is NodeKind.METRIC}
    return _named(project, metrics, reports, tables)


def reach_of_thing(project: Project, node: Node) -> Reach:
    """The thing alone: where only words change, nothing flows."""
    names: dict[NodeKind, set[str]] = {node.whole.kind: {node.name}}
    kinds = (NodeKind.METRIC, NodeKind.REPORT, NodeKind.TABLE)
    return _named(project, *(names.get(kind, set()) for kind in kinds))


def reached(lineage: Lineage, starts: Iterable[Node]) -> set[Node]:
    """The nodes that a change arrives at, its starts among them. A table node stands for its rows."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        node = waiting.pop()
        following = _following(lineage, node) - found
        found |= following
        waiting += following
    return found


def _following(lineage: Lineage, node: Node) -> set[Node]:
    if node.kind is NodeKind.TABLE:
        return set(lineage.downstream(node))
    edges = lineage.edges_from(node)
    return {edge.target for edge in edges if edge.type is EdgeType.DIRECT or edge.subtype is not Subtype.SORT}


def _named(project: Project, metrics: set[str], reports: set[str], tables: set[str]) -> Reach:
    catalog = project.catalog
    things: dict[str, Described] = {}
    things |= {f"metric:{name}": catalog.metrics[name] for name in metrics & catalog.metrics.keys()}
    things |= {f"report:{name}": catalog.reports[name] for name in reports & catalog.reports.keys()}
    things |= {f"table:{name}": catalog.tables[name] for name in tables & catalog.tables.keys()}
    return Reach(
        tuple(sorted(metrics)),
        tuple(sorted(reports)),
        tuple(sorted(tables)),
        tuple(sorted({thing.owner for thing in things.values() if thing.owner})),
        tuple(sorted(name for name, thing in things.items() if is_for_partners(thing))),
    )


def joined(reaches: Iterable[Reach]) -> Reach:
    """What several changes reach together."""
    parts = list(reaches)
    return Reach(
        *(
            tuple(sorted({name for reach in parts for name in getattr(reach, role)}))
            for role in ("metrics", "reports", "tables", "teams", "partner_pages")
        )
    )
