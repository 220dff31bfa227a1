"""The lineage of a site as scripts for the explorer: one small index, and a shard for each thing.

Scripts load from a folder and under a strict security policy. Names of things stand in a shard, not numbers,
so that it stays as it is when other things come and go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from catalog import Described, Edge, EdgeType, Location, Metric, Node, NodeKind, Report, Subtype, Table
from generator.links import LINEAGE, METRICS, REPORTS, TABLES, edit_base, segment
from generator.pages.surroundings import Surroundings, key_of
from generator.pages.table_columns import column_rows
from generator.site import Site, SiteFile
from generator.text import plain
from generator.words import flow_words, gap_words, words

INDEX_FILE = f"{LINEAGE}index.js"

KINDS = {
    NodeKind.TABLE: ("Table", TABLES, "t"),
    NodeKind.METRIC: ("Metric", METRICS, "m"),
    NodeKind.REPORT: ("Report", REPORTS, "r"),
}
"""Kind → its word, the folder of its pages, the folder of its shards."""

GLYPHS = {
    Subtype.IDENTITY: "=",
    Subtype.TRANSFORMATION: "ƒ",
    Subtype.AGGREGATION: "Σ",
    Subtype.JOIN: "⋈",
    Subtype.FILTER: "▽",
    Subtype.GROUP_BY: "⊞",
    Subtype.SORT: "⇅",
    Subtype.WINDOW: "⊡",
    Subtype.CONDITIONAL: "◇",
}

FLOWS = tuple(product(EdgeType, Subtype))
"""What the number of a flow stands for."""

WHOLE_ROW = ""
"""The column of an edge that decides which rows a table gets; metrics and reports have no other."""


@dataclass(slots=True)
class _Numbered:
    """Texts, each numbered when it is first met."""

    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def lineage_files(site: Site) -> Iterator[SiteFile]:
    """The index and the shards; none for partners, whose lineage has no columns."""
    if site.is_for_partners:
        return
    around = Surroundings(site)
    nodes = lineage_nodes(site)
    yield SiteFile(INDEX_FILE, _script(".index", lineage_index(around, nodes)))
    into, out_of = _edges_by_thing(site)
    for node in nodes:
        key = key_of(node)
        shard = lineage_shard(site, node, into.get(key, ()), out_of.get(key, ()))
        name = json.dumps(key)
        yield SiteFile(shard_path(node), _script(f"[{name}]", shard))


def lineage_nodes(site: Site) -> list[Node]:
    """All tables, metrics and reports of the catalog, and those that only the lineage knows, sorted."""
    catalog = site.project.catalog
    found = {node for link in site.project.lineage.links for node in link if node.kind in KINDS}
    found |= {edge.source.whole for edge in site.project.lineage.edges}
    found |= {Node(NodeKind.TABLE, name) for name in catalog.tables}
    found |= {Node(NodeKind.METRIC, name) for name in catalog.metrics}
    found |= {Node(NodeKind.REPORT, name) for name in catalog.reports}
    return sorted(found, key=key_of)


def shard_path(node: Node) -> str:
    """The file of the shard of a table, metric or report."""
    return f"{LINEAGE}{KINDS[node.kind][2]}/{segment(node.name)}.js"


def lineage_index(around: Surroundings, nodes: list[Node]) -> dict[str, object]:
    """What is drawn before any shard is there.

    A thing is `[kind, name, label, layer, owner, columns, gaps, has a page, segment]`; label and segment are
    empty where they equal the name, layer and owner are -1 where there is none. `links` gives for each thing
    the numbers of what it is made from, as `-1 - number` where that only decides which rows arrive.
    """
    site = around.site
    numbers = {key_of(node): number for number, node in enumerate(nodes)}
    layers, owners = _Numbered(), _Numbered()
    return {
        "kinds": [list(told) for told in KINDS.values()],
        "flows": [_flow_row(*flow) for flow in FLOWS],
        "things": [_thing_row(site, node, layers, owners) for node in nodes],
        "links": [_links_into(key_of(node), around, numbers) for node in nodes],
        "layers": [layer.split("\n") for layer in layers.numbers],
        "owners": list(owners.numbers),
        "edit": edit_base(site.project.settings),
    }


def _flow_row(type_: EdgeType, subtype: Subtype) -> list[object]:
    """Its words, its glyph, and whether it only decides."""
    told = flow_words(type_, subtype)
    is_indirect = type_ is EdgeType.INDIRECT
    decides_a_value = is_indirect and told == flow_words(type_, Subtype.CONDITIONAL)
    return [told, GLYPHS[Subtype.CONDITIONAL if decides_a_value else subtype], int(is_indirect)]


def _thing_row(site: Site, node: Node, layers: _Numbered, owners: _Numbered) -> list[object]:
    thing, name = described(node, site), node.name
    layer = thing.layer if isinstance(thing, Table) else None
    team = site.project.catalog.teams.get(thing.owner or "") if thing else None
    owner = team.title if team else thing.owner if thing else None
    lineage = site.project.lineage
    return [
        list(KINDS).index(node.kind),
        name,
        "" if thing is None or thing.title == name else thing.title,
        layers.of(f"{layer}\n{words(layer)}") if layer else -1,
        owners.of(owner) if owner else -1,
        len(thing.columns) if isinstance(thing, Table) else 0,
        len(lineage.gaps(name)) if node.kind is NodeKind.TABLE else 0,
        int(thing is not None),
        "" if segment(name) == name else segment(name),
    ]


def _links_into(key: str, around: Surroundings, numbers: dict[str, int]) -> list[int]:
    links = []
    for source in around.above.get(key, ()):
        if source in numbers:
            direct, indirect = around.columns.get((source, key), (0, 0))
            links.append(-1 - numbers[source] if indirect and not direct else numbers[source])
    return links


def described(node: Node, site: Site) -> Table | Metric | Report | None:
    """The definition behind a node, if there is one."""
    catalog = site.project.catalog
    match node.kind:
        case NodeKind.TABLE:
            return catalog.tables.get(node.name)
        case NodeKind.METRIC:
            return catalog.metrics.get(node.name)
    return catalog.reports.get(node.name)


def lineage_shard(site: Site, node: Node, into: Iterable[Edge], out_of: Iterable[Edge]) -> dict[str, object]:
    """What is known inside of one thing.

    A column is `[name, type, why it has no source, is that a fault]`. An edge of `into` is `[target column,
    source thing, source column, flow, expression, file, line, is it ambiguous, is it masked]`; `feeds` tells
    for a column in which things it arrives. Things, expressions and files go by their number in `names`,
    `texts` and `files`.
    """
    names, texts, files = _Numbered(), _Numbered(), _Numbered()
    arriving = [_edge_row(edge, names, texts, files) for edge in into]
    feeds = sorted({(edge.source.column, names.of(key_of(edge.target.whole))) for edge in out_of})
    columns = _columns(site, node, into, out_of)
    gaps = _gap_rows(site, node, files)
    return {
        "summary": _summary(described(node, site)),
        "columns": columns,
        "into": arriving,
        "feeds": feeds,
        "gaps": gaps,
        "names": list(names.numbers),
        "texts": list(texts.numbers),
        "files": list(files.numbers),
    }


def _edge_row(edge: Edge, names: _Numbered, texts: _Numbered, files: _Numbered) -> list[object]:
    return [
        edge.target.column,
        names.of(key_of(edge.source.whole)),
        edge.source.column,
        FLOWS.index((edge.type, edge.subtype)),
        texts.of(edge.expression),
        files.of(edge.location.file),
        edge.location.line,
        int(edge.ambiguous),
        int(edge.masking),
    ]


def _columns(site: Site, node: Node, into: Iterable[Edge], out_of: Iterable[Edge]) -> list[list[object]]:
    """The columns of a table, those last that only others' SQL speaks of."""
    if node.kind is not NodeKind.TABLE:
        return []
    table = site.project.catalog.tables.get(node.name)
    lineage = site.project.lineage
    rows = column_rows(table or Table.model_construct(name=node.name), lineage)
    known: dict[str, list[object]] = {
        row.column.name: [
            row.column.name,
            row.column.type or row.inferred_type or "",
            row.state,
            int(row.is_unsettled),
        ]
        for row in rows
    }
    written_to, read = {edge.target.column for edge in into}, {edge.source.column for edge in out_of}
    for name in sorted((written_to | read) - known.keys() - {WHOLE_ROW}):
        state = "" if name in written_to else "known only from the SQL that reads it"
        known[name] = [name, "", state, int(bool(state))]
    return list(known.values())


