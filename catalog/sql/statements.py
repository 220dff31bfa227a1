"""SQL text → statements, each parsed alone, so that a bad one never loses the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot.dialects.dialect import Dialect
from sqlglot.tokenizer_core import Token, TokenType

from .blocks import WITHOUT_SEMICOLONS, Script
from .openings import plain_tokens
from .parsing import PARSER_FAULTS, Statement, parsed, quiet, tokens_of
from .positions import SqlTokens
from .rewritten import Rewritten
from .routines import HEADER_WORDS, KINDS
from .scripts import HANDLERS, SECTIONED, read_script
from .syntax import broken_text_gap

__all__ = ["PARSER_FAULTS", "Statement", "quiet", "read_statements"]

PLAIN_STARTS = frozenset({"REPLACE", "CREATE", "ALTER", "SET", "DECLARE", "COMMIT", "ROLLBACK", "PRAGMA"})
"""First words that scripts know too, and that by themselves make no script."""

BATCH_END = re.compile(r"^[ \t]*/[ \t]*\r?$", re.MULTILINE)
"""A slash that has its line for itself: Oracle runs what stands before it."""

WITH_DELIMITERS = frozenset({"mysql", "singlestore", "doris", "starrocks"})

DELIMITER = re.compile(r"^[ \t]*DELIMITER[ \t]+(\S+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
"""A client's word for what ends a statement from the next line on."""


def read_statements(
    sql: str, dialect: Dialect, name: str, origins: tuple[Rewritten, ...] = ()
) -> Iterator[Statement]:
    """The statements of a text in order; one gap where even words cannot be told apart.

    Args:
        sql: The text.
        dialect: Its dialect.
        name: The dialect's name.
        origins: Where the text stands in those that it was made from, innermost first.
    """
    if name in WITH_DELIMITERS and DELIMITER.search(sql):
        sql = _with_semicolons(sql)
    tokens = tokens_of(sql, dialect)
    if tokens is None:
        yield from _up_to_the_break(sql, dialect, name, origins)
        return
    yield from _read(SqlTokens(sql, tokens), dialect, name, origins)


def _read(
    text: SqlTokens, dialect: Dialect, name: str, origins: tuple[Rewritten, ...]
) -> Iterator[Statement]:
    sql, chunks = text.sql, split(text.tokens)
    has_batches = name == "oracle" and BATCH_END.search(sql) is not None
    is_script = (
        has_batches or name in WITHOUT_SEMICOLONS or any(_starts_script(chunk, name) for chunk in chunks)
    )
    plain = plain_tokens(sql, dialect) if is_script else None
    if plain is not None:
        yield from read_script(Script(sql, plain, dialect, name, origins=origins))
        return
    for chunk in chunks:
        if origins:
            has_holes = any(made.holes for made in origins)
            found = parsed(SqlTokens(sql, chunk), dialect, has_holes=has_holes)
            yield replace(found, origins=origins)
        else:
            yield parsed(SqlTokens(sql, chunk), dialect)


def split(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The tokens of each statement, between semicolons."""
    semicolon = TokenType.SEMICOLON
    ends = [place for place, token in enumerate(tokens) if token.token_type == semicolon]
    starts = [0, *(end + 1 for end in ends)]
    return [tokens[start:end] for start, end in zip(starts, [*ends, len(tokens)], strict=True) if start < end]


def _starts_script(chunk: Sequence[Token], name: str) -> bool:
    """Whether a statement is one that only scripts have, or that has a body of its own."""
    first = chunk[0]
    word = first.text.upper()
    if word == "REPLACE":
        is_left_unread = len(chunk) == 2 and chunk[1].token_type == TokenType.STRING
        return is_left_unread or (len(chunk) > 1 and chunk[1].text.upper() in KINDS)
    if first.token_type in (TokenType.CREATE, TokenType.ALTER):
        return any(token.text.upper() in KINDS for token in chunk[1:HEADER_WORDS])
    if word == "DECLARE":
        return name in SECTIONED
    if name == "oracle" and word in ("SELECT", "WITH"):
        return any(token.token_type == TokenType.INTO for token in chunk)
    if len(chunk) > 1 and chunk[1].token_type in (TokenType.COLON_EQ, TokenType.COLON):
        return True
    return word in HANDLERS and word not in PLAIN_STARTS


def _up_to_the_break(
    sql: str, dialect: Dialect, name: str, origins: tuple[Rewritten, ...]
) -> Iterator[Statement]:
    """The statements before the line on which a quotation opens that has no end, and the gap behind them."""
    gap = broken_text_gap(sql, lambda part: tokens_of(part, dialect) is not None)
    good = "".join(sql.splitlines(keepends=True)[: gap.line - 1])
    tokens = tokens_of(good, dialect) or []
    ends = [place for place, token in enumerate(tokens) if token.token_type == TokenType.SEMICOLON]
    if ends:
        whole = SqlTokens(sql[: tokens[ends[-1]].end + 1], tokens[: ends[-1] + 1])
        yield from _read(whole, dialect, name, origins)
    yield Statement(gap.line, SqlTokens(sql, []), gap=gap, origins=origins)


def _with_semicolons(sql: str) -> str:
    """The text with semicolons for the delimiters it chose, each thing at its place."""
    delimiter = ";"
    lines = []
    for line in sql.splitlines(keepends=True):
        found = DELIMITER.match(line)
        if found:
            delimiter = found[1]
            ending = line[len(line.rstrip("\r\n")) :]
            lines.append(" " * (len(line) - len(ending)) + ending)
        elif delimiter != ";":
            lines.append(line.replace(delimiter, ";" + " " * (len(delimiter) - 1)))
        else:
            lines.append(line)
    return "".join(lines)
