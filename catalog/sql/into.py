"""Queries whose result goes into variables: they read tables and fill no column."""

from __future__ import annotations

from dataclasses import replace

from sqlglot.tokenizer_core import TokenType

from .blocks import WITHOUT_SEMICOLONS, Script, assign, find, variable_name, word_at
from .openings import here, plain_statement
from .parsing import Statement, parsed
from .positions import SqlTokens

INTO_TABLES = frozenset(
    {"postgres", "redshift", "materialize", "risingwave", "duckdb", "spark", "databricks"}
)
"""Dialects in which SELECT … INTO may make a table, if the name is not that of a variable."""

SIGNS = frozenset({TokenType.PARAMETER, TokenType.COLON, TokenType.PLACEHOLDER})


def without_into(script: Script, first: int, last: int) -> Statement | None:
    """The statement without the variables that its result goes into; None where it has none."""
    word = word_at(script.tokens, first)
    if word not in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"):
        return None
    if script.name in WITHOUT_SEMICOLONS:
        return _assigning(script, first, last)
    is_query = word in ("SELECT", "WITH")
    start = first if is_query else find(script.tokens[:last], first, ("RETURNING",))
    into = None if start is None else find(script.tokens[:last], start, ("INTO",))
    if into is None or (word == "WITH" and word_at(script.tokens, into - 1) in ("INSERT", "MERGE")):
        return None
    end, names = _targets(script, into + 1, last)
    if not names or not _are_variables(script, into, names):
        return None
    for name in names:
        assign(script, name, ())
    tokens = [*script.tokens[first:into], *script.tokens[end:last]]
    statement = here(script, parsed(SqlTokens(script.sql, tokens), script.dialect))
    return replace(statement, only_reads=is_query)


def _targets(script: Script, start: int, last: int) -> tuple[int, list[str]]:
    """The names behind INTO, and where they end."""
    tokens = script.tokens
    while word_at(tokens, start) == "STRICT":
        start += 1
    names: list[str] = []
    place = start
    while place < last:
        while place < last and tokens[place].token_type in SIGNS:
            place += 1
        if place >= last:
            break
        names.append(script.sql[tokens[place - 1].start : tokens[place].end + 1].lstrip() if (
            tokens[place - 1].token_type in SIGNS
        ) else tokens[place].text)  # fmt: skip
        place += 1
        while word_at(tokens, place) == "." and place + 1 < last:
            place += 2
        if word_at(tokens, place) != ",":
            break
        place += 1
    return min(place, last), names


def _are_variables(script: Script, into: int, names: list[str]) -> bool:
    if script.name not in INTO_TABLES or word_at(script.tokens, into - 1) == "COLLECT":
        return script.is_in_routine or script.name == "oracle" or names[0][:1] in "@:"
    known = {variable_name(name) for name in script.variables}
    return all(variable_name(name) in known for name in names)


def _assigning(script: Script, first: int, last: int) -> Statement | None:
    """T-SQL: `SELECT @x = a FROM t`."""
    tokens = script.tokens
    if word_at(tokens, first) != "SELECT" or [word_at(tokens, first + 1), word_at(tokens, first + 3)] != [
        "@",
        "=",
    ]:
        return None
    for place in range(first + 1, last - 2):
        if word_at(tokens, place) == "@" and word_at(tokens, place + 2) == "=":
            assign(script, tokens[place + 1].text, ())
    return replace(plain_statement(script, first, last), only_reads=True)
