"""A text made from another one (a template, strings joined): where its lines stand there, and its holes.

A hole is a part that is not known. A name that cannot occur by chance, the marker, stands for it, so that
the rest can be read; in the facts the hole is told as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .edges import ColumnEdge, Gap, GapReason, IndirectEdge, OutputColumn, StatementLineage

MARKER = "hole__"
"""What every marker begins with; a number follows."""

SELF = "{{ this }}"
"""A hole that stands for the table which the text fills: nothing is lost with it."""

_FOUND = re.compile(MARKER + r"(\d+)__", re.IGNORECASE)
_CUT_OFF = re.compile(MARKER + r"\d*_?…")
_QUOTED = re.compile(r"'[^']*'")


@dataclass(frozen=True, slots=True)
class Hole:
    """A part of a text that is not known: as it was written, and its line there."""

    written: str
    line: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that stands at a line, or the hole in its place."""

    text: str
    line: int
    is_hole: bool = False


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The made text. `lines` gives for each of its lines the one in the text it was made from.

    `decisions` are line and words of what was decided without knowing enough (a branch of a template).
    Numbers of holes begin with `first`, so that those of a text within a text differ.
    """

    text: str
    lines: tuple[int, ...]
    holes: tuple[Hole, ...] = ()
    decisions: tuple[tuple[int, str], ...] = ()
    first: int = 0

    def hole(self, number: int) -> Hole | None:
        """The hole of that number, if it is one of this text."""
        index = number - self.first
        return self.holes[index] if 0 <= index < len(self.holes) else None

    @property
    def markers(self) -> tuple[str, ...]:
        """The names that stand for the holes."""
        return tuple(marker(self.first + index) for index in range(len(self.holes)))

    def line(self, made: int) -> int:
        """The line in the first text of a line in the made one."""
        return self.lines[min(max(made, 1), len(self.lines)) - 1] if self.lines else made


def marker(index: int) -> str:
    """The name that stands for a hole."""
    return f"{MARKER}{index}__"


def hole_of(text: str) -> int | None:
    """The number of the hole that a word is, or has in it."""
    found = _FOUND.search(text)
    return int(found[1]) if found else None


def joined(pieces: Iterable[Piece], first: int = 0) -> Rewritten:
    """The pieces as one text; where one begins on a later line and words allow it, the text breaks too."""
    text = ""
    lines: list[int] = []
    holes: list[Hole] = []
    parts: list[str] = []
    for piece in pieces:
        is_fresh = not text or text.endswith("\n")
        breaks = text[-1:].isspace() or piece.text[:1].isspace()
        if not is_fresh and not piece.is_hole and piece.line > lines[-1] and breaks:
            parts.append("\n")
            lines.append(piece.line)
        elif is_fresh:
            lines[-1:] = [piece.line]
        text = piece.text
        if piece.is_hole:
            text = marker(first + len(holes))
            holes.append(Hole(piece.text, piece.line))
        lines.extend(piece.line + offset for offset in range(1, text.count("\n") + 1))
        parts.append(text)
    return Rewritten("".join(parts), tuple(lines), tuple(holes), first=first)


def told(statement: StatementLineage, made: Rewritten) -> StatementLineage:
    """What is known of a statement of the made text, in the words and lines of the text it was made from."""
    gaps = [replace(gap, line=made.line(gap.line), char=1, detail=_as_written(gap.detail, made))
            for gap in statement.gaps]  # fmt: skip
    gaps += _unknown_tables(statement, made)
    return replace(
        statement,
        line=made.line(statement.line),
        reads=_known(statement.reads, made),
        writes=_known(statement.writes, made),
        outputs=tuple(_output(output, made) for output in statement.outputs),
        columns=tuple(
            _edge(edge, made) for edge in statement.columns if not _has_hole(edge.source_table, made)
        ),
        indirect=tuple(
            _indirect(edge, made) for edge in statement.indirect if not _has_hole(edge.source_table, made)
        ),
        gaps=tuple(gaps),
        unknown_columns=tuple(
            replace(miss, line=made.line(miss.line), char=1)
            for miss in statement.unknown_columns
            if not _has_hole(miss.table, made) and not _has_hole(miss.column, made)
        ),
    )


def with_decisions(statements: list[StatementLineage], made: Rewritten, start: int) -> list[StatementLineage]:
    """The statements of a made text, each with a gap for what was decided in it without knowing enough."""
    found = list(statements)
    for line, detail in made.decisions:
        gap = Gap(GapReason.DYNAMIC_SQL, detail, line)
        places = [place for place, statement in enumerate(found) if statement.line <= line]
        if not found:
            found.append(StatementLineage(start, line, "unparsed"))
        place = places[-1] if places else 0
        found[place] = replace(found[place], gaps=(*found[place].gaps, gap))
    return found


def _unknown_tables(statement: StatementLineage, made: Rewritten) -> list[Gap]:
    """A gap for each table in whose name a hole is."""
    found = []
    for name in dict.fromkeys((*statement.reads, *statement.writes)):
        number = hole_of(name)
        hole = None if number is None else made.hole(number)
        if hole is not None and hole.written != SELF:
            written = _as_written(name, made)
            detail = f"`{written}` is a table whose name is not known here"
            found.append(Gap(GapReason.DYNAMIC_SQL, detail, hole.line))
    return found


def _known(tables: Iterable[str], made: Rewritten) -> tuple[str, ...]:
    return tuple(table for table in tables if not _has_hole(table, made))


def _has_hole(name: str | None, made: Rewritten) -> bool:
    found = _FOUND.search(name) if name and made.holes else None
    return found is not None and made.hole(int(found[1])) is not None


def _is_made_of_hole(expression: str, made: Rewritten) -> bool:
    """Whether a hole stands outside the strings of an expression."""
    return _has_hole(_QUOTED.sub("", expression), made)


def _as_written(text: str, made: Rewritten) -> str:
    def written(found: re.Match[str]) -> str:
        hole = made.hole(int(found[1]))
        return found[0] if hole is None else hole.written

    return _CUT_OFF.sub("…", _FOUND.sub(written, text)) if made.holes else text


def _output(output: OutputColumn, made: Rewritten) -> OutputColumn:
    return output._replace(
        name=_as_written(output.name, made),
        expression=_as_written(output.expression, made),
        line=made.line(output.line),
        is_generated=output.is_generated and not _is_made_of_hole(output.expression, made),
    )


def _edge(edge: ColumnEdge, made: Rewritten) -> ColumnEdge:
    return edge._replace(
        source_column=_as_written(edge.source_column, made),
        target_table=None if _has_hole(edge.target_table, made) else edge.target_table,
        target_column=_as_written(edge.target_column, made),
        expression=_as_written(edge.expression, made),
        line=made.line(edge.line),
    )


def _indirect(edge: IndirectEdge, made: Rewritten) -> IndirectEdge:
    return edge._replace(
        source_column=_as_written(edge.source_column, made),
        target_table=None if _has_hole(edge.target_table, made) else edge.target_table,
        expression=_as_written(edge.expression, made),
        line=made.line(edge.line),
    )
