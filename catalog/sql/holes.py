"""Holes of a made text among the tokens of a statement: harmless, dropped, or told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlglot.tokenizer_core import Token, TokenType

from .blocks import STRINGS, word_at
from .edges import Gap, GapReason
from .positions import SqlTokens
from .rewritten import SELF, Rewritten, hole_of

VALUE_BEFORE = frozenset(
    {TokenType.EQ, TokenType.NEQ, TokenType.LT, TokenType.LTE, TokenType.GT, TokenType.GTE, TokenType.LIMIT,
     TokenType.BETWEEN, TokenType.LIKE, TokenType.ILIKE, TokenType.INTERVAL, TokenType.OFFSET}
)  # fmt: skip
"""Signs and words behind which only a value can stand."""

OPERANDS = STRINGS | {
    TokenType.VAR, TokenType.IDENTIFIER, TokenType.NUMBER, TokenType.R_PAREN, TokenType.STAR, TokenType.END,
}  # fmt: skip
"""Tokens behind which no other name can stand, but an alias."""


def without_dangling(tokens: Sequence[Token]) -> list[Token]:
    """The tokens but for holes that stand where only more SQL can: at the end of a clause, or as an alias."""
    kept: list[Token] = []
    for token in tokens:
        is_hole = token.token_type == TokenType.VAR and hole_of(token.text) is not None
        if is_hole and kept and kept[-1].token_type in OPERANDS:
            continue
        kept.append(token)
    return kept


def hole_gaps(text: SqlTokens, made: Rewritten, told: Iterable[str]) -> Iterator[Gap]:
    """A gap for each hole that may hide columns or tables; `told` are names accounted for already."""
    said = " ".join(told).lower()
    for place, token in enumerate(text.tokens):
        index = hole_of(token.text)
        if index is None or token.token_type in STRINGS or token.text.lower() in said:
            continue
        if _is_value(text.tokens, place):
            continue
        hole = made.hole(index)
        if hole is not None and hole.written != SELF:
            detail = f"`{hole.written}` stands for SQL that is not known here"
            yield Gap(GapReason.DYNAMIC_SQL, detail, hole.line)


def _is_value(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1].token_type if place else TokenType.SEMICOLON
    if before in VALUE_BEFORE:
        return True
    if before == TokenType.AND and any(
        token.token_type == TokenType.BETWEEN for token in tokens[max(place - 6, 0) : place]
    ):
        return True
    return before == TokenType.L_PAREN and word_at(tokens, place - 2) == "IN" and (
        word_at(tokens, place + 1) in (")", ",")
    )  # fmt: skip
