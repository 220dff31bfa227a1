"""SQL text → statements, each parsed alone, so that a bad one never loses the others."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from .edges import Gap
from .positions import CLOSING, OPENING, SqlTokens
from .syntax import broken_text_gap, statement_gap, syntax_gap

DEEPEST = 1500
"""Parentheses within parentheses beyond which a statement is not given to the parser."""

PARSER_FAULTS = (
    SqlglotError, RecursionError, ValueError, TypeError, AttributeError, LookupError, AssertionError,
)  # fmt: skip
"""What parsing or walking a text that is not quite SQL can end in."""

QUERY_STARTS = (TokenType.SELECT, TokenType.WITH)

SCRIPT_TYPES = frozenset({"PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "PACKAGE", "TASK"})
"""What CREATE can make whose body holds statements of its own."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a text: its tree, or the gap that stands for it."""

    line: int
    text: SqlTokens
    tree: exp.Expr | None = None
    gap: Gap | None = None


def read_statements(sql: str, dialect: Dialect) -> Iterator[Statement]:
    """The statements of a text in order; one gap where even words cannot be told apart."""
    try:
        tokens = dialect.tokenize(sql)
    except PARSER_FAULTS as fault:
        yield Statement(1, SqlTokens(sql, []), gap=broken_text_gap(sql, fault))
        return
    for chunk in split(tokens):
        yield _parse(SqlTokens(sql, chunk), dialect)


def split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each statement; semicolons inside parentheses or a procedure's body do not end it."""
    chunk: list[Token] = []
    depth = blocks = 0
    for token in tokens:
        kind = token.token_type
        if kind == TokenType.SEMICOLON and blocks <= 0:
            if chunk:
                yield chunk
            chunk, depth, blocks = [], 0, 0
            continue
        chunk.append(token)
        depth += (kind in OPENING) - (kind in CLOSING)
        if depth == 0 and kind in (TokenType.BEGIN, TokenType.CASE, TokenType.END):
            blocks += _blocks_opened(chunk)
    yield from _ends_open(chunk) if blocks > 0 else [chunk] if chunk else []


def _ends_open(chunk: Sequence[Token]) -> Iterator[list[Token]]:
    """A body that never ends must not swallow what stands behind it."""
    start = 0
    for index, token in enumerate(chunk):
        if token.token_type == TokenType.SEMICOLON:
            if index > start:
                yield list(chunk[start:index])
            start = index + 1
    if start < len(chunk):
        yield list(chunk[start:])


def _blocks_opened(chunk: Sequence[Token]) -> int:
    """1 where a procedure's body (or a CASE in it) opens, -1 where it closes, else 0."""
    if not any(token.text.upper() in SCRIPT_TYPES for token in chunk[:6]) or not _creates(chunk):
        return 0
    return -1 if chunk[-1].token_type == TokenType.END else 1


def _creates(chunk: Sequence[Token]) -> bool:
    return chunk[0].token_type in (TokenType.CREATE, TokenType.ALTER)


def _parse(text: SqlTokens, dialect: Dialect) -> Statement:
    first = text.tokens[0]
    line = first.line
    if depth_of(text.tokens) > DEEPEST:
        return Statement(
            line, text, gap=statement_gap(text, f"is nested more than {DEEPEST} parentheses deep")
        )
    body = list(text.tokens)
    if first.token_type == TokenType.BEGIN and len(body) > 1 and not _is_transaction(body[1]):
        body = body[1:]
    try:
        with quiet():
            trees = dialect.parser().parse(body, text.sql)
    except ParseError as fault:
        return Statement(line, text, gap=syntax_gap(text, fault))
    except PARSER_FAULTS as fault:
        what = "is nested too deep" if isinstance(fault, RecursionError) else "does not parse"
        return Statement(line, text, gap=statement_gap(text, what))
    tree = next((tree for tree in trees if tree is not None), None)
    gap = _fault_of_query(text, dialect) if isinstance(tree, exp.Command) and _creates(text.tokens) else None
    return Statement(line, text, gap=gap) if gap else Statement(line, text, tree=tree)


def _fault_of_query(text: SqlTokens, dialect: Dialect) -> Gap | None:
    """What is wrong with the query of a CREATE that the parser kept as bare text, where that is the cause."""
    tokens = text.tokens
    for index, token in enumerate(tokens[1:], 1):
        if token.token_type in QUERY_STARTS and tokens[index - 1].token_type == TokenType.ALIAS:
            try:
                with quiet():
                    dialect.parser().parse(list(tokens[index:]), text.sql)
            except ParseError as fault:
                return syntax_gap(text, fault)
            return None
    return None


def _is_transaction(token: Token) -> bool:
    return token.text.upper() in ("TRANSACTION", "TRAN", "WORK", "DEFERRED", "IMMEDIATE", "EXCLUSIVE")


def depth_of(tokens: Sequence[Token]) -> int:
    """The most parentheses around any token."""
    depth = deepest = 0
    for token in tokens:
        kind = token.token_type
        if kind in OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif kind in CLOSING:
            depth -= 1
    return deepest


@contextmanager
def quiet() -> Iterator[None]:
    """sqlglot logs what it cannot parse; here that is a gap, so the log would only repeat it."""
    logger = logging.getLogger("sqlglot")
    logger.addFilter(_drop)
    try:
        yield
    finally:
        logger.removeFilter(_drop)


def _drop(_: logging.LogRecord) -> bool:
    return False
