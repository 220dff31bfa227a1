"""A data source of Tableau: the tables and queries it reads, and the columns they give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ....model import Location, Origin
from ...xml_files import Element, XmlFile
from ..reports import Gathering, Query, dialect_of, plain_name, table_name

NAME = re.compile(r"\[((?:[^\]]|\]\])*)\]")
PARAMETER = re.compile(r"<\[Parameters\]\.\[[^\]]*\]>")

FILES = frozenset(
    {"textscan", "excel-direct", "excel", "msaccess", "hyper", "dataengine", "tde", "google-sheets", "pdf",
     "json", "ogrdirect", "semistructpassivestore-direct", "statistical-direct", "webdata-direct"}
)  # fmt: skip
"""Kinds of connection that lead to a file, and to no database."""

PUBLISHED = frozenset({"sqlproxy", "publishedconnection"})
"""Kinds of connection that lead to a data source on a server."""


@dataclass(frozen=True, slots=True)
class Written:
    """A column as the data source has it: its title, its formula if it is computed, and where it stands."""

    title: str
    formula: str | None
    is_hidden: bool
    place: Location


@dataclass(frozen=True, slots=True)
class DataSource:
    """A data source. `tables` are behind its relations, `columns` what its local names are of them.

    A relation without tables has its reason in `reasons`. `published` is the name of the data source on a
    server that this one is, and empty for any other.
    """

    name: str
    title: str
    tables: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, str]]
    written: Mapping[str, Written]
    reasons: Mapping[str, str] = field(default_factory=dict)
    published: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being read: its elements, and the report that it becomes."""

    found: Gathering
    xml: XmlFile
    file: str
    report: str
    is_packed: bool

    @property
    def origin(self) -> Origin:
        """Where its things are from. Lines of a packed file are of what is in it, and lead nowhere."""
        source = f"{self.found.tool}, `{self.file}`"
        return Origin(self.file, 0 if self.is_packed else 1, 0 if self.is_packed else 1, source=source)

    def at(self, element: Element) -> Location:
        """The place of an element."""
        return Location(self.file) if self.is_packed else Location(self.file, element.line, element.column)


def read_data_sources(opened: Opened) -> tuple[DataSource, ...]:
    """The data sources of a workbook, or the one of a file of its own; parameters are none."""
    root = opened.xml.root
    holders = (
        [root] if root.tag == "datasource" else list((root.first("datasources") or root).all("datasource"))
    )
    sources = [each for each in holders if each.get("name") != "Parameters"]
    return tuple(_data_source(opened, each) for each in sources)


def plain(name: str) -> str:
    """A name without the brackets that it is written in."""
    found = NAME.fullmatch(name.strip())
    return found[1].replace("]]", "]") if found else name.strip()


def _data_source(opened: Opened, element: Element) -> DataSource:
    title = element.get("caption") or element.get("formatted-name") or element.get("name") or opened.report
    connection = element.first("connection")
    if connection is None:
        return DataSource(element.get("name"), title, {}, {}, _written(opened, element))
    kind = connection.get("class").lower()
    published = ""
    if kind in PUBLISHED:
        location = element.first("repository-location")
        published = (location.get("id") if location else "") or connection.get("dbname")
    tables, reasons = _relations(opened, connection)
    columns = _columns(connection) or _assumed(element, tables)
    written = _written(opened, element)
    return DataSource(element.get("name"), title, tables, columns, written, reasons, published)


