"""The data dictionary as a workbook. The only user of XlsxWriter, an extra (`plumbline[xlsx]`)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from ..errors import CatalogError
from .dictionary import Row, Sheet, dictionary_sheets
from .exporting import ExportFile, Exporting
from .headings import WIDE, WIDEST

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FILE = "data-dictionary.xlsx"

CREATED = datetime.datetime(2000, 1, 1)
"""Stands in every workbook, so that the same project gives the same bytes."""

MOST_ROWS = 1_048_575
MOST_LINKS = 65_530
LONGEST_CELL = 32_767
LONGEST_LINK = 2_079
"""What a sheet can hold (Excel: specifications and limits)."""


def can_write_xlsx() -> bool:
    """Whether XlsxWriter is installed."""
    return find_spec("xlsxwriter") is not None


def as_xlsx(exporting: Exporting) -> Iterator[ExportFile]:
    """One workbook with a sheet for each kind, and a first one that says what it is.

    Nothing in it is a formula: whatever is written is text. Columns in which no row says anything are left
    out.

    Raises:
        CatalogError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise CatalogError(
            "XlsxWriter is not installed", "Run `pip install 'plumbline[xlsx]'`, or take `--format csv`"
        ) from None
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    workbook.set_properties({"title": exporting.project.settings.name, "created": CREATED})
    styles = _styles(workbook)
    sheets = dictionary_sheets(exporting)
    _write_first(workbook.add_worksheet("About"), sheets, exporting, styles)
    for sheet in sheets:
        _write(workbook.add_worksheet(sheet.name), sheet, styles)
    workbook.close()
    yield ExportFile(FILE, content.getvalue())


class _Styles(NamedTuple):
    """The formats of one workbook."""

    title: Format
    head: Format
    cell: Format
    link: Format


def _styles(workbook: Workbook) -> _Styles:
    top: dict[str, object] = {"text_wrap": True, "valign": "top"}
    return _Styles(
        workbook.add_format({"bold": True, "font_size": 16}),
        workbook.add_format({**top, "bold": True, "bg_color": "#E7EDF3", "bottom": 1}),
        workbook.add_format(top),
        workbook.add_format({**top, "font_color": "#0B5CAD", "underline": 1}),
    )


def _write_first(page: Worksheet, sheets: tuple[Sheet, ...], exporting: Exporting, styles: _Styles) -> None:
    """What this is, and how many things of each kind there are, each leading to its sheet."""
    page.set_column(0, 0, WIDE)
    page.set_column(1, 1, WIDEST)
    page.write_string(0, 0, _text(exporting.project.settings.name), styles.title)
    reader = "partners" if exporting.is_for_partners else "staff; not for anybody outside"
    page.write_string(1, 0, f"Data dictionary for {reader}")
    for number, sheet in enumerate(sheets, start=3):
        page.write_url(number, 0, f"internal:'{sheet.name}'!A1", styles.link, string=sheet.name)
        left = len(sheet.rows) - MOST_ROWS
        more = f"; the last {left:,} do not fit, but are in the CSV files" if left > 0 else ""
        rows = "1 row" if len(sheet.rows) == 1 else f"{len(sheet.rows):,} rows"
        page.write_string(number, 1, f"{rows}{more}", styles.cell)


def _write(page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    rows = sheet.rows[:MOST_ROWS]
    used = [
        place
        for place in range(len(sheet.headings))
        if place == sheet.linked or any(row.cells[place] for row in rows)
    ]
    for target, place in enumerate(used):
        page.set_column(target, target, sheet.headings[place].width)
        page.write_string(0, target, sheet.headings[place].title, styles.head)
    page.freeze_panes(1, used.index(sheet.linked) + 1)
    page.autofilter(0, 0, len(rows), len(used) - 1)
    for number, row in enumerate(rows, start=1):
        _write_row(page, number, row, used, styles)
        if number <= MOST_LINKS and 0 < len(row.page) <= LONGEST_LINK:
            text = _text(row.cells[sheet.linked])
            page.write_url(number, used.index(sheet.linked), row.page, styles.link, string=text)


def _write_row(page: Worksheet, number: int, row: Row, used: list[int], styles: _Styles) -> None:
    for target, place in enumerate(used):
        if row.cells[place]:
            page.write_string(number, target, _text(row.cells[place]), styles.cell)


def _text(cell: str) -> str:
    """The text as a cell can hold it."""
    whole = cell.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= LONGEST_CELL else f"{whole[: LONGEST_CELL - 1]}…"
