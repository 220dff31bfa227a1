"""Words that the parser does not take, and that can be said in words it takes, at the same places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from sqlglot.tokenizer_core import Token, TokenType

from .positions import CLOSING, OPENING

MATERIALIZED_WITHIN = 5
"""Words of a CREATE among which MATERIALIZED stands."""

MADE = frozenset({"FUNCTION", "MACRO", "PROCEDURE", "RECURSIVE", "TABLE", "TRIGGER", "VIEW"})
"""What Teradata's REPLACE makes."""

PIPELINE_WORDS = frozenset({"STREAMING", "LIVE", "INCREMENTAL"})
"""What Databricks' pipelines say of a table that they refresh; how, and not what it holds."""

DATA_CLAUSES = (("WITH", "DATA"), ("WITH", "NO", "DATA"))


CHANGES = frozenset({TokenType.INSERT, TokenType.UPDATE, TokenType.DELETE, TokenType.MERGE, TokenType.WITH})

BEHIND = frozenset(
    {TokenType.FROM, TokenType.WHERE, TokenType.VALUES, TokenType.SELECT, TokenType.WITH,
     TokenType.DEFAULT, TokenType.EXECUTE, TokenType.OPTION, TokenType.INTO}
)  # fmt: skip
"""What can stand behind the list of an OUTPUT clause."""


@dataclass(frozen=True, slots=True)
class OutputClause:
    """Where an OUTPUT clause stands: its word, the end of its list, the end of its INTO."""

    start: int
    end: int
    last: int


def reworded(tokens: Sequence[Token], *, has_output: bool) -> list[Token]:
    """The tokens of a statement as the parser takes them.

    `REPLACE t …` fills a table as INSERT does; `WITH NO DATA` behind the query of a materialized view says
    when it is filled, not with what. `has_output` says that the dialect knows OUTPUT clauses.
    """
    if is_insert(tokens):
        return _inserting(tokens)
    if tokens[0].text.upper() == "LOCKING":
        return _without_lock(tokens)
    if [token.text.upper() for token in tokens[:3]] == ["CREATE", "OR", "REFRESH"]:
        return [tokens[0], *dropwhile(lambda token: token.text.upper() in PIPELINE_WORDS, tokens[3:])]
    if tokens[0].token_type == TokenType.CREATE and tokens[-1].text.upper() == "DATA":
        return _without_data_clause(tokens)
    if tokens[0].token_type == TokenType.INSERT and any(_is_directory(token) for token in tokens[1:5]):
        return _without_format(tokens)
    return without_target(tokens) if has_output else list(tokens)


def is_insert(tokens: Sequence[Token]) -> bool:
    """Whether a statement is a REPLACE that fills a table, and not one that makes something anew."""
    return len(tokens) > 1 and tokens[0].text.upper() == "REPLACE" and tokens[1].text.upper() not in MADE


def _without_lock(tokens: Sequence[Token]) -> list[Token]:
    """A request without `LOCKING … FOR ACCESS` before it, which says who must wait."""
    words = [token.text.upper() for token in tokens]
    end = next((place for place in range(1, len(words)) if words[place - 1] == "FOR"), 0)
    return list(tokens[end + 1 :]) or list(tokens)


def _inserting(tokens: Sequence[Token]) -> list[Token]:
    """INSERT INTO, whichever of the two words of REPLACE INTO are written."""
    word = tokens[0]
    insert = Token(TokenType.INSERT, "INSERT", word.line, word.col, word.start, word.end, word.comments)
    rest = list(tokens[1:])
    while rest and rest[0].text.upper() in ("LOW_PRIORITY", "DELAYED"):
        rest = rest[1:]
    into = Token(TokenType.INTO, "INTO", word.line, word.col, word.start, word.end)
    return [insert, *([] if rest and rest[0].token_type == TokenType.INTO else [into]), *rest]


def _is_directory(token: Token) -> bool:
    return token.text.upper() == "DIRECTORY"


def _without_format(tokens: Sequence[Token]) -> list[Token]:
    """INSERT into files without `USING format` and `OPTIONS (…)`, which say how they are written."""
    words = [token.text.upper() for token in tokens]
    start = next((place for place, word in enumerate(words[:8]) if word == "USING"), None)
    if start is None:
        return list(tokens)
    end = start + 2
    if words[end : end + 2] == ["OPTIONS", "("]:
        end = next((place for place in range(end, len(words)) if words[place] == ")"), end) + 1
    return [*tokens[:start], *tokens[end:]]


def _without_data_clause(tokens: Sequence[Token]) -> list[Token]:
    if not any(token.text.upper() == "MATERIALIZED" for token in tokens[:MATERIALIZED_WITHIN]):
        return list(tokens)
    for clause in DATA_CLAUSES:
        if tuple(token.text.upper() for token in tokens[-len(clause) :]) == clause:
            return list(tokens[: -len(clause)])
    return list(tokens)


def clause_of(tokens: Sequence[Token]) -> OutputClause | None:
    """The OUTPUT clause of a statement."""
    if tokens[0].token_type not in CHANGES:
        return None
    start = next((place for place, token in enumerate(tokens) if _is_output(token)), None)
    if start is None:
        return None
    end = _end_of_list(tokens, start + 1)
    if end < len(tokens) and tokens[end].token_type == TokenType.INTO:
        return OutputClause(start, end, _end_of_target(tokens, end + 1))
    return OutputClause(start, end, end)


def without_target(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with OUTPUT as the parser takes it: without INTO, and behind all else in a DELETE."""
    clause = clause_of(tokens)
    if clause is None:
        return list(tokens)
    before, output, after = tokens[: clause.start], tokens[clause.start : clause.end], tokens[clause.last :]
    parts = (before, after, output) if tokens[0].token_type == TokenType.DELETE else (before, output, after)
    return [token for part in parts for token in part]


def _is_output(token: Token) -> bool:
    return token.token_type == TokenType.RETURNING and token.text.upper() == "OUTPUT"


def _end_of_list(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for place in range(start, len(tokens)):
        kind = tokens[place].token_type
        if depth == 0 and kind in BEHIND:
            return place
        depth += (kind in OPENING) - (kind in CLOSING)
    return len(tokens)


def _end_of_target(tokens: Sequence[Token], start: int) -> int:
    """Behind a dotted name, and the list of columns that may follow it."""
    place = start
    while place < len(tokens) and tokens[place].text in ("@", "#"):
        place += 1
    place += 1
    while place + 1 < len(tokens) and tokens[place].token_type == TokenType.DOT:
        place += 2
    if place < len(tokens) and tokens[place].token_type == TokenType.L_PAREN:
        while place < len(tokens) and tokens[place].token_type not in CLOSING:
            place += 1
        place += 1
    return min(place, len(tokens))
