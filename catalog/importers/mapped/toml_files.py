"""TOML with a line and column for every value, in the same form as YAML. The only reader of TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from ...model import Location, Origin
from ...reading.document_faults import UnreadableError
from ...reading.files import decoded
from ...reading.yaml_values import ORIGIN_KEY, YamlMapping

HEADER = re.compile(r"\s*\[{1,2}\s*(.+?)\s*\]{1,2}\s*(?:#.*)?$")
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=\s*""")
PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")

Places = dict[tuple[str, ...], tuple[int, int]]


def read_toml(content: bytes, file: str) -> YamlMapping:
    """The values of a TOML file; of several tables of one list, the first has the place.

    Raises:
        UnreadableError: it is no TOML.
    """
    text = decoded(content)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = PLACE.search(str(fault))
        ends = (text.count("\n") + 1, len(text) - text.rfind("\n"))
        place = (int(found[1]), int(found[2])) if found else ends
        message = "the TOML is not well formed here" if found else "the TOML breaks off"
        raise UnreadableError(message, place, "Check quotes, brackets and `=`") from None
    except RecursionError:
        raise UnreadableError(
            "the values stand too deep inside each other", hint="Leave it out with `files:`"
        ) from None
    root: YamlMapping = _placed(values, (), dict(_places(text)), file)
    return root


def written_at(lines: list[str], place: Location, value: str) -> Location:
    """The place of the first character of a text that begins at a place: behind its quotes."""
    line = lines[place.line - 1][place.column - 1 :] if 0 < place.line <= len(lines) else ""
    quotes = next((each for each in ('"' * 3, "'" * 3, '"', "'") if line.startswith(each)), "")
    if len(quotes) == 3 and not line[3:].strip():
        lines_before = len(value) - len(value.lstrip("\n"))
        return Location(place.file, place.line + 1 + lines_before, 1)
    return Location(place.file, place.line, place.column + len(quotes))


def _places(text: str) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """Dotted key → line and column of its value; of a table, of its header."""
    table: tuple[str, ...] = ()
    closing = ""
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := HEADER.match(line):
            table = _parts(header[1])
            yield table, (number, line.index("[") + 1)
        elif key := KEY.match(line):
            yield (*table, *_parts(key[1])), (number, key.end() + 1)
            closing = _left_open(line[key.end() :])


def _left_open(value: str) -> str:
    """The quotes of a text over several lines that begins here and does not end here."""
    quotes = value[:3]
    return quotes if quotes in ('"' * 3, "'" * 3) and quotes not in value[3:] else ""


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in PART.findall(key))


def _placed(value: Any, path: tuple[str, ...], places: Places, file: str) -> Any:
    """A value with the places of what is in it."""
    if isinstance(value, list):
        return [_placed(each, path, places, file) for each in value]
    if not isinstance(value, dict):
        return value
    mapping = YamlMapping({key: _placed(each, (*path, key), places, file) for key, each in value.items()})
    own = places.get(path, (1, 1))
    marks = tuple((key, *places[(*path, key)]) for key in value if (*path, key) in places)
    mapping[ORIGIN_KEY] = Origin(file, *own, marks)
    mapping.keys_at = ()
    return mapping
