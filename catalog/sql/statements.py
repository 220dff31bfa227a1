"""SQL text → statements, each parsed alone, so that a bad one never loses the others."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, SqlglotError, TokenError
from sqlglot.tokenizer_core import Token, TokenType

from .edges import Gap, GapReason
from .positions import CLOSING, OPENING, SqlTokens

DEEPEST = 1500
"""Parentheses within parentheses beyond which a statement is not given to the parser."""

LONGEST_FRAGMENT = 60
"""Characters of the offending text that a message quotes."""

PARSER_FAULTS = (
    SqlglotError, RecursionError, ValueError, TypeError, AttributeError, LookupError, AssertionError,
)  # fmt: skip
"""What parsing or walking a text that is not quite SQL can end in."""

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
        yield _untokenized(sql, fault)
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
        return Statement(line, text, gap=_gap(text, f"is nested more than {DEEPEST} parentheses deep", first))
    body = list(text.tokens)
    if first.token_type == TokenType.BEGIN and len(body) > 1 and not _is_transaction(body[1]):
        body = body[1:]
    try:
        with quiet():
            trees = dialect.parser().parse(body, text.sql)
    except ParseError as fault:
        return Statement(line, text, gap=_syntax_gap(text, fault))
    except PARSER_FAULTS as fault:
        return Statement(line, text, gap=_gap(text, _reason(fault), first))
    tree = next((tree for tree in trees if tree is not None), None)
    return Statement(line, text, tree=tree)


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


def _untokenized(sql: str, fault: BaseException) -> Statement:
    start = fault.start if isinstance(fault, TokenError) and fault.start is not None else 0
    text = SqlTokens(sql, [])
    end = fault.end if isinstance(fault, TokenError) and fault.end is not None else len(sql)
    fragment = " ".join(sql[start:end].split())[-LONGEST_FRAGMENT:]
    detail = f"the text cannot be split into words near `{fragment}`" if fragment else "the text is not SQL"
    gap = Gap(GapReason.SYNTAX, detail, text.line(start), text.char(start))
    return Statement(1, text, gap=gap)


def _syntax_gap(text: SqlTokens, fault: ParseError) -> Gap:
    error = fault.errors[0] if fault.errors else {}
    fragment = " ".join(str(error.get("highlight") or "").split())[:LONGEST_FRAGMENT]
    description = str(error.get("description") or "does not parse").strip().rstrip(".")
    detail = f"{description} near `{fragment}`" if fragment else description
    for token in text.tokens:
        if token.line == error.get("line") and token.col == error.get("col"):
            return Gap(GapReason.SYNTAX, detail, text.line(token.start), text.char(token.start))
    last = text.tokens[-1]
    return Gap(GapReason.SYNTAX, detail, last.line, text.char(last.start))


def _gap(text: SqlTokens, reason: str, token: Token) -> Gap:
    fragment = " ".join(text.sql[token.start : token.start + LONGEST_FRAGMENT].split())
    return Gap(GapReason.SYNTAX, f"`{fragment}` {reason}", token.line, text.char(token.start))


def _reason(fault: BaseException) -> str:
    return "is nested too deep" if isinstance(fault, RecursionError) else "does not parse"
