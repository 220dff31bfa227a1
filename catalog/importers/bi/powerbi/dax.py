"""DAX, as far as it names columns and measures. Read, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(
    r"//[^\n]*|--[^\n]*|/\*.*?\*/|\"(?:[^\"]|\"\")*\""
    r"|(?:'((?:[^']|'')+)'\s*|([^\W\d]\w*))?\[((?:[^\]]|\]\])+)\]",
    re.DOTALL,
)
"""Comments and texts; then a column or measure, with its table in quotes or without."""


def names_in(expression: str) -> Iterator[tuple[str, str]]:
    """What an expression reads: table, empty where none is named, and column or measure."""
    for found in TOKEN.finditer(expression):
        if found[3]:
            table = (found[1] or "").replace("''", "'") or found[2] or ""
            yield table, found[3].replace("]]", "]")