def _gap_rows(site: Site, node: Node, files: _Numbered) -> list[list[object]]:
    gaps = site.project.lineage.gaps(node.name) if node.kind is NodeKind.TABLE else ()
    return [_gap_row(gap.column, gap_words(gap.reason), gap.detail, place, files) for gap, place in gaps]


def _gap_row(column: str | None, reason: str, detail: str, place: Location, files: _Numbered) -> list[object]:
    return [column or "", f"{reason}: {detail}" if detail else reason, files.of(place.file), place.line]


def _summary(thing: Described | None) -> str:
    return plain(thing.summary or thing.description) if thing else ""


def _edges_by_thing(site: Site) -> tuple[dict[str, list[Edge]], dict[str, list[Edge]]]:
    """Key of a thing → the edges into it and its columns, and those out of it."""
    into: dict[str, list[Edge]] = {}
    out_of: dict[str, list[Edge]] = {}
    for edge in site.project.lineage.edges:
        into.setdefault(key_of(edge.target.whole), []).append(edge)
        out_of.setdefault(key_of(edge.source.whole), []).append(edge)
    return into, out_of


def _script(place: str, content: object) -> bytes:
    """A statement that keeps the content. ASCII only, and nothing in it ends a script element."""
    text = json.dumps(content, separators=(",", ":"))
    store = "(globalThis.plumblineLineage??={})"
    if place != ".index":
        store = f"({store}.shards??={{}})"
    return f"{store}{place}={text};\n".replace("<", "\\u003c").encode("ascii")
