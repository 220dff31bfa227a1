"""Variables of a script: declared, set, and what constant text they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlglot.tokenizer_core import TokenType

from .blocks import (
    STRINGS,
    Script,
    after_parens,
    assign,
    close_block,
    find,
    held_by,
    open_block,
    semicolon_after,
    variable_name,
    word_at,
)
from .boundaries import end_of_statement
from .dynamic import is_known, text_of
from .openings import expression, plain_statement, silent, silent_or_read
from .parsing import Statement
from .positions import CLOSING, OPENING

Span = tuple[int, int]
"""First token, and the place behind the last."""

SIGNS = frozenset({TokenType.PARAMETER, TokenType.COLON, TokenType.PLACEHOLDER})

EQUALS = (":=", "=", "DEFAULT")

SESSION_WORDS = frozenset({"SEARCH_PATH", "SCHEMA", "CATALOG", "CURRENT_SCHEMA", "ROLE", "SESSION"})
"""What SET may change that is no variable."""


def declare(script: Script) -> Iterator[Statement]:
    """`DECLARE x INT64 DEFAULT 1`, `DECLARE @a INT = 1, @t TABLE (…)`, a cursor, a handler."""
    first = script.at
    handler = find(script.tokens, first, ("HANDLER",))
    if handler is not None:
        script.at = (find(script.tokens, handler, ("FOR",)) or handler) + 1
        _skip_conditions(script)
        return
    script.at = end_of_statement(script, first)
    start = first + 1
    while word_at(script.tokens, start) in ("OR", "REPLACE", "VARIABLE", "VAR"):
        start += 1
    if script.tokens[min(start, script.at - 1)].token_type == TokenType.PARAMETER:
        yield from _declare_parameters(script, first, start)
        return
    names = _names(script, start, script.at)
    script.blocks[-1].variables.update(names)
    yield _declaration(script, (first, script.at), start, names)


def _skip_conditions(script: Script) -> None:
    """`DECLARE EXIT HANDLER FOR SQLEXCEPTION, NOT FOUND`: the statement behind runs on its own."""
    words = {"SQLEXCEPTION", "SQLWARNING", "NOT", "FOUND", "SQLSTATE", "VALUE", ","}
    while script.at < len(script.tokens) and (
        script.word() in words or script.tokens[script.at].token_type in STRINGS | {TokenType.NUMBER}
    ):
        script.at += 1


def _names(script: Script, first: int, last: int) -> list[str]:
    """The names that a declaration begins with, between commas."""
    names = []
    for place in range(first, last, 2):
        names.append(script.tokens[place].text)
        if word_at(script.tokens, place + 1) != ",":
            break
    return names


def _declare_parameters(script: Script, first: int, start: int) -> Iterator[Statement]:
    """T-SQL's list of variables; tables among them are created like any other."""
    for begin, end in _listed(script, start, script.at):
        name = _name(script, begin)
        equals = _equals(script, begin, end)
        if equals is not None:
            assign(script, name, text_of(script, equals + 1, end))
    if find(script.tokens, first, ("TABLE",)) is not None or find(script.tokens, first, ("SELECT", "FROM")):
        yield plain_statement(script, first, script.at)
    else:
        yield silent_or_read(script, first, script.at, _equals(script, first, script.at))


def _listed(script: Script, first: int, last: int) -> Iterator[Span]:
    depth, start = 0, first
    for place in range(first, last):
        kind = script.tokens[place].token_type
        depth += (kind in OPENING) - (kind in CLOSING)
        if depth == 0 and kind == TokenType.COMMA:
            if start < place:
                yield start, place
            start = place + 1
    if start < last:
        yield start, last


def _declaration(script: Script, span: Span, start: int, names: list[str]) -> Statement:
    """One declaration: what its default holds, and what it or its cursor reads."""
    first, last = span
    equals = _equals(script, start, last)
    if equals is None:
        cursor = find(script.tokens[:last], start, ("FOR", "IS"))
        found = silent_or_read(script, first, last, last if cursor is None else cursor + 1)
        return replace(found, row=names[0]) if cursor is not None and names else found
    pieces = text_of(script, equals + 1, last)
    for name in names:
        assign(script, name, pieces if is_known(pieces) else ())
    return silent_or_read(script, first, last, equals + 1)


def _equals(script: Script, first: int, last: int) -> int | None:
    return find(script.tokens[:last], first, EQUALS)


