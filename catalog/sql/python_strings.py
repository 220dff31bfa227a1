"""An expression of Python → the text it makes, piece by piece, with what is not constant as holes."""

from __future__ import annotations

import ast
import io
import re
import string
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .rewritten import Piece
from .syntax import shortened

Pieces = tuple[Piece, ...]

Held = tuple[Pieces, tuple[int, ...]]
"""What a name holds, and the syntax nodes it was made of."""

PASSING = frozenset({"dedent", "cleandoc", "text", "SQL", "str", "sql"})
"""Functions that give the text they are given, as far as SQL is concerned."""

PASSING_METHODS = frozenset({"strip", "lstrip", "rstrip", "expandtabs"})

MOST_PIECES, LONGEST = 20_000, 5_000_000
"""Pieces and characters beyond which a text that is put together is not followed."""

PERCENT = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?([sdifrx%])")

PARAMETER = re.compile(r"%(?:\(\w+\))?s")
"""A value that the database is given beside the text (PEP 249, paramstyle format and pyformat)."""


class Lines:
    """The lines of a Python text."""

    def __init__(self, text: str) -> None:
        """`text` is the whole."""
        self._lines = [line.encode() for line in text.splitlines(keepends=True)]

    def segment(self, node: ast.expr) -> str:
        """A node as it is written; empty where its place is not known."""
        last = node.end_lineno or node.lineno
        lines = self._lines[node.lineno - 1 : last]
        if not lines:
            return ""
        end = node.end_col_offset or len(lines[-1])
        lines[-1] = lines[-1][:end]
        lines[0] = lines[0][node.col_offset :]
        return b"".join(lines).decode(errors="replace")


@dataclass(slots=True)
class Names:
    """What names hold, here and around."""

    own: dict[str, Held] = field(default_factory=dict)
    outer: Names | None = None

    def inner(self) -> Names:
        """The names of a block inside."""
        return Names({}, self)

    def get(self, name: str) -> Held:
        """What a name holds; nothing where that is not known."""
        place: Names | None = self
        while place is not None:
            if name in place.own:
                return place.own[name]
            place = place.outer
        return (), ()

    def forget(self, names: Iterable[str]) -> None:
        """These names may hold something else now."""
        for name in names:
            self.own[name] = (), ()


def pieces_of(node: ast.expr, names: Names, lines: Lines) -> Pieces:
    """The text of an expression; one hole where nothing of it is known, or where it is beyond measure."""
    found: list[Piece] = []
    size = 0
    for piece in _pieces(node, names, lines):
        found.append(piece)
        size += len(piece.text)
        if len(found) > MOST_PIECES or size > LONGEST:
            return (Piece("{…}", node.lineno, is_hole=True),)
    return tuple(found)


def _pieces(node: ast.expr, names: Names, lines: Lines) -> Iterator[Piece]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _constant(node, node.value, lines)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield Piece(str(node.value), node.lineno)
    elif isinstance(node, ast.JoinedStr):
        yield from _joined(node, names, lines)
    elif isinstance(node, ast.FormattedValue):
        yield from _value(node.value, names, lines)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from _pieces(node.left, names, lines)
        yield from _pieces(node.right, names, lines)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        yield from _percent(node, names, lines)
    elif isinstance(node, ast.Call):
        yield from _call(node, names, lines)
    else:
        yield from _value(node, names, lines)


def _value(node: ast.expr, names: Names, lines: Lines) -> Iterator[Piece]:
    """What a name holds, or a constant; else a hole."""
    held = names.get(node.id)[0] if isinstance(node, ast.Name) else ()
    if held:
        yield from held
    elif isinstance(node, ast.Constant | ast.JoinedStr):
        yield from _pieces(node, names, lines)
    else:
        yield Piece(f"{{{shortened(ast.unparse(node))}}}", node.lineno, is_hole=True)


def _constant(node: ast.expr, value: str, lines: Lines) -> Iterator[Piece]:
    """A string, or several side by side, each with its own line."""
    segment = lines.segment(node)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(f"({segment})").readline))
        written = [(token.start[0], token.string) for token in tokens if token.type == tokenize.STRING]
        parts = [(row, text, ast.literal_eval(text)) for row, text in written]
    except (tokenize.TokenError, SyntaxError, ValueError):
        parts = []
    if "".join(str(part) for _, _, part in parts) != value:
        yield from _by_line(value, node.lineno, segment)
        return
    for row, text, part in parts:
        yield from _by_line(str(part), node.lineno + row - 1, text)


