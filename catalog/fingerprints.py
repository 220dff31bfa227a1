"""Project → the fingerprint of a metric: a digest for each thing that its values depend on.

What its definition says in SQL and in the fields that numbers are read by; and of every table upstream that
reaches it by column lineage, which rows it has and how each of those columns is computed. A part has its own
digest, of its own SQL alone, so that a change is found where it was made. Digests are of canonical texts:
what only looks different is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from .cache import Kept, Passing
from .certificates import digest_of_parts
from .ledger import Standing, standing_of
from .lineage import Lineage, Node, NodeKind, Production
from .meanings import Reader, reading_version
from .model import Catalog, Location, Metric, SqlText
from .naming import Naming
from .sql.canonical import FORM, CanonicalStatement
from .trace import known_columns, metric_parts, metric_question, text_question

RULES = f"1.{FORM}"
"""Which rules make a fingerprint: the number of those here, and of canonical form. Others do not compare."""

PART_BYTES = 8

SAID = ("type", "unit", "statistic", "additivity", "time_anchor", "timezone")
"""Fields of a metric that say how its numbers are read; all others are words."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a metric depends on: part → digest, and where each stands. `not_seen` is what hides some."""

    parts: Mapping[str, str]
    places: Mapping[str, Location]
    not_seen: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """One digest of all."""
        return digest_of_parts(self.parts)


@dataclass(frozen=True)
class Upstream:
    """The columns whose values or conditions reach a metric, and the tables whose rows do."""

    columns: tuple[Node, ...] = ()
    tables: tuple[str, ...] = ()


def fingerprints(
    catalog: Catalog, lineage: Lineage, naming: Naming, metrics: Iterable[str], kept: Kept | None = None
) -> dict[str, Fingerprint]:
    """The fingerprints of some metrics of a catalog, by name.

    Args:
        catalog: What there is.
        lineage: What of it flows where.
        naming: The rule of names.
        metrics: Names; those of no metric are left out.
        kept: Where what texts mean is kept between runs.
    """
    reader = Reader(
        known_columns(catalog, lineage.traced), cache=kept or Passing(), made_by=reading_version()
    )
    seen = _Seen(catalog, lineage, naming, reader)
    return {name: _fingerprint(catalog.metrics[name], seen) for name in metrics if name in catalog.metrics}


Hops = dict[Node, set[Node]]
"""One hop up from nodes that were gone through: many metrics rest on the same ones."""


def upstream_of(lineage: Lineage, metric: Metric, hops: Hops) -> Upstream:
    """Everything that reaches a metric: along values, along conditions, and along rows."""
    tables = {metric.source} if metric.source else set()
    reads = (each for part in lineage.expressions(metric.name) for each in part.statements)
    tables |= {table for statement in reads for table in statement.reads}
    found = {Node(NodeKind.METRIC, metric.name), *(Node(NodeKind.TABLE, table) for table in tables)}
    waiting = list(found)
    while waiting:
        node = waiting.pop()
        if node not in hops:
            hops[node] = _made_from(lineage, node)
        following = hops[node] - found
        found |= following
        waiting += following
    return Upstream(
        tuple(sorted(node for node in found if node.kind is NodeKind.COLUMN)),
        tuple(sorted(node.name for node in found if node.kind is NodeKind.TABLE)),
    )


def not_seen(
    metric: Metric, upstream: Upstream, lineage: Lineage, catalog: Catalog, whole: dict[str, bool]
) -> tuple[str, ...]:
    """Where the lineage of a metric hides something: the metric itself as `metric:name`, or tables upstream.

    A table that no SQL fills has to be written down. `whole` keeps what was found of tables.
    """
    parts = [each for part in lineage.expressions(metric.name) for each in part.statements]
    is_seen = parts and all(standing_of(each) is not Standing.GAP for each in parts)
    own = () if is_seen else (f"metric:{metric.name}",)
    for name in upstream.tables:
        if name not in whole:
            made = lineage.productions(name)
            hides = any(standing_of(each.statement) is Standing.GAP for each in made)
            whole[name] = not hides and bool(made or name in catalog.tables)
    return (*own, *(name for name in upstream.tables if not whole[name]))


def _made_from(lineage: Lineage, node: Node) -> set[Node]:
    """One hop up. A column needs the rows that it stands in, and rows those of all tables that are read."""
    found = {edge.source for edge in lineage.edges_into(node)}
    if node.kind is NodeKind.TABLE:
        reads = (table for made in lineage.productions(node.name) for table in made.statement.reads)
        return found | {Node(NodeKind.TABLE, table) for table in reads}
    return found | {each.whole for each in (*found, node) if each.kind is NodeKind.COLUMN}


@dataclass(frozen=True, slots=True)
class _TableMeaning:
    """What the SQL of a table means: a digest for its rows and for each column, and the lines of them."""

    rows: str
    place: Location
    columns: Mapping[str, tuple[str, Location]]


