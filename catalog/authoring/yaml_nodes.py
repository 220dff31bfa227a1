"""YAML text → what stands where in it, and values → YAML text. The only user of ruamel.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from ruamel.yaml.scalarstring import LiteralScalarString, SingleQuotedScalarString

Place = tuple[int, int]
"""Line and column, both counted from 1."""

WIDEST = 1_000_000
"""Lines are never folded."""

READ_AS_TRUTH_ELSEWHERE = frozenset({"y", "n", "yes", "no", "on", "off"})
"""Words that are text to us and a truth value to readers of YAML 1.1."""

_COLON = re.compile(r"\s*:")


class YamlKind(Enum):
    """What a node is."""

    SCALAR = "scalar"
    MAPPING = "mapping"
    LIST = "list"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class YamlNode:
    """One value of a file: the text from `start` to `end`, without comments and blank lines behind it.

    `pairs` are key and value of each entry of a mapping, `items`
    those of a list, and `text` is the value of a scalar.
    """

    place: Place
    start: int
    end: int
    kind: YamlKind
    is_flow: bool = False
    text: str = ""
    pairs: tuple[tuple[YamlNode, YamlNode], ...] = ()
    items: tuple[YamlNode, ...] = ()

    @property
    def is_mapping(self) -> bool:
        """Whether it has keys."""
        return self.kind is YamlKind.MAPPING

    @property
    def is_alias(self) -> bool:
        """Whether it only names a value that is written elsewhere."""
        return self.kind is YamlKind.ALIAS

    @property
    def is_list(self) -> bool:
        """Whether it has items."""
        return self.kind is YamlKind.LIST

    def pair(self, key: str) -> tuple[YamlNode, YamlNode] | None:
        """The key and the value of an entry of its own; None where it has none."""
        return next((pair for pair in self.pairs if pair[0].text == key), None)

    @property
    def first(self) -> YamlNode:
        """Its first key, which stands behind an anchor or a tag; of an empty mapping, itself."""
        return self.pairs[0][0] if self.pairs else self

    def mappings(self) -> Iterator[YamlNode]:
        """Every mapping in it, itself too."""
        if self.is_mapping:
            yield self
        for inner in (*(value for _, value in self.pairs), *self.items):
            yield from inner.mappings()


@dataclass(frozen=True, slots=True)
class Indents:
    """How a file is laid out: columns that a mapping, an item and the dash before it stand in."""

    mapping: int = 2
    item: int = 4
    dash: int = 2


@dataclass(frozen=True, slots=True)
class Remarked:
    """An item of a list with a remark above it, which stays out between brackets."""

    value: object
    remark: str = ""


def nodes_of(text: str) -> tuple[YamlNode, ...]:
    """The root of each document of a text; none where it is not YAML."""
    try:
        return tuple(_roots(text, YAML(typ="safe", pure=True).parse(text)))
    except YAMLError:
        return ()


def indents_of(roots: tuple[YamlNode, ...]) -> Indents:
    """How the values of a file are laid out: as its first mapping and its first list in a mapping are."""
    found = [pair for root in roots for node in root.mappings() for pair in node.pairs]
    blocks = [(key, value) for key, value in found if not value.is_flow]
    mapping = next((value.place[1] - key.place[1] for key, value in blocks if value.is_mapping), 0)
    steps = [(key, value) for key, value in blocks if value.is_list and value.items]
    if not steps:
        return Indents(mapping or 2)
    key, values = steps[0]
    item, dash = values.items[0].place[1] - key.place[1], values.place[1] - key.place[1]
    return Indents(mapping or 2, item, dash) if item > dash >= 0 else Indents(mapping or 2)


def rendered(value: object, indents: Indents, *, is_flow: bool = False) -> str:
    """A value as YAML, without a line end behind it; with `is_flow`, on one line between brackets."""
    if is_flow:
        return _on_one_line(value)
    return _dumped(_styled(value), indents, is_flow=False)


def _on_one_line(value: object) -> str:
    """A value between brackets and braces. Mappings keep their braces, which ruamel.yaml drops in lists."""
    if isinstance(value, Remarked):
        return _on_one_line(value.value)
    if isinstance(value, Mapping):
        pairs = (f"{_on_one_line(str(key))}: {_on_one_line(inner)}" for key, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_on_one_line, value))}]"
    word = _worded(value) if isinstance(value, str) else value
    return _dumped([word], Indents(), is_flow=True)[1:-1]


def _dumped(value: object, indents: Indents, *, is_flow: bool) -> str:
    yaml = YAML(pure=True)
    yaml.width = WIDEST
    yaml.allow_unicode = True
    yaml.default_flow_style = is_flow
    yaml.indent(mapping=indents.mapping, sequence=indents.item, offset=indents.dash)
    stream = StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().removesuffix("...\n").rstrip("\n")


def _styled(value: object) -> object:
    """The value with the style of its texts: lines as they are, and nothing another reader takes for more."""
    if isinstance(value, Remarked):
        return _styled(value.value)
    if isinstance(value, Mapping):
        return {str(key): _styled(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_styled(inner) for inner in value]
    if not isinstance(value, str):
        return value
    lines = value.split("\n")
    is_block = len(lines) > 1 and all(line == line.rstrip() for line in lines)
    return LiteralScalarString(value) if is_block and lines[0] == lines[0].lstrip() else _worded(value)


def _worded(text: str) -> str:
    """A text, in quotes where another reader takes it for a truth value."""
    return SingleQuotedScalarString(text) if text.casefold() in READ_AS_TRUTH_ELSEWHERE else text


def _roots(text: str, events: Iterator[Any]) -> Iterator[YamlNode]:
    for event in events:
        if isinstance(event, DocumentStartEvent):
            yield _node(text, next(events), events)
        elif isinstance(event, StreamEndEvent):
            return


def _node(text: str, event: Any, events: Iterator[Any]) -> YamlNode:
    """The value that begins with an event; takes the events up to its end."""
    place = (event.start_mark.line + 1, event.start_mark.column + 1)
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, AliasEvent):
        return YamlNode(place, start, end, YamlKind.ALIAS)
    if isinstance(event, ScalarEvent):
        end = _end_of_block(text, start, end) if event.style in ("|", ">") else end
        return YamlNode(place, start, end, YamlKind.SCALAR, text=event.value)
    is_flow = bool(event.flow_style)
    if isinstance(event, MappingStartEvent):
        pairs, closed = _pairs(text, events)
        last = closed if is_flow or not pairs else pairs[-1][1].end
        return YamlNode(place, start, last, YamlKind.MAPPING, is_flow, pairs=pairs)
    items, closed = _items(text, events)
    last = closed if is_flow or not items else items[-1].end
    return YamlNode(place, start, last, YamlKind.LIST, is_flow, items=items)


def _pairs(text: str, events: Iterator[Any]) -> tuple[tuple[tuple[YamlNode, YamlNode], ...], int]:
    """Key and value of each entry up to the end of a mapping, and where that is closed."""
    pairs: list[tuple[YamlNode, YamlNode]] = []
    while not isinstance(event := next(events), MappingEndEvent):
        key = _node(text, event, events)
        pairs.append((key, _after_colon(text, key, _node(text, next(events), events))))
    return tuple(pairs), event.end_mark.index


def _items(text: str, events: Iterator[Any]) -> tuple[tuple[YamlNode, ...], int]:
    """The items up to the end of a list, and where that is closed."""
    items: list[YamlNode] = []
    while not isinstance(event := next(events), SequenceEndEvent):
        items.append(_node(text, event, events))
    return tuple(items), event.end_mark.index


def _end_of_block(text: str, start: int, end: int) -> int:
    """Where the last line with text of a block scalar ends; blank lines behind it belong to nobody."""
    return max(start + len(text[start:end].rstrip()), start + 1)


def _after_colon(text: str, key: YamlNode, value: YamlNode) -> YamlNode:
    """The value of a key. One of no characters stands behind the colon, wherever the next thing begins."""
    colon = _COLON.match(text, key.end)
    if value.start < value.end or colon is None:
        return value
    return YamlNode(value.place, colon.end(), colon.end(), value.kind)
