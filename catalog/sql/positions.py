"""Where things stand in the text, and how they are written there.

Expressions are cut out of the source by their tokens: cheaper than writing SQL
anew, and the reader sees their own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

Span = tuple[int, int]
"""First and last token."""

OPENING = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE})
CLOSING = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE})

NESTING = OPENING | CLOSING
MARKS = NESTING | {TokenType.CASE, TokenType.END, TokenType.COMMA}
"""What nests, and what separates the items of a list."""

LIST_ENDS = frozenset(
    {
        TokenType.FROM, TokenType.INTO, TokenType.WHERE, TokenType.GROUP_BY, TokenType.HAVING,
        TokenType.QUALIFY, TokenType.ORDER_BY, TokenType.LIMIT, TokenType.UNION, TokenType.INTERSECT,
        TokenType.EXCEPT, TokenType.WINDOW, TokenType.LATERAL, TokenType.SEMICOLON, TokenType.FETCH,
        TokenType.RETURNING, TokenType.PIPE_GT,
    }
)  # fmt: skip
CONDITION_ENDS = LIST_ENDS | {
    TokenType.JOIN, TokenType.LEFT, TokenType.RIGHT, TokenType.FULL, TokenType.INNER, TokenType.CROSS,
    TokenType.NATURAL, TokenType.WHEN, TokenType.THEN, TokenType.ON, TokenType.SET,
}  # fmt: skip
START = attrgetter("start")

UNTIDY = re.compile(r"[\n\r\t\f\v]|  |--|/\*|//|#|\( | \)")
"""What a text may hold that is not to be shown as it is: several lines, comments, loose spaces."""

HOLDS_TEXT = re.compile(r"['\"`$]|--|/\*|//|#")
"""What a text may hold in which spaces and line breaks count, and comments."""

ALSO_FUNCTIONS = frozenset({TokenType.LEFT, TokenType.RIGHT, TokenType.WINDOW, TokenType.SET})
"""Keywords that are ordinary names where a parenthesis follows."""


@dataclass(frozen=True, slots=True)
class SqlTokens:
    """A text and its tokens."""

    sql: str
    tokens: Sequence[Token]
    lists: dict[int, list[Span]] = field(default_factory=dict, compare=False)

    def index(self, offset: int) -> int:
        """The token that holds a character."""
        return max(bisect_right(self.tokens, offset, key=START) - 1, 0)

    def char(self, offset: int) -> int:
        """The place of a character in its line, from 1."""
        return offset - self.sql.rfind("\n", 0, offset)

    def line(self, offset: int) -> int:
        """The line of a character, from 1."""
        return self.tokens[self.index(offset)].line if self.tokens else 1

    def written(self, span: Span) -> str:
        """The text of a span on one line, without comments."""
        first, last = span
        whole = self.sql[self.tokens[first].start : self.tokens[last].end + 1]
        if not UNTIDY.search(whole):
            return whole
        if not HOLDS_TEXT.search(whole):
            return _tidy(" ".join(whole.split()))
        parts = [self.sql[self.tokens[first].start : self.tokens[first].end + 1]]
        for index in range(first + 1, last + 1):
            token, before = self.tokens[index], self.tokens[index - 1]
            parts.append(" " if token.start > before.end + 1 else "")
            parts.append(self.sql[token.start : token.end + 1])
        return _tidy("".join(parts))


def _tidy(text: str) -> str:
    return text.replace("( ", "(").replace(" )", ")") if "( " in text or " )" in text else text


def position(node: exp.Expr | None) -> int | None:
    """Where a node's own token starts, if it has kept it."""
    start = node.meta_get("start") if node is not None else None
    return start if isinstance(start, int) else None


def anchor(node: exp.Expr) -> tuple[int, int] | None:
    """A place inside a node and how many nested queries lie between; outside of them if possible."""
    stack: list[tuple[exp.Expr, int]] = [(node, 0)]
    nested: list[tuple[exp.Expr, int]] = []
    while stack or nested:
        if not stack:
            stack, nested = nested, []
        found, depth = stack.pop()
        start = position(found)
        if start is not None:
            return start, depth
        if isinstance(found, exp.Select):
            nested.extend((child, depth + 1) for child in found.expressions)
        else:
            stack.extend((child, depth) for child in found.iter_expressions(reverse=True))
    return None


def keyword_before(text: SqlTokens, index: int, kinds: Collection[TokenType], skip: int = 0) -> int | None:
    """The nearest keyword to the left outside parentheses closed since, `skip` of them passed over."""
    depth = 0
    tokens = text.tokens
    for place in range(index, -1, -1):
        kind = tokens[place].token_type
        if kind not in NESTING and kind not in kinds:
            continue
        if kind in CLOSING:
            depth += 1
        elif kind in OPENING:
            depth = max(depth - 1, 0)
        elif depth == 0 and kind in kinds:
            if not skip:
                return place
            skip -= 1
    return None


def items(text: SqlTokens, first: int, ends: Collection[TokenType] = LIST_ENDS) -> list[Span]:
    """The spans between commas from a token on, up to the clause's end."""
    found: list[Span] = []
    depth, start, place = 0, first, first
    tokens = text.tokens
    size = len(tokens)
    for place in range(first, size):
        kind = tokens[place].token_type
        if kind not in MARKS and kind not in ends:
            continue
        if depth == 0 and (kind in CLOSING or _is_end(tokens, place, ends)):
            break
        if kind in OPENING or kind == TokenType.CASE:
            depth += 1
        elif kind in CLOSING or (kind == TokenType.END and depth):
            depth -= 1
        elif kind == TokenType.COMMA and depth == 0:
            found.append((start, place - 1))
            start = place + 1
    else:
        place = size
    found.append((start, place - 1))
    return [span for span in found if span[0] <= span[1]]


def _is_end(tokens: Sequence[Token], place: int, ends: Collection[TokenType]) -> bool:
    kind = tokens[place].token_type
    if kind not in ends:
        return False
    if kind == TokenType.EXCEPT and place and tokens[place - 1].token_type == TokenType.STAR:
        return False
    followed = tokens[place + 1].token_type if place + 1 < len(tokens) else None
    return not (kind in ALSO_FUNCTIONS and followed == TokenType.L_PAREN)


def projections(text: SqlTokens, select: exp.Select) -> list[Span]:
    """The spans of a query's projections; empty where they cannot be found."""
    key = id(select)
    if key not in text.lists:
        text.lists[key] = _find_projections(text, select)
    return text.lists[key]


def _find_projections(text: SqlTokens, select: exp.Select) -> list[Span]:
    best: tuple[int, int, int] | None = None
    for index, projection in enumerate(select.expressions):
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
    is_right = len(spans) == len(select.expressions) and spans[index][0] <= place <= spans[index][1]
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
    return place


def closing(text: SqlTokens, opening: int) -> int:
    """The token that closes a parenthesis."""
    depth = 0
    for place in range(opening, len(text.tokens)):
        kind = text.tokens[place].token_type
        depth += (kind in OPENING) - (kind in CLOSING)
        if depth <= 0:
            return place
    return len(text.tokens) - 1


def without_alias(text: SqlTokens, span: Span, projection: exp.Expr) -> Span:
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
