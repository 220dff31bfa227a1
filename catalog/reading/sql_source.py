"""The SQL texts of definitions: in a file beside the YAML, or in the YAML itself. Reads, never parses."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..model import Location, Misfit, SqlText
from ..suggest import did_you_mean
from .document import Documents
from .document_faults import UnreadableError
from .files import is_inside, read_text

_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)+")
"""The anchor and the tag that may stand before a value."""

Read = tuple[SqlText | None, tuple[Misfit, ...]]


def names_file(sql: str) -> bool:
    """Whether the `sql:` of a table is the name of a file."""
    return re.fullmatch(r"\S.*\.sql", sql.strip(), re.IGNORECASE) is not None


def path_of(root: Path, beside: str, sql: str) -> Path:
    """The file that a definition in the file `beside` names."""
    return Path(os.path.normpath((root / beside).parent / sql.strip()))


def read_named_file(root: Path, sql: str, place: Location, subject: str) -> str | Misfit:
    """The file, relative to the root, that `sql:` at a place names."""
    path = path_of(root, place.file, sql)
    if not path.is_relative_to(root) or not is_inside(root, path):
        return Misfit(
            "FL004",
            subject,
            f"`{sql.strip()}` leads out of the project",
            place,
            "Name a file beside this one",
        )
    if path.is_file():
        return path.relative_to(root).as_posix()
    folder = path.parent
    beside = sorted(each.name for each in folder.glob("*.sql")) if folder.is_dir() else []
    hint = did_you_mean(path.name, beside, f"Create it beside `{place.file}`")
    return Misfit("FL004", subject, f"there is no file `{sql.strip()}`", place, hint)


def read_sql_file(root: Path, file: str, dialect: str, table: str | None = None) -> Read:
    """The text of a `.sql` file."""
    try:
        text = read_text(root, file)
    except UnreadableError as fault:
        return None, (fault.misfit(file),)
    if not text.strip():
        return None, (Misfit("FL005", file, "the file is empty", Location(file)),)
    return SqlText(text, Location(file, 1, 1), dialect, table), ()


def written_sql(documents: Documents, value: str, place: Location) -> tuple[str, Location]:
    """The SQL written in a YAML file, and the place of its first character.

    A text of several lines is taken as it stands in the file, without the indentation common to its lines,
    so that each of its lines and columns has its own place in the file, and `>` does not join a line to a
    comment.
    """
    lines = documents.lines
    first = lines[place.line - 1][place.column - 1 :]
    end = documents.ends.get((place.line, place.column))
    if properties := _PROPERTIES.match(first):
        first = first[properties.end() :]
        place = Location(place.file, place.line, place.column + properties.end())
    quote = first[:1] if first[:1] in ('"', "'") else ""
    if end is None:
        return value, Location(place.file, place.line, place.column + len(quote))
    if quote and _has_escapes(lines, place, end, quote):
        return value, Location(place.file, place.line, place.column + 1)
    if first[:1] in ("|", ">"):
        last_line = end[0] if end[1] > 1 else end[0] - 1
        return _dedented(list(lines[place.line : last_line]), Location(place.file, place.line + 1))
    rest = [*lines[place.line : end[0] - 1], lines[end[0] - 1][: end[1] - 1 - len(quote)]]
    padding = " " * (place.column - 1 + len(quote))
    return _dedented([padding + first[len(quote) :], *rest], Location(place.file, place.line))


def _dedented(lines: list[str], start: Location) -> tuple[str, Location]:
    """Lines that begin at the line of `start`, without blank ones around and without common indentation."""
    while lines and not lines[0].strip():
        lines, start = lines[1:], Location(start.file, start.line + 1)
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines), Location(start.file, start.line, indent + 1)


def _has_escapes(lines: tuple[str, ...], place: Location, end: tuple[int, int], quote: str) -> bool:
    source = "\n".join(lines[place.line - 1 : end[0]])
    return ("\\" if quote == '"' else "''") in source
