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

DEEPEST = 250
"""Parentheses within parentheses beyond which a statement is not given to the parser."""

PARSER_FAULTS = (
    SqlglotError, RecursionError, ValueError, TypeError, AttributeError, LookupError, AssertionError,
)  # fmt: skip
"""What parsing or walking a text that is not quite SQL can end in."""

QUERY_STARTS = (TokenType.SELECT, TokenType.WITH)

SCRIPT_TYPES = frozenset({"PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "PACKAGE", "TASK"})
"""What CREATE can make whose body holds statements of its own."""


TRANSACTION_WORDS = frozenset({"TRANSACTION", "TRAN", "WORK", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"})
"""What BEGIN may be followed by where it opens no block."""

CREATE_WORDS = 6
"""Tokens of a CREATE among which it says what it makes."""

LOOP_WORDS = frozenset({"IF", "LOOP", "WHILE", "FOR", "REPEAT"})
"""What `END` may be followed by where it ends something else than a block."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a text: its tree, or the gap that stands for it."""

    line: int
    text: SqlTokens
    tree: exp.Expr | None = None
    gap: Gap | None = None


def read_statements(sql: str, dialect: Dialect) -> Iterator[Statement]:
    """The statements of a text in order; one gap where even words cannot be told apart."""
    tokens = _tokens(sql, dialect)
    if tokens is None:
        gap = broken_text_gap(sql, lambda part: _tokens(part, dialect) is not None)
        yield Statement(gap.line, SqlTokens(sql, []), gap=gap)
        return
    for chunk in split(tokens):
        yield _parse(_inside_block(SqlTokens(sql, chunk), dialect), dialect)


def _tokens(sql: str, dialect: Dialect) -> list[Token] | None:
    try:
        return dialect.tokenize(sql)
    except PARSER_FAULTS:
        return None


def split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each statement; a semicolon inside the body of a procedure does not end it."""
    chunk: list[Token] = []
    blocks = 0
    has_body = False
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON and blocks <= 0:
            if chunk:
                yield chunk
            chunk, blocks, has_body = [], 0, False
            continue
        chunk.append(token)
        has_body = has_body or (len(chunk) <= CREATE_WORDS and _makes_routine(chunk))
        if has_body:
            blocks += _block_change(chunk)
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


def _makes_routine(chunk: Sequence[Token]) -> bool:
    return _creates(chunk) and chunk[-1].text.upper() in SCRIPT_TYPES


def _block_change(chunk: Sequence[Token]) -> int:
    """How many blocks the last token of a routine opens (1) or closes (-1); `END IF` closes none."""
    word = chunk[-1].text.upper()
    follows_end = len(chunk) > 1 and chunk[-2].text.upper() == "END"
    if follows_end and word in LOOP_WORDS:
        return 1
    if word == "END":
        return -1
    return 1 if word in ("BEGIN", "CASE") and not follows_end else 0


def _creates(chunk: Sequence[Token]) -> bool:
    return chunk[0].token_type in (TokenType.CREATE, TokenType.ALTER)


def _parse(text: SqlTokens, dialect: Dialect) -> Statement:
    first = text.tokens[0]
    line = first.line
    if depth_of(text.tokens) > DEEPEST:
        return Statement(
            line, text, gap=statement_gap(text, f"is nested more than {DEEPEST} parentheses deep")
        )
    try:
        with quiet():
            trees = dialect.parser().parse(list(text.tokens), text.sql)
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


def _inside_block(text: SqlTokens, dialect: Dialect) -> SqlTokens:
    """A statement without a BEGIN that opens a block before it.

    Some dialects keep all that follows BEGIN as one string; it is split anew, at its own place in the text.
    """
    tokens = text.tokens
    if tokens[0].text.upper() != "BEGIN" or len(tokens) < 2 or _is_transaction(tokens[1]):
        return text
    if tokens[0].token_type != TokenType.COMMAND or len(tokens) > 2:
        return SqlTokens(text.sql, tokens[1:])
    start = tokens[0].end + 1
    before = "".join(char if char == "\n" else " " for char in text.sql[:start])
    inside = _tokens(before + text.sql[start : tokens[1].end + 1], dialect)
    return SqlTokens(text.sql, inside) if inside else text


def _is_transaction(token: Token) -> bool:
    return token.text.upper().split(" ")[0] in (
        "TRANSACTION",
        "TRAN",
        "WORK",
        "DEFERRED",
        "IMMEDIATE",
        "EXCLUSIVE",
    )


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
