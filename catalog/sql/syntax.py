"""What is wrong with a text that does not parse, in the project's words and with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sqlglot.errors import ParseError
from sqlglot.tokenizer_core import Token

from .edges import Gap, GapReason
from .positions import SqlTokens

LONGEST_FRAGMENT = 60
"""Characters of the offending text that a message quotes."""

EXPECTED = re.compile(r"Expect(?:ed|ing) (?P<sign>[^\s\w]|[A-Z]+)(?: |$)")
UNEXPECTED = re.compile(r"Invalid expression|Unexpected")
INCOMPLETE = re.compile(r"Required keyword")
NAME_EXPECTED = re.compile(r"Expected (?P<kind>table|database) name")


def syntax_gap(text: SqlTokens, fault: ParseError) -> Gap:
    """The gap of a statement that the parser refuses."""
    error = fault.errors[0] if fault.errors else {}
    token = _token_at(text.tokens, error.get("line"), error.get("col"))
    fragment = shortened(str(error.get("highlight") or "") or text.sql[token.start : token.end + 1])
    detail = _in_words(str(error.get("description") or ""), fragment)
    return Gap(GapReason.SYNTAX, detail, token.line, text.char(token.start))


def broken_text_gap(sql: str, is_split: Callable[[str], bool]) -> Gap:
    """The gap of a text in which even words cannot be told apart, at the line where that begins.

    `is_split` tells whether a part of the text can be. Halving finds a line up to which it can.
    """
    lines = sql.splitlines(keepends=True)
    good, bad = 0, len(lines)
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if is_split("".join(lines[:middle])) else (good, middle)
    fragment = shortened(lines[good]) if lines else ""
    return Gap(GapReason.SYNTAX, f"a quotation or comment has no end after `{fragment}`", good + 1)


def statement_gap(text: SqlTokens, what: str) -> Gap:
    """A gap about a statement as a whole, told at its first words."""
    first = text.tokens[0]
    fragment = shortened(text.sql[first.start : first.start + LONGEST_FRAGMENT])
    return Gap(GapReason.SYNTAX, f"`{fragment}` {what}", first.line, text.char(first.start))


def beginning(text: SqlTokens) -> str:
    """The first words of a statement."""
    return shortened(text.sql[text.tokens[0].start : text.tokens[-1].end + 1])


def shortened(fragment: str) -> str:
    """A piece of SQL as a message may quote it: one line, not too long."""
    line = " ".join(fragment.split())
    return line if len(line) <= LONGEST_FRAGMENT else line[: LONGEST_FRAGMENT - 1] + "…"


def _token_at(tokens: Sequence[Token], line: object, column: object) -> Token:
    found = (token for token in tokens if token.line == line and token.col == column)
    return next(found, tokens[-1])


def _in_words(description: str, fragment: str) -> str:
    if INCOMPLETE.match(description):
        return f"something is missing at `{fragment}`"
    name = NAME_EXPECTED.match(description)
    if name:
        return f"a {name['kind']} name is expected at `{fragment}`"
    expected = EXPECTED.match(description)
    if expected:
        return f"`{expected['sign']}` is expected at `{fragment}`"
    if UNEXPECTED.match(description):
        return f"`{fragment}` is not expected here"
    return f"the statement does not parse at `{fragment}`"
