"""Where the projections of a query stand in the text.

Most of them end in a name, whose place the parser has kept: between the comma behind one name and the next
name stands an expression. Tokens are gone through only where that does not tell.
"""

from __future__ import annotations

import re
from typing import Any

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from .positions import (
    LIST_ENDS,
    Span,
    SqlTokens,
    Words,
    anchor,
    closing,
    is_tidy,
    items,
    keyword_before,
    position,
)

COMMA = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*,(?:\s|--[^\n]*\n|/\*.*?\*/)*(?=[^\s,])", re.DOTALL)
"""What stands between two projections, comments included."""

LIST_STARTS = LIST_ENDS | {TokenType.SELECT, TokenType.COMMA}
"""What can stand to the left of the first projection's name, outside of parentheses."""


def projections(text: SqlTokens, select: exp.Expr) -> list[Words]:
    """How each projection of a query is written, its alias aside; empty where that cannot be told."""
    found = text.lists.get(id(select))
    if found is None:
        listed = select.expressions
        found = text.lists[id(select)] = _between_names(text, listed) or _by_tokens(text, listed)
    return found


def _between_names(text: SqlTokens, listed: list[exp.Expr]) -> list[Words]:
    """Each projection from the comma before it up to its name; empty where one has no name at its end."""
    sql = text.sql
    found: list[Words] = []
    line = end = -1
    for projection in listed:
        is_alias = projection.__class__ is exp.Alias
        name: Any = projection.args.get("alias" if is_alias else "this")
        place = name.meta_get("start") if name.__class__ is exp.Identifier else None
        if place is None or not (is_alias or projection.__class__ is exp.Column):
            return []
        if found:
            comma = COMMA.match(sql, end)
            start = comma.end() if comma else -1
            line += sql.count("\n", end, start)
        else:
            line, start = _start_of_list(text, place)
        end = name.meta_get("end") + 1
        written = _without_as(sql[start:place]) if is_alias else sql[start:end]
        if start < 0 or not written or not (is_alias or _begins_at(projection, start)):
            return []
        found.append((line, written if is_tidy(written) else text.cut(start, start + len(written))))
        line = name.meta_get("line")
    return found


def _begins_at(column: exp.Expr, start: int) -> bool:
    """Whether the first part of a column's name is all that stands at a place."""
    return position(column.parts[0] if isinstance(column, exp.Column) else None) == start


def _without_as(before: str) -> str:
    """The expression in what stands before its alias; empty where comments make that doubtful."""
    if "--" in before or "/*" in before or "//" in before or "#" in before:
        return ""
    written = before.rstrip()
    if written[-2:].upper() != "AS" or written[-3:-2].isalnum() or written[-3:-2] in "_$@":
        return written
    return written[:-2].rstrip()


def _start_of_list(text: SqlTokens, name: int) -> tuple[int, int]:
    """Line and place where the first projection begins, found from its name; -1 where it does not."""
    keyword = keyword_before(text, text.index(name), LIST_STARTS)
    if keyword is None or text.tokens[keyword].token_type != TokenType.SELECT:
        return -1, -1
    first = text.tokens[_after_select(text, keyword)]
    return first.line, first.start


def _by_tokens(text: SqlTokens, listed: list[exp.Expr]) -> list[Words]:
    """Each projection between commas outside of parentheses; empty where their count is another."""
    found = []
    for span, projection in zip(_spans(text, listed), listed, strict=False):
        without = _without_alias(text, span, projection)
        found.append((text.tokens[without[0]].line, text.written(without)))
    return found


def _spans(text: SqlTokens, listed: list[exp.Expr]) -> list[Span]:
    best: tuple[int, int, int] | None = None
    for index, projection in enumerate(listed):
        found = anchor(projection)
        if found and (best is None or found[1] < best[1]):
            best = *found, index
        if best and best[1] == 0:
            break
    if best is None:
        return []
    start, nested, index = best
    place = text.index(start)
    keyword = keyword_before(text, place, (TokenType.SELECT,), nested)
    spans = items(text, _after_select(text, keyword)) if keyword is not None else []
    is_right = len(spans) == len(listed) and spans[index][0] <= place <= spans[index][1]
    return spans if is_right else []


def _after_select(text: SqlTokens, keyword: int) -> int:
    """The first projection's first token: after DISTINCT, ALL, TOP n, AS STRUCT."""
    place, tokens = keyword + 1, text.tokens
    while place < len(tokens):
        word = tokens[place].text.upper()
        if tokens[place].token_type in (TokenType.DISTINCT, TokenType.ALL, TokenType.HINT):
            place += 1
        elif word == "ON" and tokens[place - 1].token_type == TokenType.DISTINCT:
            place = closing(text, place + 1) + 1
        elif word == "TOP":
            has_parens = tokens[min(place + 1, len(tokens) - 1)].token_type == TokenType.L_PAREN
            place = closing(text, place + 1) + 1 if has_parens else place + 2
        elif word == "AS":
            place += 2
        else:
            break
    return min(place, len(tokens) - 1)


def _without_alias(text: SqlTokens, span: Span, projection: exp.Expr) -> Span:
    """A projection's span less its alias, wherever that stands."""
    if not isinstance(projection, exp.Alias):
        return span
    first, last = span
    alias = position(projection.args.get("alias"))
    if alias is None or first == last:
        return span
    if text.tokens[last].start == alias:
        last -= 2 if text.tokens[last - 1].token_type == TokenType.ALIAS and last - 2 >= first else 1
    elif text.tokens[first].start == alias and last - first >= 2:
        first += 2
    return first, max(first, last)
