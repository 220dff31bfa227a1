"""What differs between catalog and warehouse as text, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from .drift import Difference, Drift
from .report.harmless import without_commands

VERSION = 1
"""Of the shape of the JSON; raised when a key changes its meaning or goes."""


def _as_text(drift: Drift) -> str:
    """A paragraph for each difference, and a summary."""
    paragraphs = [line for difference in drift.differences for line in _lines(difference)]
    gap = [""] if paragraphs else []
    return without_commands("\n".join([*paragraphs, *gap, _summary(drift)])) + "\n"


def _lines(difference: Difference) -> Iterator[str]:
    place = f"{difference.location}: " if difference.location else ""
    yield f"{place}{difference.message}"
    if difference.hint:
        yield f"    {difference.hint}"


def _summary(drift: Drift) -> str:
    count = len(drift.differences)
    said = f"{count:,} {'difference' if count == 1 else 'differences'}" if count else "No difference"
    parts = [f"{said}; {_tables(drift.compared)} in both"]
    if drift.elsewhere:
        parts.append(f"{_tables(drift.elsewhere)} of the catalog outside of what was read")
    if drift.ignored:
        parts.append(f"{_tables(drift.ignored)} ignored")
    return ", ".join(parts)


def _tables(count: int) -> str:
    return f"{count:,} {'table' if count == 1 else 'tables'}"


def _as_json(drift: Drift) -> str:
    """`{format, version, differences: […], compared, elsewhere, ignored}`.

    A difference has the keys `kind`, `table`, `column`, `documented`, `stored`, `message`, `hint`, `path`,
    `line`, where absent ones are null; paths begin at the project's folder.
    """
    content = {
        "format": "plumbline drift",
        "version": VERSION,
        "differences": [
            {
                "kind": str(each.kind),
                "table": each.table,
                "column": each.column or None,
                "documented": each.documented,
                "stored": each.stored,
                "message": each.message,
                "hint": each.hint,
                "path": each.location.file if each.location else None,
                "line": each.location.line if each.location else None,
            }
            for each in drift.differences
        ],
        "compared": drift.compared,
        "elsewhere": drift.elsewhere,
        "ignored": drift.ignored,
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


DRIFT_FORMATS: dict[str, Callable[[Drift], str]] = {"text": _as_text, "json": _as_json}
"""Name of a format → the function that writes differences in it."""
