"""The data dictionary as CSV (RFC 4180), one file for each kind.

UTF-8 with a byte order mark: without one, Excel reads the file in the code page of the machine. Readers
of data (`utf-8-sig` in Python, DuckDB, pandas) take it away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from .dictionary import Sheet, dictionary_sheets
from .exporting import ExportFile, Exporting

FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""What a cell may not begin with, or spreadsheets may run it (OWASP: CSV injection)."""

_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)*%?")


def as_csv(exporting: Exporting) -> Iterator[ExportFile]:
    """A file for each kind there is anything of."""
    for sheet in dictionary_sheets(exporting):
        yield ExportFile(f"{sheet.name.lower()}.csv", _text(sheet).encode("utf-8-sig", "replace"))


def harmless(cell: str) -> str:
    """The text of a cell with an apostrophe before it where a spreadsheet could take it for a formula."""
    if cell[:1] in FORMULA_STARTS and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _text(sheet: Sheet) -> str:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    has_pages = any(row.page for row in sheet.rows)
    writer.writerow([*(each.title for each in sheet.headings), *(["Page"] if has_pages else [])])
    for row in sheet.rows:
        writer.writerow([*map(harmless, row.cells), *([row.page] if has_pages else [])])
    return lines.getvalue()
