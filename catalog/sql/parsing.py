"""The tokens of one statement → its tree, or the gap that stands for it."""

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
from .holes import without_dangling
from .positions import CLOSING, OPENING, SqlTokens
from .rewording import reworded
from .rewritten import Rewritten
from .syntax import statement_gap, syntax_gap

DEEPEST = 250
"""Parentheses within parentheses beyond which a statement is not given to the parser."""

PARSER_FAULTS = (
    SqlglotError, RecursionError, ValueError, TypeError, AttributeError, LookupError, AssertionError,
)  # fmt: skip
"""What parsing or walking a text that is not quite SQL can end in."""

QUERY_STARTS = (TokenType.SELECT, TokenType.WITH)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a text: its tree, or the gap that stands for it, or neither where no data flows.

    `kind` is that of a definition whose body is read apart. With `only_reads`, the statement fills no
    column: a condition, a query whose result goes into variables. `variables` are the names in sight that
    are no columns, as written. `row` is the name under which the columns of the query are in sight from
    here on, row by row; `rows` are names of loops and the cursors they go through. `origins` tell where the
    text stands in the ones it was made from, innermost first.
    """

    line: int
    text: SqlTokens
    tree: exp.Expr | None = None
    gap: Gap | None = None
    kind: str = ""
    only_reads: bool = False
    variables: frozenset[str] = frozenset()
    row: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    origins: tuple[Rewritten, ...] = ()


def tokens_of(sql: str, dialect: Dialect) -> list[Token] | None:
    """The tokens of a text; None where words cannot be told apart."""
    try:
        return dialect.tokenize(sql)
    except PARSER_FAULTS:
        return None


def parsed(text: SqlTokens, dialect: Dialect, *, has_holes: bool = False) -> Statement:
    """The statement that the tokens make. Holes that stand where no name can are left out of it."""
    first = text.tokens[0]
    line = first.line
    if _opens_many(text) and depth_of(text.tokens) > DEEPEST:
        return Statement(
            line, text, gap=statement_gap(text, f"is nested more than {DEEPEST} parentheses deep")
        )
    tokens = reworded(
        without_dangling(text.tokens) if has_holes else text.tokens,
        has_output="OUTPUT" in dialect.tokenizer_class.KEYWORDS,
    )
    try:
        trees = dialect.parser().parse(tokens, text.sql)
    except ParseError as fault:
        return Statement(line, text, gap=syntax_gap(text, fault))
    except PARSER_FAULTS as fault:
        what = "is nested too deep" if isinstance(fault, RecursionError) else "does not parse"
        return Statement(line, text, gap=statement_gap(text, what))
    tree = next((tree for tree in trees if tree is not None), None)
    is_kept_as_text = isinstance(tree, exp.Command) and first.token_type in (
        TokenType.CREATE,
        TokenType.ALTER,
    )
    gap = _fault_of_query(text, dialect) if is_kept_as_text else None
    return Statement(line, text, gap=gap) if gap else Statement(line, text, tree=tree)


def _fault_of_query(text: SqlTokens, dialect: Dialect) -> Gap | None:
    """What is wrong with the query of a CREATE that the parser kept as bare text, where that is the cause."""
    tokens = text.tokens
    for index, token in enumerate(tokens[1:], 1):
        if token.token_type in QUERY_STARTS and tokens[index - 1].token_type == TokenType.ALIAS:
            try:
                dialect.parser().parse(list(tokens[index:]), text.sql)
            except ParseError as fault:
                return syntax_gap(text, fault)
            except PARSER_FAULTS:
                return statement_gap(text, "does not parse")
            return None
    return None


def _opens_many(text: SqlTokens) -> bool:
    """Whether a statement has so many parentheses that some may be deep; their count is quickly told."""
    start, end = text.tokens[0].start, text.tokens[-1].end + 1
    return sum(text.sql.count(sign, start, end) for sign in "([{") > DEEPEST


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
def arrays_as_tables(dialect: Dialect, name: str) -> Iterator[None]:
    """`FROM t, t.array` of BigQuery stays in trees what it looks like, a table; the walk sees through it.

    sqlglot finds out by copying all that stands in a FROM, nested queries too: a fifth of all parsing, and
    more the deeper queries nest. Its switch belongs to the class, so that other threads see it meanwhile.
    """
    parser = dialect.parser_class
    if name != "bigquery" or not parser.SUPPORTS_IMPLICIT_UNNEST:
        yield
        return
    parser.SUPPORTS_IMPLICIT_UNNEST = False
    try:
        yield
    finally:
        parser.SUPPORTS_IMPLICIT_UNNEST = True


@contextmanager
def quiet() -> Iterator[None]:
    """sqlglot logs what it cannot parse; here that is a gap, so the log would only repeat it."""
    logger = logging.getLogger("sqlglot")
    is_quiet = _drop in logger.filters
    logger.addFilter(_drop)
    try:
        yield
    finally:
        if not is_quiet:
            logger.removeFilter(_drop)


def _drop(_: logging.LogRecord) -> bool:
    return False
