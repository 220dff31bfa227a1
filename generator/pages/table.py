"""The page of a table: for engineers the whole of it, for partners what they receive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TypeVar

from catalog import Catalog, Classification, Edge, EdgeType, Lineage, Node, NodeKind, Table
from generator.links import table_path
from generator.pages.neighbourhood import neighbourhood
from generator.pages.per_thing import PagePerThing
from generator.pages.rendering import rendered
from generator.pages.sql_listing import line_anchor, listings
from generator.pages.surroundings import Surroundings
from generator.pages.table_columns import column_rows
from generator.pages.trust import is_overdue, trust_of
from generator.site import Page
from generator.text import plain

T = TypeVar("T")

MOST_REACHED = 500
"""How many things up or downstream a page looks at."""

SENSITIVE = frozenset({Classification.CONFIDENTIAL, Classification.RESTRICTED})


def table_page(name: str, around: Surroundings) -> Page:
    """The page of a table."""
    site, table = around.site, around.site.project.catalog.tables[name]
    page = Page(
        path=table_path(table.name),
        title=table.title if site.is_for_partners else table.name,
        description=plain(table.summary or table.description) or f"{table.title}: a table",
        section="tables",
        body="",
        source=table.at() if table.at().file else None,
        hide=("navigation",),
    )
    values = _told_to_all(table, around)
    if site.is_for_partners:
        return rendered(page, "table_partner.html", site, values)
    return rendered(page, "table.html", site, {**values, **_told_to_engineers(table, around)})


table_pages = PagePerThing("tables", table_page)
"""A page for each table."""


def _told_to_all(table: Table, around: Surroundings) -> dict[str, object]:
    site = around.site
    return {
        "table": table,
        "trust": trust_of(table, site),
        "is_overdue": is_overdue(table, site),
        "metrics": around.relations.metrics_by_table.get(table.name, ()),
        "near": neighbourhood(around, Node(NodeKind.TABLE, table.name), start=table_path(table.name)),
        "column_issues": [(column, issue) for column in table.columns for issue in column.known_issues],
    }


def _told_to_engineers(table: Table, around: Surroundings) -> dict[str, object]:
    catalog, lineage = around.site.project.catalog, around.site.project.lineage
    node = Node(NodeKind.TABLE, table.name)
    downstream = around.downstream(node, MOST_REACHED)
    upstream = around.upstream(node, MOST_REACHED)
    shown = listings(around.texts.get(table.name, ()))
    rows = column_rows(table, lineage)
    return {
        "rows": rows,
        "is_produced": bool(lineage.productions(table.name)),
        "anchors": {row.column.name: line_anchor(shown, row.location) for row in rows},
        "is_sensitive": partial(_is_sensitive, catalog),
        "deciders": _deciders(node, lineage),
        "listings": shown,
        "jobs": around.relations.jobs_by_table.get(table.name, ()),
        "fed_metrics": _known(downstream.names(NodeKind.METRIC), catalog.metrics),
        "reached_reports": _known(downstream.names(NodeKind.REPORT), catalog.reports),
        "is_all_downstream": downstream.is_all,
        "first_sources": sorted(source.name for source in upstream.nodes if not around.is_fed(source)),
        "is_all_upstream": upstream.is_all,
        "gaps": lineage.gaps(table.name),
        "told_into": lineage.told_into(table.name),
        "told_from": lineage.told_from(table.name),
        "completeness": around.completeness(node, upstream),
        "findings": around.relations.findings_about_table(table),
    }


def _is_sensitive(catalog: Catalog, node: Node) -> bool:
    """Does a column hold what not everybody may read?"""
    table = catalog.tables.get(node.name)
    column = table.column(node.column) if table else None
    return column is not None and (column.personal_data or column.classification in SENSITIVE)


def _known(names: Iterable[str], things: Mapping[str, T]) -> list[T]:
    return [things[name] for name in names if name in things]


def _deciders(node: Node, lineage: Lineage) -> dict[str, list[Edge]]:
    """Subtype → the columns that decide which rows arrive that way, each once."""
    found: dict[str, dict[Node, Edge]] = {}
    for edge in lineage.edges_into(node):
        if edge.type is EdgeType.INDIRECT:
            found.setdefault(edge.subtype, {}).setdefault(edge.source, edge)
    return {subtype: [*edges.values()] for subtype, edges in sorted(found.items())}
