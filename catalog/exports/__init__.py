"""Lineage of texts and whole projects, in the formats of people, of programs, and of those that draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from ..trace import TracedText
from .as_catalog_json import as_catalog_json, export_schema
from .as_csv import as_csv
from .as_drawing import as_dot, as_mermaid
from .as_flowchart import as_flowchart
from .as_graphml import as_graphml
from .as_json import as_json
from .as_odcs import as_odcs
from .as_openlineage import as_openlineage
from .as_osi import as_osi
from .as_text import as_text
from .as_xlsx import as_xlsx, can_write_xlsx
from .dictionary import dictionary_sheets
from .exporting import Export, ExportFile, Exporting

LineageFormat = Callable[[tuple[TracedText, ...], datetime], str]

LINEAGE_FORMATS: dict[str, LineageFormat] = {
    "text": as_text,
    "json": as_json,
    "openlineage": as_openlineage,
    "dot": as_dot,
    "mermaid": as_mermaid,
}
"""Name of a format → the function that writes traced texts in it, given the time of the run."""


def _openlineage_of_project(exporting: Exporting) -> Iterator[ExportFile]:
    text = as_openlineage(exporting.project.lineage.traced.texts, exporting.now)
    yield ExportFile("lineage.ndjson", text.encode("utf-8", "replace"))


EXPORTS: dict[str, Export] = {
    "json": Export(as_catalog_json),
    "csv": Export(as_csv, is_folder=True),
    "xlsx": Export(as_xlsx, is_text=False),
    "openlineage": Export(_openlineage_of_project, not_for_partners="its events hold the SQL of each job"),
    "odcs": Export(
        as_odcs, is_folder=True, not_for_partners="a contract names tables and columns as the warehouse does"
    ),
    "osi": Export(as_osi, not_for_partners="a semantic model holds SQL and names of the warehouse"),
    "graphml": Export(as_graphml, is_drawn_around=True),
    "mermaid": Export(as_flowchart, is_drawn_around=True),
}
"""Name of a format → what writes a project in it."""

__all__ = [
    "EXPORTS",
    "LINEAGE_FORMATS",
    "Export",
    "ExportFile",
    "Exporting",
    "LineageFormat",
    "can_write_xlsx",
    "dictionary_sheets",
    "export_schema",
]
