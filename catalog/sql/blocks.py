"""Where a reader of a script stands: the tokens, the blocks around, and the names in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlglot.dialects.dialect import Dialect
from sqlglot.tokenizer_core import Token, TokenType

from .positions import CLOSING, OPENING, SqlTokens
from .rewritten import Piece, Rewritten

Words = Sequence[Token]

Pieces = tuple[Piece, ...]
"""A text that a variable holds, piece by piece; empty where it is not known."""

WITHOUT_SEMICOLONS = frozenset({"tsql", "fabric"})
"""Dialects in which a statement may begin without a semicolon behind the one before."""

STRINGS = frozenset(
    {TokenType.STRING, TokenType.RAW_STRING, TokenType.HEREDOC_STRING, TokenType.NATIONAL_STRING,
     TokenType.UNICODE_STRING}
)  # fmt: skip

QUOTED = STRINGS | {TokenType.IDENTIFIER}
"""Tokens that are no word, whatever they say."""

CONDITIONAL = frozenset({"if", "loop", "case", "catch"})
"""Kinds of blocks that need not run."""

DEEPEST_TEXT = 6
"""Texts within texts (a body, dynamic SQL in it, …) beyond which none is opened."""


@dataclass(slots=True)
class Block:
    """What is open: routine, block, if, loop, case or try. `variables` are known in it alone.

    `rows` gives the cursor that the row of a loop comes from.
    """

    kind: str
    start: int = 0
    variables: set[str] = field(default_factory=set)
    constants: dict[str, Pieces] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)

    @property
    def is_conditional(self) -> bool:
        """Whether what stands in it need not run, or may run again."""
        return self.kind in CONDITIONAL


@dataclass(slots=True)
class Script:
    """A text that is read from its first token to its last.

    `blocks` are those open, outermost first. `next_kind` is what an IF or WHILE without words around its body
    makes of the next statement; `declared` where the next BEGIN belongs to the declarations before it.
    `depth` counts the texts around this one. `routines` and `prepared` are the names defined so far.
    """

    sql: str
    tokens: Words
    dialect: Dialect
    name: str
    at: int = 0
    blocks: list[Block] = field(default_factory=lambda: [Block("text")])
    routines: set[str] = field(default_factory=set)
    origins: tuple[Rewritten, ...] = ()
    prepared: set[str] = field(default_factory=set)
    next_kind: str = ""
    depth: int = 0

    @property
    def is_in_routine(self) -> bool:
        """Whether a block is open, or the text itself is one's body."""
        return len(self.blocks) > 1 or bool(self.depth)

    @property
    def variables(self) -> frozenset[str]:
        """Every variable in sight, as written first."""
        return frozenset().union(*(block.variables for block in self.blocks))

    def word(self, ahead: int = 0) -> str:
        """The word some tokens ahead, in capitals; empty for what is quoted, and behind the end."""
        return word_at(self.tokens, self.at + ahead)

    def text(self, first: int, last: int) -> SqlTokens:
        """The tokens from one up to, without, another."""
        return SqlTokens(self.sql, self.tokens[first:last])


def word_at(tokens: Words, index: int) -> str:
    """The word of a token, in capitals; empty for what is quoted, and outside the text."""
    if not 0 <= index < len(tokens) or tokens[index].token_type in QUOTED:
        return ""
    return tokens[index].text.upper()


def is_on_new_line(tokens: Words, index: int) -> bool:
    """Whether a token is the first of its line."""
    return index == 0 or tokens[index - 1].line < tokens[index].line


def stands_alone(tokens: Words, index: int) -> bool:
    """Whether a token has its line for itself."""
    return is_on_new_line(tokens, index) and (
        index + 1 >= len(tokens) or tokens[index + 1].line > tokens[index].line
    )


def after_parens(tokens: Words, index: int) -> int:
    """The place behind a parenthesis that opens here; the same place where none does."""
    depth = 0
    for place in range(index, len(tokens)):
        kind = tokens[place].token_type
        depth += (kind in OPENING) - (kind in CLOSING)
        if depth <= 0:
            return place + 1 if place > index else index
        if kind == TokenType.SEMICOLON:
            return place
    return len(tokens)


def find(tokens: Words, start: int, words: Iterable[str], stops: Iterable[str] = (";",)) -> int | None:
    """The next of some words outside parentheses and CASE … END, before any that stops the search."""
    wanted, ends = frozenset(words), frozenset(stops)
    depth = cases = 0
    for place in range(start, len(tokens)):
        kind = tokens[place].token_type
        if kind == TokenType.SEMICOLON and ";" in ends:
            return None
        word = word_at(tokens, place)
        if kind in OPENING:
            depth += 1
        elif kind in CLOSING:
            depth = max(depth - 1, 0)
        elif depth == 0 and not cases and word in wanted:
            return place
        elif depth == 0 and not cases and word in ends:
            return None
        if word == "CASE":
            cases += 1
        elif word == "END" and cases:
            cases -= 1
    return None


def semicolon_after(tokens: Words, start: int) -> int:
    """The place of the next semicolon, or of the end."""
    for place in range(start, len(tokens)):
        if tokens[place].token_type == TokenType.SEMICOLON:
            return place
    return len(tokens)


def variable_name(name: str) -> str:
    """The name of a variable without the signs that dialects put before it, in small letters."""
    return name.lstrip("@:$").lower()


def open_block(script: Script, kind: str, variables: Iterable[str] = ()) -> None:
    """Enter a block."""
    script.blocks.append(Block(kind, script.at, set(variables)))


def close_block(script: Script, *kinds: str) -> None:
    """Leave the innermost block; what was assigned where it need not run is not known any more."""
    if len(script.blocks) < 2:
        return
    if kinds:
        places = [place for place, block in enumerate(script.blocks) if block.kind in kinds and place]
        if not places:
            return
        while len(script.blocks) - 1 > places[-1]:
            close_block(script)
    left = script.blocks.pop()
    own = {variable_name(name) for name in left.variables}
    for name, pieces in left.constants.items():
        if name not in own:
            script.blocks[-1].constants[name] = () if left.is_conditional else pieces


def close_all(script: Script) -> None:
    """Leave every block: what comes next is a new batch."""
    del script.blocks[1:]


def assign(script: Script, name: str, pieces: Pieces) -> None:
    """Remember what a variable holds from here on."""
    key = variable_name(name)
    script.blocks[-1].constants[key] = () if script.next_kind in CONDITIONAL else pieces


def held_by(script: Script, name: str) -> Pieces:
    """What a variable holds here; empty where that is not known."""
    key = variable_name(name)
    for place in range(len(script.blocks) - 1, -1, -1):
        block = script.blocks[place]
        if key in block.constants:
            return block.constants[key]
        if block.kind == "loop" and _is_assigned(script, key, block.start):
            return ()
    return ()


def _is_assigned(script: Script, name: str, start: int) -> bool:
    """Whether anything from a loop's start on assigns to a variable; it may do so before the next round."""
    tokens = script.tokens
    for place in range(start, len(tokens) - 1):
        if tokens[place].token_type in QUOTED or tokens[place].text.lower() != name:
            continue
        following = word_at(tokens, place + 1)
        is_set = word_at(tokens, place - 1) == "SET" or word_at(tokens, place - 2) == "SET"
        if following in (":=", "+=") or (following == "=" and is_set):
            return True
    return False
