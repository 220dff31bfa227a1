"""The data dictionary that a site offers to take away: a workbook, or CSV files where none can be written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from catalog import (
    EXPORTS,
    Audience,
    Described,
    ExportFile,
    Exporting,
    Project,
    can_write_xlsx,
    dictionary_sheets,
)

from .links import DOWNLOADS, address_of
from .publish import Entry
from .revision import revision
from .site import Site
from .splice import digest

MOST_ROWS = 10_000
"""A greater dictionary takes more than a second of each build that changes it: left to `plumbline export`."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can hold, so that the same project gives the same bytes."""


def dictionary_path(project: Project, audience: Audience) -> str:
    """Where a site has its dictionary; empty where it has none."""
    columns = sum(len(table.columns) for table in project.catalog.tables.values())
    if not 0 < columns + len(project.lineage.edges) <= MOST_ROWS:
        return ""
    ending = "xlsx" if can_write_xlsx() else "zip"
    reader = "-for-partners" if audience is Audience.PARTNER else ""
    return f"{DOWNLOADS}data-dictionary{reader}.{ending}"


def dictionary_entries(site: Site, site_address: str | None) -> Iterable[Entry]:
    """The dictionary of the site. It is written only where its rows are others than last time."""
    if not site.dictionary:
        return

    def page_of(thing: Described, column: str = "") -> str:
        return address_of(thing, column, site_address) if site_address else ""

    exporting = Exporting(site.project, site.audience, page_of)
    rows = repr([(sheet.name, sheet.rows) for sheet in dictionary_sheets(exporting)])
    name = site.project.settings.name
    known = digest(site.dictionary, name, rows.encode("utf-8", "backslashreplace").decode(), revision())
    yield Entry(site.dictionary, known, lambda: _content(exporting, site.dictionary))


def _content(exporting: Exporting, path: str) -> bytes:
    if path.endswith(".zip"):
        return _packed(EXPORTS["csv"].files(exporting))
    (file,) = EXPORTS["xlsx"].files(exporting)
    return file.content


def _packed(files: Iterable[ExportFile]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, LONG_AGO), file.content, zipfile.ZIP_DEFLATED)
    return content.getvalue()
