"""Spreadsheets that read a warehouse (`.xlsx`, `.xlsm`) → `Definitions`: by connections, and by Power Query.

Cells are not read, macros are neither read nor run. A spreadsheet without a connection is no report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ....model import Definitions, Location, Origin
from ....reading.document_faults import UnreadableError
from ...archives import SAVE_AGAIN, Archive, open_archive
from ...asked import Asked
from ...files import files_below
from ...xml_files import Element, read_xml
from ..queries import Expression, Rows, Shared, rows_of, unknown_rows
from ..reports import Gathering, Query, ShownField, dialect_of, plain_name, report_names
from .connections import Connection, read_connections
from .mashup import queries_in

__all__ = ["read_excel"]

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
OLD = b"\xd0\xcf\x11\xe0"
"""How files begin that are of the form before 2007, or locked with a password."""


def read_excel(asked: Asked) -> Definitions:
    """A report for each spreadsheet with a connection, with the columns it brings as fields.

    Raises:
        UnreadableError: there is no such source, or no spreadsheet in it.
    """
    found = Gathering(asked, "Excel")
    files = files_below(asked, lambda name: name.lower().endswith(SUFFIXES))
    names = report_names(files, asked.source.path)
    for file in files:
        try:
            _read(found, file, names[file])
        except UnreadableError as fault:
            found.misfits.append(fault.misfit(file))
    return found.definitions()


def _read(found: Gathering, file: str, report: str) -> None:
    """The report of a file, if it reads a warehouse.

    Raises:
        UnreadableError: it is no spreadsheet, or a part of it cannot be read.
    """
    with (found.asked.root / file).open("rb") as opened:
        if opened.read(len(OLD)) == OLD:
            message = "the spreadsheet is locked with a password, or of the form before Excel 2007"
            raise UnreadableError(message, hint="Save it without a password, as `.xlsx`")
    archive = open_archive(found.asked.root / file)
    if not any(name.startswith("xl/") for name in archive.names):
        raise UnreadableError("this is no spreadsheet: there is no `xl` in it", hint=SAVE_AGAIN)
    queries = queries_in(archive)
    origin = Origin(file, source=f"Excel, `{file}`")
    workbook = _Workbook(found, report, origin, queries)
    connections = list(read_connections(_part(archive, "xl/connections.xml"), workbook.native, workbook.rows))
    loaded = [each.rows for each in connections]
    if not loaded:
        loaded = [workbook.rows(name) for name in queries]
    if not loaded:
        return
    for reason in dict.fromkeys(reason for rows in loaded for reason in rows.reasons):
        found.note(report, reason)
    tables = dict.fromkeys(table for rows in loaded for table in rows.tables)
    label = PurePosixPath(file).stem[:80]
    values = {"name": report, "label": label, "type": "spreadsheet", "tables": list(tables)}
    found.add(values, _fields(archive, connections), origin)


@dataclass(frozen=True, slots=True)
class _Workbook:
    """A file on its way: what SQL in it and its queries become."""

    found: Gathering
    report: str
    origin: Origin
    queries: Mapping[str, Expression | None]

    def native(self, name: str, sql: str, kind: str) -> str:
        """SQL of the file as a table."""
        table = f"excel.{plain_name(self.report)}.{plain_name(name) or 'query'}"
        dialect = dialect_of(self.found.asked, kind)
        query = Query(table, sql, Location(self.origin.file), dialect, f"{name} of {self.report}")
        return self.found.add_query(query, self.origin)

    def rows(self, name: str) -> Rows:
        """The rows of a query of the file."""
        query = self.queries.get(name)
        if query is None:
            return unknown_rows(f"the Power Query `{name}` is not understood")
        known = {key: each for key, each in self.queries.items() if each is not None}
        return rows_of(query, Shared(known, lambda sql, kind: self.native(name, sql, kind)))


def _fields(archive: Archive, connections: list[Connection]) -> Iterator[ShownField]:
    """The columns that tables and pivots of the spreadsheet take from a connection."""
    by_number = {each.number: each for each in connections}
    for name in archive.names:
        if name.startswith("xl/queryTables/") and name.endswith(".xml"):
            root = _part(archive, name)
            yield from _columns(by_number.get(root.get("connectionId")), root.below("queryTableField"))
        elif name.startswith("xl/pivotCache/pivotCacheDefinition") and name.endswith(".xml"):
            root = _part(archive, name)
            source = root.first("cacheSource")
            number = source.get("connectionId") if source else ""
            yield from _columns(by_number.get(number), root.below("cacheField"))


def _columns(connection: Connection | None, fields: Iterator[Element]) -> Iterator[ShownField]:
    for each in fields if connection else ():
        name = each.get("name")
        columns = connection.rows.column(name) if connection else ()
        yield ShownField(name, columns)


def _part(archive: Archive, name: str) -> Element:
    """The root of a part; an empty element where there is no such part."""
    return read_xml(archive.read(name)).root if name in archive.names else Element("none", {}, 0, 0)
