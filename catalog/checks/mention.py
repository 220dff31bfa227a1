"""Where a name stands in a SQL text, so that a finding points at the word itself."""

from __future__ import annotations

import re
from itertools import takewhile

from ..model import Location, SqlText

NOT_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^'\\\n]|\\.|'')*'", re.DOTALL)
PART = r'(?:`[^`\n]+`|"[^"\n]+"|\[[^\]\n]+\]|[\w$@#-]+)'
NAME = re.compile(rf"{PART}(?:\.{PART})*")
"""A name as it may be written: quoted in part or whole."""

WITHOUT_QUOTES = str.maketrans("", "", '`"[]')


def place_of_table(sql: SqlText, table: str, from_line: int = 1) -> Location:
    """Where a table is named, from a line of the text on; that line itself where the name is not found.

    The first place where most of the name is written counts; there may be more in front of it.
    """
    wanted = table.casefold().split(".")
    first = {0: (from_line, 1)}
    lines = NOT_CODE.sub(_blank, sql.text).split("\n")[from_line - 1 :]
    for number, line in enumerate(lines, from_line):
        for found in NAME.finditer(line) if wanted[-1] in line.casefold() else ():
            written = found[0].translate(WITHOUT_QUOTES).casefold().split(".")
            first.setdefault(_common_tail(wanted, written), (number, found.start() + 1))
    return sql.at(*first[max(first)])


def _common_tail(wanted: list[str], written: list[str]) -> int:
    """How many parts, from the last one on, are the same."""
    pairs = zip(reversed(wanted), reversed(written), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def place_of_word(sql: SqlText, word: str, from_line: int) -> Location:
    """Where a word stands from a line of the text on; that line itself where it is not found."""
    code = NOT_CODE.sub(_blank, sql.text)
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    found = pattern.search(code, _start_of_line(code, from_line))
    return _location(sql, found.start()) if found else sql.at(from_line)


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
