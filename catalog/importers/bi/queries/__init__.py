"""Power Query's language M, as far as it tells where rows come from. Read, never run.

The grammar is that of Microsoft's Power Query M language specification.
"""

from __future__ import annotations

from .evaluating import Shared, rows_of
from .rows import Rows, unknown_rows
from .sections import section_members
from .syntax import Expression, NotReadableError, parse

__all__ = [
    "Expression",
    "NotReadableError",
    "Rows",
    "Shared",
    "parse",
    "rows_of",
    "section_members",
    "unknown_rows",
]
