"""SQL texts with numbered lines that can be linked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog import Lineage, Location, SqlText

LONGEST = 3000
"""Lines of one text that a page shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: its id on the page, its number in the file, and the text."""

    id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One text. `left_out` counts the lines that are not shown."""

    file: str
    start: Location
    lines: tuple[Line, ...]
    left_out: int = 0


def texts_by_table(lineage: Lineage) -> dict[str, tuple[SqlText, ...]]:
    """Table → the texts that write it or stand in its definition, in the order of their files."""
    found: dict[str, list[SqlText]] = {}
    for text in lineage.traced.texts:
        written = {table for statement in text.statements for table in statement.writes}
        for table in written | ({text.sql.table} if text.sql.table else set()):
            found.setdefault(table, []).append(text.sql)
    return {table: tuple(texts) for table, texts in found.items()}


def listings(texts: Iterable[SqlText]) -> tuple[Listing, ...]:
    """The texts as a page shows them."""
    return tuple(_listing(number, text.text, text.start) for number, text in enumerate(texts))


def line_anchor(shown: tuple[Listing, ...], location: Location | None) -> str | None:
    """The id of the line at a place, if one of the listings shows it."""
    if location is None:
        return None
    for number, listing in enumerate(shown):
        first = listing.lines[0].number if listing.lines else 0
        if listing.file == location.file and first <= location.line < first + len(listing.lines):
            return _line_id(number, location.line)
    return None


def _listing(number: int, text: str, start: Location) -> Listing:
    written = text.rstrip().splitlines()
    return Listing(
        start.file,
        start if start.line > 1 else Location(start.file),
        tuple(_lines(number, written[:LONGEST], max(start.line, 1))),
        max(len(written) - LONGEST, 0),
    )


def _lines(number: int, written: list[str], first: int) -> Iterator[Line]:
    for position, text in enumerate(written, first):
        yield Line(_line_id(number, position), position, text)


def _line_id(number: int, line: int) -> str:
    return f"L{line}" if number == 0 else f"S{number + 1}-L{line}"
