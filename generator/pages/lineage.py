"""The page of the lineage explorer: its controls and, for who has no JavaScript, a picture and all tables."""

from __future__ import annotations

from collections.abc import Iterator

from catalog import Layer, Node, NodeKind, Table
from generator.links import LINEAGE, explorer_key
from generator.pages.neighbourhood import neighbourhood
from generator.pages.rendering import rendered
from generator.pages.surroundings import Surroundings, key_of
from generator.site import Page, Site
from generator.words import words

MOST_LISTED = 1000
"""How many tables are listed; the list of tables has them all."""

NEEDS = (
    "assets/plumbline/explorer/explorer.css",
    f"{LINEAGE}index.js",
    *(f"assets/plumbline/explorer/{name}.js" for name in ("layout", "model", "drawing", "explorer")),
)
"""What this page alone loads, in this order."""


def lineage_pages(site: Site) -> Iterator[Page]:
    """The explorer, for engineers, where there is any table."""
    catalog = site.project.catalog
    if site.is_for_partners or not catalog.tables:
        return
    around = Surroundings(site)
    first = _most_connected(around)
    tables = sorted(catalog.tables.values(), key=lambda table: table.name)
    page = Page(
        path=LINEAGE,
        title="Lineage",
        description="Where every number comes from, column by column, and what a change would touch.",
        section=LINEAGE.rstrip("/"),
        body="",
        hide=("navigation", "toc"),
    )
    node = Node(NodeKind.TABLE, first.name)
    values = {
        "first": first,
        "first_key": explorer_key(node),
        "near": neighbourhood(around, node, start=LINEAGE),
        "layers": _by_layer(tables[:MOST_LISTED]),
        "left_out": len(tables[MOST_LISTED:]),
        "needs": NEEDS,
    }
    yield rendered(page, "lineage.html", site, values)


def _most_connected(around: Surroundings) -> Table:
    """The table with the most neighbours on its poorer side: a drawing of it shows both directions."""

    def neighbours(table: Table) -> tuple[int, int, str]:
        key = key_of(Node(NodeKind.TABLE, table.name))
        above, below = len(around.above.get(key, ())), len(around.below.get(key, ()))
        return min(above, below), above + below, table.name

    return max(around.site.project.catalog.tables.values(), key=neighbours)


def _by_layer(tables: list[Table]) -> dict[str, list[Table]]:
    """Word of a layer → its tables, sources first."""
    layers: list[Layer | None] = [*Layer, None]
    found = {layer: [table for table in tables if table.layer is layer] for layer in layers}
    return {words(layer) or "No layer": members for layer, members in found.items() if members}