def _relations(opened: Opened, connection: Element) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Name of a relation → the tables behind it, and why there are none."""
    named = {
        each.get("name"): inner
        for each in connection.below("named-connection")
        if (inner := each.first("connection")) is not None
    }
    tables: dict[str, tuple[str, ...]] = {}
    reasons: dict[str, str] = {}
    for relation in connection.below("relation"):
        name = relation.get("name")
        if name and name not in tables and name not in reasons:
            database = named.get(relation.get("connection"), connection)
            behind, reason = _behind(opened, relation, database)
            if behind:
                tables[name] = behind
            elif reason:
                reasons[name] = reason
    for relation in connection.below("relation"):
        if relation.get("type") == "union":
            parts = [tables.get(each.get("name"), ()) for each in relation.below("relation")]
            tables[relation.get("name")] = tuple(dict.fromkeys(table for part in parts for table in part))
    return tables, reasons


def _behind(opened: Opened, relation: Element, database: Element) -> tuple[tuple[str, ...], str]:
    """The tables that a relation is, or why there are none."""
    kind, type_of_database = relation.get("type"), database.get("class").lower()
    if type_of_database in PUBLISHED:
        return (), ""
    if type_of_database in FILES:
        return (), f"`{relation.get('name')}` is a file"
    if kind == "text":
        return (_query(opened, relation, type_of_database),), ""
    if kind == "table":
        parts = [plain(f"[{part}]") for part in NAME.findall(relation.get("table"))]
        whole = [database.get("schema"), *parts] if len(parts) == 1 else parts
        whole = [database.get("dbname"), *whole] if len(whole) == 2 else whole
        name = table_name(*whole)
        return (
            ((name,), "")
            if name
            else ((), f"the name of the table `{relation.get('name')}` is not understood")
        )
    if kind in ("join", "collection", "union"):
        return (), ""
    return (), f"`{relation.get('name')}` is a {kind or 'relation'}, which is not followed"


def _query(opened: Opened, relation: Element, kind: str) -> str:
    """Custom SQL as a table. Parameters in it become values, and doubled angle brackets single ones."""
    text = relation.text.strip()
    text = PARAMETER.sub(lambda found: "NULL".ljust(len(found[0])), text)
    text = text.replace("<<", "<").replace(">>", ">")
    start = Location(opened.file)
    if not opened.is_packed:
        start = opened.xml.text_place(relation, opened.file)
    title = relation.get("name")
    name = f"tableau.{plain_name(opened.report)}.{plain_name(title) or 'query'}"
    query = Query(name, text, start, dialect_of(opened.found.asked, kind), f"{title} of {opened.report}")
    place = opened.at(relation)
    origin = Origin(place.file, place.line, place.column, source=opened.origin.source)
    return opened.found.add_query(query, origin)


def _columns(connection: Element) -> dict[str, tuple[str, str]]:
    """Local name → relation and column there, from the records of the data and the map of columns."""
    found: dict[str, tuple[str, str]] = {}
    for record in connection.below("metadata-record"):
        if record.get("class") == "column":
            texts = {child.tag: child.text.strip() for child in record.children}
            local, remote, parent = (
                texts.get(key, "") for key in ("local-name", "remote-name", "parent-name")
            )
            if local and remote:
                found[plain(local)] = (plain(parent), plain(remote))
    for each in connection.below("map"):
        parts = [part.replace("]]", "]") for part in NAME.findall(each.get("value"))]
        if len(parts) == 2 and plain(each.get("key")) not in found:
            found[plain(each.get("key"))] = (parts[0], parts[1])
    return found


def _assumed(element: Element, tables: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, str]]:
    """Where nothing is recorded and there is one relation only, its columns under their own names."""
    if len(tables) != 1:
        return {}
    (relation,) = tables
    plain_ones = (each for each in element.all("column") if each.first("calculation") is None)
    return {plain(each.get("name")): (relation, plain(each.get("name"))) for each in plain_ones}


def _written(opened: Opened, holder: Element) -> dict[str, Written]:
    return dict(written_columns(opened, holder))


def written_columns(opened: Opened, holder: Element) -> Iterator[tuple[str, Written]]:
    """The columns that stand in a data source or a worksheet: local name, and what is said of it."""
    for each in holder.all("column"):
        calculation = each.first("calculation")
        formula = calculation.get("formula") if calculation else ""
        name = plain(each.get("name"))
        is_hidden = each.get("hidden") == "true" or each.get("datatype") == "table"
        yield name, Written(each.get("caption") or name, formula or None, is_hidden, opened.at(each))
