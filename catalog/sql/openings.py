"""Statements made of a stretch of a script: queries, conditions, texts inside the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlglot.dialects.athena import Athena
from sqlglot.dialects.dialect import Dialect
from sqlglot.dialects.trino import Trino
from sqlglot.tokenizer_core import Token, TokenType

from .blocks import DEEPEST_TEXT, Block, Pieces, Script, Words, after_parens, find, word_at
from .dynamic import is_known
from .edges import Gap, GapReason
from .parsing import PARSER_FAULTS, Statement, parsed
from .positions import SqlTokens
from .rewording import is_insert
from .rewritten import Rewritten, joined
from .syntax import broken_text_gap, shortened

Reader = Callable[[Script], Iterator[Statement]]

QUERIES = frozenset({"SELECT", "WITH", "VALUES"})


def plain_tokens(sql: str, dialect: Dialect) -> list[Token] | None:
    """The tokens of a text, those behind a command among them; None where words cannot be told apart.

    Athena's own tokenizer picks that of Hive or of Trino for each text; what runs others is Trino's.
    """
    tokenizer = Trino.Tokenizer if isinstance(dialect, Athena) else dialect.tokenizer_class
    plain = type("PlainTokenizer", (tokenizer,), {"COMMANDS": set()})
    try:
        found: list[Token] = plain(dialect=dialect).tokenize(sql)
    except PARSER_FAULTS:
        return None
    return found


def here(script: Script, statement: Statement) -> Statement:
    """A statement with what is known around it."""
    variables = statement.variables | script.variables
    rows = tuple(pair for block in script.blocks for pair in block.rows.items())
    return replace(statement, variables=variables, rows=rows, origins=statement.origins + script.origins)


def silent(script: Script, first: int, last: int, kind: str = "other") -> Statement:
    """A statement that moves no data."""
    text = script.text(min(first, len(script.tokens) - 1), max(last, first + 1))
    return here(script, Statement(text.tokens[0].line, text, kind=kind))


def missing(script: Script, first: int, last: int, reason: GapReason, detail: str) -> Statement:
    """A statement that is understood as such and not opened, with the reason in words."""
    text = script.text(first, max(last, first + 1))
    token = text.tokens[0]
    gap = Gap(reason, detail, token.line, text.char(token.start))
    return here(script, Statement(token.line, text, gap=gap, kind="other"))


def written(script: Script, first: int, last: int) -> str:
    """A stretch of the text as a message may quote it."""
    tokens = script.tokens
    return shortened(script.sql[tokens[first].start : tokens[max(last, first + 1) - 1].end + 1])


def plain_statement(script: Script, first: int, last: int) -> Statement:
    """A statement for the parser; behind a command it expects the rest as one string."""
    if first >= last:
        return silent(script, first, last)
    tokens = list(script.tokens[first:last])
    is_command = tokens[0].token_type in script.dialect.tokenizer_class.COMMANDS
    if is_command and len(tokens) > 1 and not is_insert(tokens):
        rest = tokens[1]
        text = script.sql[rest.start : tokens[-1].end + 1]
        tokens[1:] = [
            Token(TokenType.STRING, text, rest.line, rest.col, rest.start, tokens[-1].end, rest.comments)
        ]
    return here(script, _parsed(SqlTokens(script.sql, tokens), script))


def _parsed(text: SqlTokens, script: Script) -> Statement:
    return parsed(text, script.dialect, has_holes=any(made.holes for made in script.origins))


def query(script: Script, first: int, last: int) -> Statement:
    """A query, without parentheses that are around the whole of it."""
    return plain_statement(script, *unwrapped(script.tokens, first, last))


def unwrapped(tokens: Words, first: int, last: int) -> tuple[int, int]:
    """A stretch without the parentheses around it."""
    while last - first > 2 and word_at(tokens, first) == "(" and after_parens(tokens, first) == last:
        first, last = first + 1, last - 1
    return first, last


def has_query(tokens: Words, first: int, last: int) -> bool:
    """Whether an expression reads a table."""
    return any(tokens[place].token_type in (TokenType.SELECT, TokenType.FROM) for place in range(first, last))


def expression(script: Script, first: int, last: int) -> Iterator[Statement]:
    """What an expression reads; nothing where it holds no query."""
    if not has_query(script.tokens, first, last):
        return
    tokens = script.tokens
    first, last = unwrapped(tokens, first, last)
    if word_at(tokens, first) in QUERIES:
        yield replace(plain_statement(script, first, last), only_reads=True)
        return
    start = tokens[first]
    select = Token(TokenType.SELECT, "SELECT", start.line, start.col, start.start, start.start)
    text = SqlTokens(script.sql, [select, *tokens[first:last]])
    yield replace(here(script, _parsed(text, script)), only_reads=True)


def silent_or_read(script: Script, first: int, last: int, start: int | None = None) -> Statement:
    """A statement that fills no column; an expression in it, from a place on, may read tables."""
    begin = first if start is None else start
    found = next(expression(script, begin, last), None) if begin < last else None
    return found or silent(script, first, last)


def body(script: Script, place: int, read: Reader) -> Iterator[Statement]:
    """The statements in a string: those of a routine's body, or of a block to be run."""
    token = script.tokens[place]
    if script.depth >= DEEPEST_TEXT:
        yield missing(script, place, place + 1, GapReason.UNSUPPORTED, "texts are nested too deep here")
        return
    start = script.sql.find(token.text, token.start, token.end + 1) if token.text else -1
    if start < 0:
        line = token.line - script.sql.count("\n", token.start, token.end + 1)
        made = Rewritten(token.text, tuple(line + offset for offset in range(token.text.count("\n") + 1)))
        yield from inside(script, made, read)
        return
    tokens = plain_tokens(token.text, script.dialect)
    if tokens is None:
        yield missing(script, place, place + 1, GapReason.SYNTAX, "a quotation or comment has no end here")
        return
    line = script.sql.count("\n", 0, start)
    moved = [_moved(each, start, line) for each in tokens]
    yield from read(_inner(script, script.sql, moved, ()))


