"""What a table, column, metric or report is made from and what it feeds, as lines of text."""

from __future__ import annotations

from catalog import CatalogError, Node, NodeKind, Project, did_you_mean


def find_node(project: Project, name: str) -> Node:
    """The node of that name: a metric, a report, a table, or a column (`table.column`).

    Raises:
        CatalogError: there is none.
    """
    catalog = project.catalog
    if name in catalog.metrics:
        return Node(NodeKind.METRIC, name)
    if name in catalog.reports:
        return Node(NodeKind.REPORT, name)
    nodes = _known_nodes(project)
    naming = project.settings.naming
    table, _, column = name.rpartition(".")
    for candidate in (
        naming.written(name),
        f"{naming.written(table)}.{naming.column(column)}" if table else "",
    ):
        if candidate in nodes:
            return nodes[candidate]
    otherwise = "Write a table as `schema.table`, a column as `schema.table.column`"
    guess = did_you_mean(name, [*catalog.metrics, *catalog.reports, *nodes], otherwise)
    raise CatalogError(f"there is no table, column, metric or report `{name}`", guess)


def upstream_text(project: Project, node: Node, depth: int | None) -> str:
    """What the node is made from: number of hops and name, nearest first."""
    lineage = project.lineage
    if node.kind is NodeKind.COLUMN:
        return _listed("Made from", lineage.rests_on(node), depth)
    return _listed("Made from", lineage.upstream(node, depth), depth)


def downstream_text(project: Project, node: Node, depth: int | None) -> str:
    """What the node feeds: number of hops and name, nearest first."""
    lineage = project.lineage
    if node.kind is NodeKind.COLUMN:
        return _listed("Feeds", lineage.reached_from(node), depth)
    return _listed("Feeds", lineage.downstream(node, depth), depth)


def _known_nodes(project: Project) -> dict[str, Node]:
    """Name → node, of all tables and columns that definitions or SQL name."""
    nodes = {node for link in project.lineage.links for node in link if node.kind is NodeKind.TABLE}
    nodes |= {
        node
        for edge in project.lineage.edges
        for node in (edge.source, edge.target)
        if node.kind is NodeKind.COLUMN
    }
    for name, table in project.catalog.tables.items():
        nodes.add(Node(NodeKind.TABLE, name))
        nodes |= {Node(NodeKind.COLUMN, name, column.name) for column in table.columns}
    return {str(node): node for node in nodes}


def _listed(heading: str, reached: dict[Node, int], depth: int | None) -> str:
    near = [(hops, node) for node, hops in reached.items() if depth is None or hops <= depth]
    if not near:
        return f"{heading}: nothing that is known\n"
    lines = [f"{hops:>4}  {node.kind:<7} {node}" for hops, node in near]
    return "\n".join([f"{heading}:", *lines]) + "\n"