def _by_line(value: str, line: int, written: str) -> Iterator[Piece]:
    """A text line by line; where its line breaks are not those of the file, all of it is on one line."""
    is_as_written = value.count("\n") == written.count("\n") or (
        written.count("\n") == value.count("\n") + 1 and "\\\n" in written
    )
    skipped = 1 if is_as_written and "\\\n" in written and value.count("\n") < written.count("\n") else 0
    for offset, part in enumerate(value.splitlines(keepends=True)):
        yield Piece(part, line + skipped + offset if is_as_written else line)


def _joined(node: ast.JoinedStr, names: Names, lines: Lines) -> Iterator[Piece]:
    segment = lines.segment(node)
    texts = [part.value for part in node.values if isinstance(part, ast.Constant)]
    breaks = sum(str(text).count("\n") for text in texts)
    is_as_written = breaks == segment.count("\n")
    line = node.lineno
    for part in node.values:
        if isinstance(part, ast.Constant):
            text = str(part.value)
            for offset, each in enumerate(text.splitlines(keepends=True)):
                yield Piece(each, line + offset if is_as_written else line)
            line += text.count("\n") if is_as_written else 0
        else:
            for piece in _pieces(part, names, lines):
                yield Piece(piece.text, line, is_hole=True) if piece.is_hole else piece


def _percent(node: ast.BinOp, names: Names, lines: Lines) -> Iterator[Piece]:
    """`"… %s …" % value`."""
    values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
    named = (
        {
            key.value: value
            for key, value in zip(node.right.keys, node.right.values, strict=True)
            if isinstance(key, ast.Constant)
        }
        if isinstance(node.right, ast.Dict)
        else {}
    )
    waiting = iter(values)
    for piece in _pieces(node.left, names, lines):
        if piece.is_hole:
            yield piece
            continue
        end = 0
        for match in PERCENT.finditer(piece.text):
            yield Piece(piece.text[end : match.start()], piece.line)
            end = match.end()
            value = named.get(match[1]) if match[1] else None
            if match[2] == "%":
                yield Piece("%", piece.line)
                continue
            value = value if match[1] else next(waiting, None)
            yield from _or_hole(value, match[0], piece.line, names, lines)
        yield Piece(piece.text[end:], piece.line)


def _or_hole(node: ast.expr | None, written: str, line: int, names: Names, lines: Lines) -> Iterator[Piece]:
    if node is None:
        yield Piece(written, line, is_hole=True)
        return
    for piece in _pieces(node, names, lines):
        yield Piece(piece.text, line, is_hole=True) if piece.is_hole else piece


def _call(node: ast.Call, names: Names, lines: Lines) -> Iterator[Piece]:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if isinstance(function, ast.Attribute) and name == "format":
        yield from _formatted(node, function.value, names, lines)
    elif isinstance(function, ast.Attribute) and name in PASSING_METHODS:
        yield from _pieces(function.value, names, lines)
    elif name in PASSING and node.args:
        yield from _pieces(node.args[0], names, lines)
    elif isinstance(function, ast.Attribute) and name == "join" and len(node.args) == 1:
        yield from _joined_list(node, function.value, names, lines)
    else:
        yield from _value(node, names, lines)


def _joined_list(node: ast.Call, separator: ast.expr, names: Names, lines: Lines) -> Iterator[Piece]:
    """`", ".join([…])`."""
    if not isinstance(node.args[0], ast.List | ast.Tuple):
        yield from _value(node, names, lines)
        return
    for index, part in enumerate(node.args[0].elts):
        if index:
            yield from _pieces(separator, names, lines)
        yield from _pieces(part, names, lines)


def _formatted(node: ast.Call, template: ast.expr, names: Names, lines: Lines) -> Iterator[Piece]:
    """`"… {x} …".format(x=…)`."""
    named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    count = 0
    for piece in _pieces(template, names, lines):
        if piece.is_hole:
            yield piece
            continue
        try:
            parts = list(string.Formatter().parse(piece.text))
        except ValueError:
            yield piece
            continue
        for text, wanted, _, _ in parts:
            yield Piece(text, piece.line)
            if wanted is None:
                continue
            key = wanted or str(count)
            count += not wanted
            value = node.args[int(key)] if key.isdigit() and int(key) < len(node.args) else named.get(key)
            yield from _or_hole(value, f"{{{wanted}}}", piece.line, names, lines)


def without_parameters(pieces: Pieces) -> Iterator[Piece]:
    """The pieces with `?` for values that the database is given beside the text."""
    for piece in pieces:
        is_changed = not piece.is_hole and "%" in piece.text
        yield Piece(PARAMETER.sub("?", piece.text), piece.line) if is_changed else piece
