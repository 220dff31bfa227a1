"""SQL that a script puts together: strings joined, with what is not known of them as holes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sqlglot.tokenizer_core import Token, TokenType

from .blocks import STRINGS, Pieces, Script, Words, after_parens, held_by, word_at
from .parsing import depth_of
from .positions import CLOSING, OPENING
from .rewritten import Piece
from .syntax import shortened

JOINS = frozenset({TokenType.DPIPE, TokenType.PLUS})
"""Signs between strings that make one of them."""

DEEPEST = 50
"""Parentheses within parentheses beyond which an expression is not looked into."""

MOST_PIECES, LONGEST = 2_000, 500_000
"""Pieces and characters beyond which a text that is put together is not followed."""

PLACEHOLDER = re.compile(r"%(?:(\d+)\$)?(?:[-+ #0]*\d*(?:\.\d+)?)?([sdtTfILip%])")

Call = Callable[[list[Pieces]], Pieces]


def text_of(script: Script, first: int, last: int) -> Pieces:
    """The text that an expression makes; a part that is not known is a hole of its own."""
    if depth_of(script.tokens[first:last]) > DEEPEST:
        return _hole(script, first, last)
    return _text(script, first, last)


def _text(script: Script, first: int, last: int) -> Pieces:
    found: list[Piece] = []
    for start, end in _split(script.tokens, first, last, JOINS):
        found += _term(script, start, end)
        if len(found) > MOST_PIECES or sum(len(piece.text) for piece in found) > LONGEST:
            return _hole(script, first, last)
    return tuple(found)


def is_known(pieces: Pieces) -> bool:
    """Whether any of a text is known."""
    return any(not piece.is_hole and piece.text.strip() for piece in pieces)


def _split(tokens: Words, first: int, last: int, signs: frozenset[TokenType]) -> Iterator[tuple[int, int]]:
    """The parts of an expression between signs that stand outside parentheses."""
    depth, start = 0, first
    for place in range(first, last):
        kind = tokens[place].token_type
        depth += (kind in OPENING) - (kind in CLOSING)
        if depth == 0 and kind in signs:
            yield start, place
            start = place + 1
    yield start, last


def _term(script: Script, first: int, last: int) -> Pieces:
    tokens = script.tokens
    if first >= last:
        return ()
    token = tokens[first]
    if last - first == 1 and token.token_type in STRINGS:
        return (Piece(token.text, _first_line(script, token)),)
    if last - first == 1 and token.token_type == TokenType.NUMBER:
        return (Piece(token.text, token.line),)
    if token.token_type == TokenType.L_PAREN and after_parens(tokens, first) == last:
        return _text(script, first + 1, last - 1)
    name = _variable(tokens, first, last)
    if name:
        return held_by(script, name) or _hole(script, first, last)
    function = FUNCTIONS.get(word_at(tokens, first))
    is_call = word_at(tokens, first + 1) == "(" and after_parens(tokens, first + 1) == last
    if function is not None and is_call:
        commas = frozenset({TokenType.COMMA})
        arguments = [_text(script, start, end) for start, end in _split(tokens, first + 2, last - 1, commas)]
        return function(arguments) or _hole(script, first, last)
    return _hole(script, first, last)


def _first_line(script: Script, token: Token) -> int:
    """The line a string begins on; a token tells the one it ends on."""
    return token.line - script.sql.count("\n", token.start, token.end + 1)


def _variable(tokens: Words, first: int, last: int) -> str:
    """The name of a variable, with its sign if it has one."""
    kinds = [token.token_type for token in tokens[first:last]]
    signs = (TokenType.PARAMETER, TokenType.COLON, TokenType.PLACEHOLDER)
    while kinds and kinds[0] in signs:
        kinds, first = kinds[1:], first + 1
    if len(kinds) == 1 and kinds[0] not in STRINGS and tokens[first].text[:1].isidentifier():
        return tokens[first].text
    return tokens[first].text if len(kinds) == 1 and tokens[first].text.startswith("$") else ""


def _hole(script: Script, first: int, last: int) -> Pieces:
    tokens = script.tokens
    written = script.sql[tokens[first].start : tokens[last - 1].end + 1]
    return (Piece(shortened(written), tokens[first].line, is_hole=True),)


def _concatenated(arguments: list[Pieces]) -> Pieces:
    return tuple(piece for argument in arguments for piece in argument)


def _formatted(arguments: list[Pieces]) -> Pieces:
    """`FORMAT('… %s …', x)`, with each placeholder replaced by what stands for it."""
    template = arguments[0] if arguments else ()
    if len(template) != 1 or template[0].is_hole:
        return ()
    piece = template[0]
    found: list[Piece] = []
    end = index = 0
    for match in PLACEHOLDER.finditer(piece.text):
        found.append(_part(piece, end, match.start()))
        end = match.end()
        if match[2] == "%":
            found.append(Piece("%", piece.line))
            continue
        index = int(match[1]) if match[1] else index + 1
        if not 0 < index < len(arguments):
            return ()
        found += arguments[index]
    return (*found, _part(piece, end, len(piece.text)))


def _part(piece: Piece, start: int, end: int) -> Piece:
    return Piece(piece.text[start:end], piece.line + piece.text.count("\n", 0, start))


def _replaced(arguments: list[Pieces]) -> Pieces:
    """`REPLACE(text, 'x', y)`."""
    if len(arguments) != 3 or len(arguments[1]) != 1 or arguments[1][0].is_hole or not arguments[1][0].text:
        return ()
    sought = arguments[1][0].text
    found: list[Piece] = []
    count = sum(piece.text.count(sought) for piece in arguments[0])
    if count * len(arguments[2]) > MOST_PIECES:
        return ()
    for piece in arguments[0]:
        if piece.is_hole:
            found.append(piece)
            continue
        start = 0
        while (place := piece.text.find(sought, start)) >= 0:
            found += [_part(piece, start, place), *arguments[2]]
            start = place + len(sought)
        found.append(_part(piece, start, len(piece.text)))
    return tuple(found)


def _same(arguments: list[Pieces]) -> Pieces:
    return arguments[0] if len(arguments) == 1 else ()


FUNCTIONS: dict[str, Call] = {
    "CONCAT": _concatenated,
    "FORMAT": _formatted,
    "REPLACE": _replaced,
    "QUOTENAME": _same,
    "QUOTE_IDENT": _same,
    "TRIM": _same,
    "UPPER": _same,
    "LOWER": _same,
}
"""Functions whose result is known where their arguments are."""
