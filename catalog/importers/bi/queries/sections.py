"""Section documents of M: several queries, each under a name."""

from __future__ import annotations

import re

from .syntax import BLANK, Expression, NotReadableError, parse_from

SECTION = re.compile(r"\s*(?:\[[^\]]*\]\s*)?section\s+[^;]+;")
MEMBER = re.compile(r'(?:\[[^\]]*\]\s*)?(?:shared\s+)?(?:#"((?:[^"]|"")*)"|([^\W\d]\w*(?:\.\w+)*))\s*=')
END = re.compile(r'"(?:[^"]|"")*"|//[^\n]*|/\*.*?\*/|;', re.DOTALL)
"""A text or a comment, in which a `;` ends nothing; then the `;` that ends a query."""


def section_members(text: str) -> dict[str, Expression | None]:
    """The queries of a section document by name; None for one that is not understood."""
    begun = SECTION.match(text)
    at = begun.end() if begun else 0
    found: dict[str, Expression | None] = {}
    while member := MEMBER.match(text, _behind_blank(text, at)):
        name = member[1].replace('""', '"') if member[1] is not None else member[2]
        found[name], at = _member(text, member.end())
    return found


def _member(text: str, at: int) -> tuple[Expression | None, int]:
    """A query and where the next one may begin."""
    try:
        query, end = parse_from(text, at)
    except NotReadableError:
        return None, _behind_end(text, at)
    return (query if text.startswith(";", end) else None), _behind_end(text, end)


def _behind_blank(text: str, at: int) -> int:
    blank = BLANK.match(text, at)
    return blank.end() if blank else at


def _behind_end(text: str, at: int) -> int:
    ends = (found.end() for found in END.finditer(text, at) if found[0] == ";")
    return next(ends, len(text))
