"""What runs other statements: CALL, EXECUTE, PREPARE, DO, PERFORM, RETURN, OPEN, UNLOAD."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlglot.tokenizer_core import Token, TokenType

from .blocks import STRINGS, WITHOUT_SEMICOLONS, Script, after_parens, find, word_at
from .boundaries import end_of_statement
from .dynamic import text_of
from .edges import GapReason
from .openings import (
    body,
    expression,
    has_query,
    here,
    missing,
    plain_statement,
    query,
    run,
    silent,
    silent_or_read,
    written,
)
from .parsing import Statement, parsed
from .positions import SqlTokens

Reader = Callable[[Script], Iterator[Statement]]

QUERY_WORDS = frozenset({"SELECT", "WITH", "VALUES"})

CONTEXTS = frozenset({"AS", "CALLER"})
"""What EXECUTE may be followed by where it changes who runs the rest."""

KEPT_ELSEWHERE = frozenset({"TASK", "ALERT", "JOB", "SERVICE", "NOTEBOOK"})


def call(script: Script) -> Iterator[Statement]:
    """`CALL p(…)`: a procedure of the text is read where it stands; any other is a gap."""
    first = script.at
    script.at = end_of_statement(script, first)
    yield _called(script, (first, script.at), first + 1)


def _called(script: Script, span: tuple[int, int], place: int) -> Statement:
    first, last = span
    name = routine_name(script, place, last)
    if name.rpartition(".")[2].lower() in script.routines:
        return silent(script, first, last)
    if not name:
        return missing(
            script, first, last, GapReason.SYNTAX, f"`{written(script, first, last)}` names nothing"
        )
    detail = f"`{name}` runs statements that do not stand in this text"
    return missing(script, first, last, GapReason.UNSUPPORTED, detail)


def routine_name(script: Script, place: int, last: int) -> str:
    """The dotted name that stands at a place."""
    parts: list[str] = []
    tokens = script.tokens
    while place < last and (word_at(tokens, place) not in ("(", ";") or not parts):
        parts.append(tokens[place].text)
        if word_at(tokens, place + 1) not in (".", "-"):
            break
        parts.append(tokens[place + 1].text)
        place += 2
    return "".join(parts)


def execute(script: Script, read: Reader, end: int | None = None) -> Iterator[Statement]:
    """EXECUTE in all its meanings: SQL in a string, a prepared statement, a procedure, a task."""
    first = script.at
    last = script.at = end_of_statement(script, first) if end is None else end
    start = first + 1
    word = word_at(script.tokens, start)
    if word == "IMMEDIATE":
        yield from _run(script, (first, last), start + 1, read)
    elif script.name in WITHOUT_SEMICOLONS:
        yield from _execute_in_tsql(script, first, last, read)
    elif script.tokens[min(start, last - 1)].text.lower() in script.prepared or word in CONTEXTS:
        yield silent(script, first, last)
    elif word in KEPT_ELSEWHERE:
        yield _called(script, (first, last), start + 1)
    elif script.name == "oracle" or (not script.is_in_routine and word_at(script.tokens, start + 1) != ""):
        yield _called(script, (first, last), start)
    else:
        yield from _run(script, (first, last), start, read)


def _run(script: Script, span: tuple[int, int], start: int, read: Reader) -> Iterator[Statement]:
    """The SQL of a string up to INTO or USING."""
    first, last = span
    end = find(script.tokens[:last], start, ("INTO", "USING")) or last
    pieces = text_of(script, start, end) if start < end else ()
    is_kept = word_at(script.tokens, end) == "INTO"
    for statement in run(script, (first, last), pieces, read):
        yield replace(statement, only_reads=True) if is_kept else statement


def _execute_in_tsql(script: Script, first: int, last: int, read: Reader) -> Iterator[Statement]:
    tokens = script.tokens
    start = first + 1
    if word_at(tokens, start) == "(":
        end = min(after_parens(tokens, start), last)
        yield from run(script, (first, last), text_of(script, start + 1, end - 1), read)
        return
    if word_at(tokens, start) == "@" and word_at(tokens, start + 2) == "=":
        start += 3
    if word_at(tokens, start) in CONTEXTS:
        yield silent(script, first, last)
        return
    name = routine_name(script, start, last).lower()
    if name.rpartition(".")[2] != "sp_executesql":
        yield _called(script, (first, last), start)
        return
    begin = start + 2 * name.count(".") + 1
    if word_at(tokens, begin) == "@" and word_at(tokens, begin + 2) == "=":
        begin += 3
    end = find(tokens[:last], begin, (",",)) or last
    yield from run(script, (first, last), text_of(script, begin, end) if begin < end else (), read)


def prepare(script: Script, read: Reader) -> Iterator[Statement]:
    """`PREPARE p FROM '…'`, `PREPARE p AS …`: read here, run later."""
    first = script.at
    last = script.at = end_of_statement(script, first)
    if last - first > 1:
        script.prepared.add(script.tokens[first + 1].text.lower())
    start = find(script.tokens[:last], first, ("AS", "FROM"))
    if start is None or start + 1 >= last:
        yield silent(script, first, last)
    elif word_at(script.tokens, start) == "AS":
        yield plain_statement(script, start + 1, last)
    else:
        yield from run(script, (first, last), text_of(script, start + 1, last), read)


def unload(script: Script, read: Reader) -> Iterator[Statement]:
    """`UNLOAD (query) TO 'files'`, the query as it is or in a string: its rows leave the warehouse."""
    first = script.at
    last = script.at = end_of_statement(script, first)
    start = first + 2
    end = after_parens(script.tokens, first + 1) - 1 if word_at(script.tokens, first + 1) == "(" else first
    if not start < end < last:
        detail = f"`{written(script, first, last)}` is not opened"
        yield missing(script, first, last, GapReason.UNSUPPORTED, detail)
    elif word_at(script.tokens, start) in QUERY_WORDS:
        yield replace(query(script, start, end), kind="export")
    else:
        for statement in run(script, (first, last), text_of(script, start, end), read):
            yield replace(statement, kind="export")


def perform(script: Script) -> Iterator[Statement]:
    """`PERFORM f(x) FROM t`: a query whose result is dropped."""
    first = script.at
    last = script.at = end_of_statement(script, first)
    word = script.tokens[first]
    select = Token(TokenType.SELECT, "SELECT", word.line, word.col, word.start, word.end, word.comments)
    text = SqlTokens(script.sql, [select, *script.tokens[first + 1 : last]])
    yield replace(here(script, parsed(text, script.dialect)), only_reads=True)


def run_block(script: Script, read: Reader) -> Iterator[Statement]:
    """`DO $$ … $$`: a block in a string."""
    first = script.at
    last = script.at = end_of_statement(script, first)
    place = next((place for place in range(first, last) if script.tokens[place].token_type in STRINGS), None)
    if place is None:
        yield silent_or_read(script, first, last, first + 1)
    else:
        yield from body(script, place, read)


def return_value(script: Script, read: Reader) -> Iterator[Statement]:
    """RETURN of a query gives its rows; of anything else, a value."""
    first = script.at
    last = script.at = end_of_statement(script, first)
    start = first + 1
    if word_at(script.tokens, start) == "QUERY" and word_at(script.tokens, start + 1) == "EXECUTE":
        yield from _run(script, (first, last), start + 2, read)
        return
    if word_at(script.tokens, start) in ("QUERY", "TABLE"):
        start += 1
    inner = start
    while inner < last and word_at(script.tokens, inner) == "(":
        inner += 1
    is_whole = start == inner or after_parens(script.tokens, start) == last
    if inner < last and is_whole and word_at(script.tokens, inner) in QUERY_WORDS:
        yield query(script, start, last)
    elif has_query(script.tokens, start, last):
        yield from expression(script, start, last)
    else:
        yield silent(script, first, last)


def run_open(script: Script, read: Reader) -> Iterator[Statement]:
    """`OPEN c FOR query`, `OPEN c FOR EXECUTE '…'`, `OPEN c FOR a_string`."""
    first = script.at
    last = script.at = end_of_statement(script, first)
    start = find(script.tokens[:last], first, ("FOR",))
    if start is None or start + 1 >= last:
        yield silent(script, first, last)
    elif word_at(script.tokens, start + 1) == "EXECUTE":
        yield from _run(script, (first, last), start + 2, read)
    elif has_query(script.tokens, start, last):
        yield from expression(script, start + 1, last)
    else:
        yield from _run(script, (first, last), start + 1, read)
