"""Rows that go from table to table as they are: ALTER TABLE with SWAP, EXCHANGE, SWITCH, APPEND; streams."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from .copies import whole_table
from .effects import Effect
from .scope import Scope


def moved(scope: Scope) -> Effect | None:
    """What an ALTER TABLE moves; None where it moves nothing.

    Of a swap, only the way into the table that is altered: that is what it is done for.
    """
    found = _source_and_target(scope.walk.text.tokens)
    if found is None:
        return None
    source, target = found
    columns, opens = whole_table(source, scope)
    return Effect("alter", scope.walk.table_name(target), columns, opens=opens)


def stream(scope: Scope) -> Effect | None:
    """`CREATE STREAM s ON TABLE t`: the changes of a table, with its columns."""
    tokens = scope.walk.text.tokens
    words = [token.text.upper() for token in tokens]
    start = words.index("STREAM") + 1 if "STREAM" in words[1:4] else len(words)
    start += 3 if words[start : start + 3] == ["IF", "NOT", "EXISTS"] else 0
    name, behind = _table(tokens, start)
    source = next(
        (found for kind in ("TABLE", "VIEW") if (found := _behind(tokens, words, behind, ("ON", kind)))), None
    )
    if name is None or source is None:
        return None
    columns, opens = whole_table(source, scope)
    return Effect("create_view", scope.walk.table_name(name), columns, opens=opens)


def _source_and_target(tokens: Sequence[Token]) -> tuple[exp.Table, exp.Table] | None:
    words = [token.text.upper() for token in tokens]
    if words[:2] != ["ALTER", "TABLE"]:
        return None
    altered, behind = _table(tokens, 4 if words[2:4] == ["IF", "EXISTS"] else 2)
    verb = words[behind] if behind < len(words) else ""
    other = _behind(tokens, words, behind, OTHERS[verb]) if verb in OTHERS else None
    if altered is None or other is None:
        return None
    return (altered, other) if verb == "SWITCH" else (other, altered)


OTHERS = {
    "APPEND": ("FROM",),
    "EXCHANGE": ("WITH", "TABLE"),
    "SWAP": ("WITH",),
    "SWITCH": ("TO",),
}
"""What is done → the words before the other table."""


def _behind(
    tokens: Sequence[Token], words: list[str], start: int, wanted: tuple[str, ...]
) -> exp.Table | None:
    for place in range(start, len(words) - len(wanted)):
        if tuple(words[place : place + len(wanted)]) == wanted:
            return _table(tokens, place + len(wanted))[0]
    return None


def _table(tokens: Sequence[Token], start: int) -> tuple[exp.Table | None, int]:
    """The dotted name that stands at a place, and the place behind it."""
    parts: list[exp.Identifier] = []
    place = start
    while place < len(tokens):
        is_quoted = tokens[place].token_type == TokenType.IDENTIFIER
        parts.append(exp.Identifier(this=tokens[place].text, quoted=is_quoted))
        place += 1
        if place >= len(tokens) or tokens[place].token_type != TokenType.DOT:
            break
        place += 1
    if not parts or len(parts) > len(ROLES):
        return None, place
    return exp.Table(**dict(zip(ROLES, reversed(parts), strict=False))), place


ROLES = ("this", "db", "catalog")