@dataclass(frozen=True)
class _Seen:
    """A project, and what of its tables was read so far: many metrics rest on the same ones."""

    catalog: Catalog
    lineage: Lineage
    naming: Naming
    reader: Reader
    meanings: dict[str, _TableMeaning | None] = field(default_factory=dict)
    texts: dict[SqlText, tuple[CanonicalStatement, ...]] = field(default_factory=dict)
    whole: dict[str, bool] = field(default_factory=dict)
    hops: Hops = field(default_factory=dict)

    def table(self, name: str) -> _TableMeaning | None:
        """What the SQL of a table means; None for one that no SQL fills."""
        if name not in self.meanings:
            self.meanings[name] = _table_meaning(name, self.lineage.productions(name), self)
        return self.meanings[name]

    def statements(self, text: SqlText) -> tuple[CanonicalStatement, ...]:
        """What the statements of a text mean."""
        if text not in self.texts:
            self.texts[text] = self.reader.read(text_question(text, self.naming))
        return self.texts[text]


def _fingerprint(metric: Metric, seen: _Seen) -> Fingerprint:
    upstream = upstream_of(seen.lineage, metric, seen.hops)
    found = [*_definition_parts(metric, seen), *_table_parts(upstream, seen)]
    parts = {name: digest for name, digest, _ in sorted(found)}
    hidden = not_seen(metric, upstream, seen.lineage, seen.catalog, seen.whole)
    places = {name: place for name, _, place in found}
    return Fingerprint(parts, places, hidden)


Part = tuple[str, str, Location]
"""Name, digest, and place of a part."""


def _definition_parts(metric: Metric, seen: _Seen) -> Iterator[Part]:
    for part, text, place in metric_parts(metric):
        statement = _over_source(metric, part, text, seen)
        told = [column.text for column in statement.columns] if statement else text.split()
        yield f"definition {part}", _digest(*told), place
    if metric.source:
        rows = _over_source(metric, "value", "1", seen)
        yield "definition rows", _digest(rows.rows if rows else str(metric.filter)), metric.at("filter")
    for key in SAID:
        value = getattr(metric, key)
        if value is not None:
            yield f"definition {key}", _digest(str(value)), metric.at(key)


def _over_source(metric: Metric, part: str, text: str, seen: _Seen) -> CanonicalStatement | None:
    """A part of a metric as a query over its source; None without one."""
    if not metric.source:
        return None
    question = metric_question(metric, part, text, seen.catalog, seen.naming)
    return next(iter(seen.reader.read(question)), None)


def _table_parts(upstream: Upstream, seen: _Seen) -> Iterator[Part]:
    """The rows and columns of every table that SQL fills. What a source holds is told by nobody."""
    for name in upstream.tables:
        meaning = seen.table(name)
        if meaning is not None:
            yield f"rows {name}", meaning.rows, meaning.place
    for node in upstream.columns:
        meaning = seen.table(node.name)
        made = meaning and (meaning.columns.get(node.column) or meaning.columns.get("*"))
        if made:
            yield f"column {node}", *made


def _table_meaning(name: str, productions: Iterable[Production], seen: _Seen) -> _TableMeaning | None:
    texts = sorted({made.text.sql for made in productions}, key=lambda text: text.start)
    if not texts:
        return None
    rows: list[Ways] = []
    columns: dict[str, list[Ways]] = {}
    places: dict[str, Location] = {}
    for text in texts:
        statements = _filling(name, text, seen)
        rows.append([(each.kind, each.rows) for each in statements])
        own: dict[str, Ways] = {}
        for statement in statements:
            for column in statement.columns:
                own.setdefault(column.name, []).append((statement.kind, column.text))
                places.setdefault(column.name, text.at(column.line))
        for column_name, ways in own.items():
            columns.setdefault(column_name, []).append(ways)
    made = {column: (_digest_of_texts(ways), places[column]) for column, ways in columns.items()}
    first = _filling(name, texts[0], seen)[0]
    return _TableMeaning(_digest_of_texts(rows), texts[0].at(first.line), made)


def _filling(table: str, text: SqlText, seen: _Seen) -> tuple[CanonicalStatement, ...]:
    """The statements of a text that fill a table; where canonical form knows none, all of its words count."""
    found = tuple(each for each in seen.statements(text) if _fills(each, text, table))
    words = " ".join(text.text.split())
    return found or (CanonicalStatement("text", table, 1, words, is_whole=False),)


def _fills(statement: CanonicalStatement, text: SqlText, table: str) -> bool:
    """Does a statement fill the table, or can nobody tell which one it fills?"""
    if statement.target:
        return statement.target == table
    return text.table == table or statement.kind == "unread"


Ways = list[tuple[str, str]]
"""What the statements of one text do: their kind, and a canonical text."""


def _digest_of_texts(texts: Iterable[Ways]) -> str:
    """A digest of what several texts do, whichever comes first."""
    return _digest(*sorted("\1".join(_in_order(ways)) for ways in texts))


def _in_order(ways: Ways) -> Iterator[str]:
    """Statements as they follow each other; those that only add rows in any order."""
    is_any = all(kind.startswith("insert") for kind, _ in ways)
    for kind, text in sorted(ways) if is_any else ways:
        yield f"{kind} {text}"


def _digest(*texts: str) -> str:
    written = "\0".join(texts).encode("utf-8", "surrogatepass")
    return blake2b(written, digest_size=PART_BYTES).hexdigest()
