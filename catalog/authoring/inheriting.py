"""Descriptions of columns that are plain copies, written down where they are missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..inherit import says_from_where, text_source
from ..lineage import Node, NodeKind
from ..model import Column, Location
from ..project import Project
from ..reading.item_faults import known_keys
from .edits import Left, SetKeys
from .plans import Mend, Plan, planned

ORDER = known_keys(Column)


def inheriting(root: Path, project: Project) -> Plan:
    """Every column of ours without a description gets that of the column it copies, and says whose it is.

    One that was written so before is renewed where the source says something else by now. Reads, and writes
    nothing.
    """
    return planned(root, _mends(project), _without_source(project))


def _mends(project: Project) -> Iterator[Mend]:
    for node, column in _asking(project):
        found = text_source(node, project.catalog, project.lineage)
        if found is None:
            continue
        source, text = str(found[0]), found[1].description
        if (column.description, column.inherited_from) == (text, source) and _is_written(column):
            continue
        place = column.origin.at()
        words = f"`{node}` has its description from `{source}`"
        values = {"description": text, "inherited_from": source}
        yield Mend(place, words, SetKeys((place.line, place.column), values, ORDER))


def _without_source(project: Project) -> Iterator[Left]:
    """Columns whose words are from elsewhere, as they say, and that are no copies any more."""
    for node, column in _asking(project):
        if says_from_where(column) and text_source(node, project.catalog, project.lineage) is None:
            message = f"`{node}` is no copy of a described column, but says `inherited_from:`"
            yield Left(column.at("inherited_from"), message, "Remove the key to keep the words as your own")


def _asking(project: Project) -> Iterator[tuple[Node, Column]]:
    """Columns written by hand whose text is missing or from elsewhere, but for `inherit:`."""
    for table in project.catalog.tables.values():
        for column in table.columns:
            is_ours = not column.origin.source and column.origin.at() != Location("")
            has_words = column.description is not None and column.inherited_from is None
            if is_ours and column.inherit is None and not has_words:
                yield Node(NodeKind.COLUMN, table.name, column.name), column


def _is_written(column: Column) -> bool:
    return any(path == "description" for path, _, _ in column.origin.marks)
