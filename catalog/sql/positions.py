"""Where things stand in the text, and how they are written there.

Expressions are cut out of the source by their tokens: cheaper than writing SQL
anew, and the reader sees their own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

Span = tuple[int, int]
"""First and last token."""

Words = tuple[int, str]
"""The line on which an expression begins, and how it is written."""

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

HOLDS_TEXT = re.compile(r"['\"`$]|--|/\*|//|#")
"""What a text may hold in which spaces and line breaks count, and comments."""

ALSO_FUNCTIONS = frozenset({TokenType.LEFT, TokenType.RIGHT, TokenType.WINDOW, TokenType.SET})
"""Keywords that are ordinary names where a parenthesis follows."""


@dataclass(frozen=True, slots=True)
class SqlTokens:
    """A text and its tokens."""

    sql: str
    tokens: Sequence[Token]
    lists: dict[int, list[Words]] = field(default_factory=dict, compare=False)

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
        return self.cut(self.tokens[span[0]].start, self.tokens[span[1]].end + 1)

    def cut(self, start: int, end: int) -> str:
        """The text from one character up to another on one line, without comments."""
        whole = self.sql[start:end]
        if is_tidy(whole):
            return whole
        if not HOLDS_TEXT.search(whole):
            return _tidy(" ".join(whole.split()))
        first, last = self.index(start), self.index(end - 1)
        parts = [self.sql[self.tokens[first].start : self.tokens[first].end + 1]]
        for index in range(first + 1, last + 1):
            token, before = self.tokens[index], self.tokens[index - 1]
            parts.append(" " if token.start > before.end + 1 else "")
            parts.append(self.sql[token.start : token.end + 1])
        return _tidy("".join(parts))


def is_tidy(text: str) -> bool:
    """Whether a text can be shown as it is: one line, no comments, no loose spaces.

    Nearly all are, and short; to look for each sign in turn is quicker than a pattern.
    """
    return (
        text.isprintable()
        and "  " not in text
        and "--" not in text
        and "/*" not in text
        and "//" not in text
        and "#" not in text
        and "( " not in text
        and " )" not in text
    )


def _tidy(text: str) -> str:
    return text.replace("( ", "(").replace(" )", ")") if "( " in text or " )" in text else text


def position(node: exp.Expr | None) -> int | None:
    """Where a node's own token starts, if it has kept it."""
    start = node.meta_get("start") if node is not None else None
    return start if isinstance(start, int) else None


def anchor(node: exp.Expr) -> tuple[int, int] | None:
    """A place inside a node and how many nested queries lie between; outside of them if possible."""
    level: list[object] = [node]
    depth = 0
    while level:
        nested: list[object] = []
        while level:
            found = level.pop()
            if found.__class__ is list:
                level += found
            elif isinstance(found, exp.Select):
                nested += found.expressions
            elif isinstance(found, exp.Expr):
                start = position(found)
                if start is not None:
                    return start, depth
                level += found.args.values()
        level = nested
        depth += 1
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
    return list(each_item(text, first, ends))


def each_item(text: SqlTokens, first: int, ends: Collection[TokenType] = LIST_ENDS) -> Iterator[Span]:
    """The same one by one: whoever wants the first does not go through all."""
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
            if start < place:
                yield start, place - 1
            start = place + 1
    else:
        place = size
    if start < place:
        yield start, place - 1


def _is_end(tokens: Sequence[Token], place: int, ends: Collection[TokenType]) -> bool:
    kind = tokens[place].token_type
    if kind not in ends:
        return False
    if kind == TokenType.EXCEPT and place and tokens[place - 1].token_type == TokenType.STAR:
        return False
    followed = tokens[place + 1].token_type if place + 1 < len(tokens) else None
    return not (kind in ALSO_FUNCTIONS and followed == TokenType.L_PAREN)


def closing(text: SqlTokens, opening: int) -> int:
    """The token that closes a parenthesis."""
    depth = 0
    for place in range(opening, len(text.tokens)):
        kind = text.tokens[place].token_type
        depth += (kind in OPENING) - (kind in CLOSING)
        if depth <= 0:
            return place
    return len(text.tokens) - 1