def declare_section(script: Script) -> Iterator[Statement]:
    """`DECLARE x INT; y TEXT := 'a'; BEGIN`: declarations up to the block that they belong to."""
    if script.word() == "DECLARE":
        script.at += 1
    open_block(script, "block")
    tokens = script.tokens
    while script.at < len(tokens) and script.word() not in ("BEGIN", "END"):
        first = script.at
        last = script.at = semicolon_after(tokens, first)
        script.at += 1
        start = first + (word_at(tokens, first) in ("CURSOR", "TYPE", "SUBTYPE"))
        if start >= last:
            continue
        name = tokens[start].text
        script.blocks[-1].variables.add(name)
        found = _declaration(script, (first, last), start + 1, [name])
        if found.only_reads:
            yield found
    if script.word() == "BEGIN":
        script.next_kind = "declared"
    else:
        close_block(script)


def let(script: Script) -> Iterator[Statement]:
    """Snowflake's `LET x INT := 1`, `LET c CURSOR FOR query`."""
    first = script.at
    script.at = end_of_statement(script, first)
    if script.at - first < 2:
        yield silent(script, first, script.at)
        return
    name = script.tokens[first + 1].text
    script.blocks[-1].variables.add(name)
    yield _declaration(script, (first, script.at), first + 2, [name])


def is_assignment(script: Script) -> bool:
    """Whether what begins here is `x := …`, with a path before the sign maybe."""
    place = script.at
    while place < len(script.tokens) and place < script.at + 12:
        word = word_at(script.tokens, place)
        if word == ":=":
            return place > script.at
        if word == "=" and place == script.at + 1:
            return script.is_in_routine and word_at(script.tokens, script.at) != ""
        if word in ("[", "("):
            place = after_parens(script.tokens, place)
            continue
        kind = script.tokens[place].token_type
        if kind == TokenType.SEMICOLON or word in ("SELECT", "INSERT", "FROM", "(", ","):
            return False
        place += 1
    return False


def read_assignment(script: Script) -> Iterator[Statement]:
    """`x := …`"""
    first = script.at
    script.at = end_of_statement(script, first)
    sign = _equals(script, first, script.at)
    if sign is None:
        yield plain_statement(script, first, script.at)
        return
    if sign == first + 1:
        _assign(script, script.tokens[first].text, sign + 1, script.at)
    yield silent_or_read(script, first, script.at, sign + 1)


def _assign(script: Script, name: str, first: int, last: int) -> None:
    pieces = text_of(script, first, last)
    assign(script, name, pieces if is_known(pieces) else ())


def set_variables(script: Script) -> Iterator[Statement]:
    """`SET x = …, @y = …`; a setting of the session goes to the parser."""
    first = script.at
    script.at = last = end_of_statement(script, first)
    start = first + 1
    while word_at(script.tokens, start) in ("VAR", "VARIABLE", "LOCAL", "GLOBAL"):
        start += 1
    if word_at(script.tokens, start) in SESSION_WORDS:
        yield plain_statement(script, first, last)
        return
    for begin, end in _listed(script, start, last):
        _set_one(script, begin, end)
    signs = (place for place in range(start, last) if word_at(script.tokens, place) in ("=", ":=", "+="))
    sign = next(signs, None)
    found = next(expression(script, sign + 1, last), None) if sign is not None and sign + 1 < last else None
    yield found or silent(script, first, last)


def _set_one(script: Script, first: int, last: int) -> None:
    """Remember one variable: what it holds, or that this is not known any more."""
    tokens = script.tokens
    if word_at(tokens, first) == "(":
        for place in range(first + 1, min(after_parens(tokens, first), last)):
            if word_at(tokens, place) not in (",", ")"):
                _name_and_forget(script, tokens[place].text)
        return
    sign = next((place for place in range(first, last) if word_at(tokens, place) in ("=", ":=", "+=")), None)
    adds = False
    if sign is not None and word_at(tokens, sign - 1) == "+":
        adds = True
    if sign is None or sign == first:
        return
    name = tokens[sign - 1 - adds].text
    if tokens[first].token_type != TokenType.PARAMETER and sign - adds == first + 1:
        _name_for_all(script, name)
    pieces = text_of(script, sign + 1, last)
    if adds or word_at(tokens, sign) == "+=":
        held = held_by(script, name)
        pieces = (*held, *pieces) if held else ()
    assign(script, name, pieces if is_known(pieces) else ())


def _name_for_all(script: Script, name: str) -> None:
    """A variable that was not declared here is one from outside."""
    if name not in script.variables:
        script.blocks[0].variables.add(name)


def _name_and_forget(script: Script, name: str) -> None:
    _name_for_all(script, name)
    assign(script, name, ())


def _name(script: Script, place: int) -> str:
    """The name of a variable that may have a sign before it."""
    while place < len(script.tokens) - 1 and script.tokens[place].token_type in SIGNS:
        place += 1
    return variable_name(script.tokens[place].text)