def _moved(token: Token, offset: int, lines: int) -> Token:
    return Token(
        token.token_type, token.text, token.line + lines, token.col, token.start + offset, token.end + offset,
        token.comments,
    )  # fmt: skip


def _inner(script: Script, sql: str, tokens: list[Token], origins: tuple[Rewritten, ...]) -> Script:
    """A reader of a text inside the text: it sees the names around it, and leaves none behind."""
    around = Block("block", 0, set(script.variables))
    for block in script.blocks:
        around.constants.update(block.constants)
    return Script(
        sql, tokens, script.dialect, script.name, 0, [around], script.routines,
        origins + script.origins, script.prepared, depth=script.depth + 1,
    )  # fmt: skip


def inside(script: Script, made: Rewritten, read: Reader) -> Iterator[Statement]:
    """The statements of a text that the script makes."""
    tokens = plain_tokens(made.text, script.dialect)
    if tokens is None:
        gap = broken_text_gap(made.text, lambda part: plain_tokens(part, script.dialect) is not None)
        text = SqlTokens(made.text, [])
        yield Statement(gap.line, text, gap=gap, origins=(made, *script.origins))
        return
    yield from read(_inner(script, made.text, tokens, (made,)))


def run(script: Script, span: tuple[int, int], pieces: Pieces, read: Reader) -> Iterator[Statement]:
    """The statements of SQL that a script runs from a string; a gap where nothing of it is known."""
    first, last = span
    if script.depth >= DEEPEST_TEXT or not is_known(pieces):
        what = "is not known here" if script.depth < DEEPEST_TEXT else "is nested too deep"
        detail = f"the SQL that `{written(script, first, last)}` runs {what}"
        yield missing(script, first, last, GapReason.DYNAMIC_SQL, detail)
        return
    made = joined(pieces, sum(len(origin.holes) for origin in script.origins))
    found = list(inside(script, made, read))
    yield from found or [silent(script, first, last)]


def ahead(script: Script, *words: str) -> int | None:
    """The next of some words in the statement that begins here."""
    return find(script.tokens, script.at + 1, words)
