"""What YAML is read into: mappings and lists that know their places, and the values of plain words.

Values follow YAML 1.2's core rules, narrowed where a catalog would be hurt. Only `true` and `false` (also
`True`, `TRUE` and so on) are booleans: `NO`, `on` and `yes` stay text. A whole number has at most 18 digits
and no leading zero, a fraction at most 15 digits behind the point; all else that looks like a number (`007`,
`0x1F`, `12:30`, `.nan`) stays text. `2026-03-01` is a date.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from dataclasses import dataclass
from typing import Any

from ..model import Location, Origin

ORIGIN_KEY = "__origin__"
"""Key under which every mapping carries its `Origin`; a file cannot write it."""

MAY_BE_OTHER_THAN_TEXT = frozenset("-0123456789tTfFnN~")
"""First letters of plain words that may be more than text."""

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,15}(?:[eE][-+]?[0-9]{1,2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~"), None),
}


class YamlMapping(dict[str, Any]):
    """A mapping of a file. Its `Origin` is among its values, under `ORIGIN_KEY`.

    `keys_at` has `(key, line, column)` of each key as written, in order, repeated ones too.
    """

    __slots__ = ("keys_at",)

    keys_at: tuple[tuple[str, int, int], ...]

    @property
    def origin(self) -> Origin:
        """Where the mapping and its values stand."""
        origin: Origin = self[ORIGIN_KEY]
        return origin

    def key_at(self, key: str) -> Location:
        """The place of a key itself, or of the mapping where it has no such key."""
        origin = self.origin
        for name, line, column in self.keys_at:
            if name == key:
                return Location(origin.file, line, column)
        return origin.at()


class YamlList(list[Any]):
    """A list of a file. `places` has `(index, line, column)` of each item that is not a mapping."""

    __slots__ = ("places",)

    places: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class YamlTagged:
    """A value with a tag of its own (`!include`), where the reader was told to take them."""

    tag: str
    value: Any
    line: int
    column: int


def plain_value(text: str) -> object:
    """The value of text without quotes."""
    if not text or text in _WORDS:
        return _WORDS.get(text)
    if _WHOLE.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(text)
    return text


def without_origins(value: object) -> object:
    """A value as plain dicts and lists that JSON can hold: no origins, dates as text."""
    if isinstance(value, dict):
        return {key: without_origins(inner) for key, inner in value.items() if key != ORIGIN_KEY}
    if isinstance(value, list):
        return [without_origins(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
