"""Where a name stands in a SQL text, so that a finding points at the word itself."""

from __future__ import annotations

import re

from ..model import Location, SqlText

NOT_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^'\\\n]|\\.|'')*'", re.DOTALL)
OPEN, CLOSE = r'[`"\[]?', r'[`"\]]?'


def place_of_table(sql: SqlText, table: str, from_line: int = 1) -> Location:
    """Where a table is named, from a line of the text on; that line itself where the name is not found."""
    code = NOT_CODE.sub(_blank, sql.text)
    start = _start_of_line(code, from_line)
    parts = table.split(".")
    for length in range(len(parts), 0, -1):
        found = _pattern(parts[-length:]).search(code, start)
        if found:
            return _location(sql, found.start())
    return sql.at(from_line)


def place_of_word(sql: SqlText, word: str, from_line: int) -> Location:
    """Where a word stands from a line of the text on; that line itself where it is not found."""
    code = NOT_CODE.sub(_blank, sql.text)
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    found = pattern.search(code, _start_of_line(code, from_line))
    return _location(sql, found.start()) if found else sql.at(from_line)


def _pattern(parts: list[str]) -> re.Pattern[str]:
    """The name as it may be written: quoted in part or whole, with more in front."""
    in_front = rf"(?:[\w-]+{CLOSE}\.{OPEN})*"
    name = rf"{CLOSE}\.{OPEN}".join(re.escape(part) for part in parts)
    return re.compile(rf"(?<![\w.`\"]){OPEN}{in_front}{name}(?![\w.])", re.IGNORECASE)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _start_of_line(text: str, line: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start


def _location(sql: SqlText, offset: int) -> Location:
    line = sql.text.count("\n", 0, offset) + 1
    return sql.at(line, offset - sql.text.rfind("\n", 0, offset))
