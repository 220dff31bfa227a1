"""Tableau workbooks and data sources (`.twb`, `.tds`, and packed as `.twbx`, `.tdsx`) → `Definitions`.

The files are XML; which elements mean what is read off files that Tableau writes. Data in packed ones is not
looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from ....model import Definitions
from ....reading.document_faults import UnreadableError
from ....reading.files import read_bytes
from ...archives import SAVE_AGAIN, open_archive
from ...asked import Asked
from ...files import files_below
from ...xml_files import XmlFile, read_xml
from ..reports import Gathering, report_names
from .data_sources import DataSource, Opened, read_data_sources
from .fields import fields_of, tables_of

__all__ = ["read_tableau"]

PACKED = (".twbx", ".tdsx")
INNER = (".twb", ".tds")

MAX_BYTES = 50_000_000
"""A greater file is not read."""


def read_tableau(asked: Asked) -> Definitions:
    """A report for each workbook, and for each data source that is a file of its own.

    Raises:
        UnreadableError: there is no such source, or none of its files is one of Tableau's.
    """
    found = Gathering(asked, "Tableau")
    files = files_below(asked, lambda name: name.lower().endswith((*PACKED, *INNER)))
    contents: dict[str, XmlFile] = {}
    for file in files:
        try:
            contents[file] = _content(asked, file)
        except UnreadableError as fault:
            found.misfits.append(fault.misfit(file))
    names = report_names(contents, asked.source.path)
    opened = [
        Opened(found, xml, file, names[file], file.lower().endswith(PACKED)) for file, xml in contents.items()
    ]
    read = [(each, read_data_sources(each)) for each in opened]
    published = _published(read)
    for each, sources in read:
        _add(each, sources, published)
    return found.definitions()


def _content(asked: Asked, file: str) -> XmlFile:
    """The XML of a file; of a packed one, that of the first workbook or data source in it."""
    if file.lower().endswith(PACKED):
        archive = open_archive(asked.root / file)
        inner = next((name for name in archive.names if name.lower().endswith(INNER)), None)
        if inner is None:
            raise UnreadableError("there is no workbook and no data source in it", hint=SAVE_AGAIN)
        xml = read_xml(archive.read(inner))
    else:
        xml = read_xml(read_bytes(asked.root, file, limit=MAX_BYTES))
    if xml.root.tag not in ("workbook", "datasource"):
        message = f"this is no file of Tableau's: it begins with `<{xml.root.tag}>`"
        raise UnreadableError(message, hint=SAVE_AGAIN)
    return xml


def _published(read: list[tuple[Opened, tuple[DataSource, ...]]]) -> Mapping[str, DataSource]:
    """The data sources in files of their own, by the names that they may be published under."""
    found: dict[str, DataSource] = {}
    for opened, sources in read:
        if opened.xml.root.tag == "datasource":
            for source in sources:
                for name in (PurePosixPath(opened.file).stem, source.title, source.name):
                    found.setdefault(name.lower(), source)
    return found


def _add(opened: Opened, sources: tuple[DataSource, ...], published: Mapping[str, DataSource]) -> None:
    """The report of a file."""
    dashboards = [each.get("name") for each in opened.xml.root.below("dashboard") if each.get("name")]
    shown = ", ".join(f"“{name}”" for name in dict.fromkeys(dashboards))
    values = {
        "name": opened.report,
        "label": PurePosixPath(opened.file).stem[:80],
        "description": f"Dashboards: {shown}." if shown else None,
        "type": _type(opened, has_dashboards=bool(dashboards)),
        "tables": tables_of(sources, published),
    }
    opened.found.add(values, fields_of(opened, sources, published), opened.origin)


def _type(opened: Opened, *, has_dashboards: bool) -> str:
    if opened.xml.root.tag != "workbook":
        return "data_source"
    return "dashboard" if has_dashboards else "workbook"
