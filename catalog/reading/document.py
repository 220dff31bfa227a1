"""YAML with a place for every value. The only reader of YAML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from ..model import Location, Misfit, Origin
from .document_faults import UnreadableError, control_character_fault, syntax_fault
from .files import decoded
from .yaml_values import MAY_BE_OTHER_THAN_TEXT, ORIGIN_KEY, YamlList, YamlMapping, YamlTagged, plain_value

MAX_EXPANDED = 5_000_000
"""Characters that the aliases of one file may stand for."""

MAX_DEPTH = 60
"""Mappings and lists inside each other."""

_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_VALUE_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "bool", "null", "timestamp"))
_COLLECTION_TAGS = frozenset({None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


@dataclass(frozen=True, slots=True)
class Documents:
    """What one YAML file holds: the root value of each of its documents, or why there is none.

    `written` has the text of values that are not text, and `ends` the end of values that run over several
    lines, both by the line and column at which the value begins. `lines` are those of the file as YAML counts
    them.
    """

    file: str
    lines: tuple[str, ...] = ()
    roots: tuple[object, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    written: dict[tuple[int, int], str] = field(default_factory=dict)
    ends: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def read_documents(content: bytes, file: str, *, takes_tags: bool = False) -> Documents:
    """The values of a YAML file. What makes the whole file unreadable is one misfit and no roots.

    With `takes_tags`, a value with an unknown tag is a `YamlTagged`; else the tag is what is wrong.
    """
    try:
        text = decoded(content)
    except UnreadableError as fault:
        return Documents(file, misfits=(fault.misfit(file),))
    # `splitlines` splits at more than YAML does, but only at characters that YAML allows in no file.
    lines = tuple(text.splitlines())
    reading = _Reading(file, _events(text), takes_tags)
    try:
        roots = _roots(reading)
    except UnreadableError as fault:
        return Documents(file, lines, misfits=(fault.misfit(file),))
    except yaml.YAMLError as error:
        return Documents(file, lines, misfits=(_syntax(error, text, lines).misfit(file),))
    misfits = tuple(reading.misfits)
    if not any(root is not None for root in roots) and not misfits:
        misfits = (Misfit("FL005", file, "the file is empty", Location(file)),)
    return Documents(file, lines, roots, misfits, reading.written, reading.ends)


def is_read_by_libyaml() -> bool:
    """Whether the C parser does the reading; the pure one is about ten times slower."""
    return bool(yaml.__with_libyaml__)


def _events(text: str) -> Callable[[], Any]:
    """The function that gives the next event of a text."""
    loader = yaml.CSafeLoader if is_read_by_libyaml() else yaml.SafeLoader
    next_event: Callable[[], Any] = loader(text).get_event
    return next_event


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A value with an anchor: its characters and levels, aliases in it expanded."""

    value: object
    characters: int
    levels: int = 0


@dataclass(slots=True)
class _Reading:
    """What is under way while one file is read."""

    file: str
    next_event: Callable[[], Any]
    takes_tags: bool = False
    anchors: dict[str, _Anchored] = field(default_factory=dict)
    # Characters that the aliases so far stand for.
    expanded: int = 0
    # Most levels so far, below the anchor under way.
    deepest: int = 0
    misfits: list[Misfit] = field(default_factory=list)
    written: dict[tuple[int, int], str] = field(default_factory=dict)
    ends: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def note(self, message: str, mark: Any, hint: str) -> None:
        place = Location(self.file, mark.line + 1, mark.column + 1)
        self.misfits.append(Misfit("FL001", self.file, message, place, hint))

    def note_repeat(self, key: str, mark: Any, keys: list[tuple[str, int, int]]) -> None:
        first = next((line, column) for name, line, column in keys if name == key)
        self.note(
            f"`{key}` is written twice in one mapping",
            mark,
            f"Keep one; the first is at {first[0]}:{first[1]}",
        )


def _roots(reading: _Reading) -> tuple[object, ...]:
    roots: list[object] = []
    while True:
        event = reading.next_event()
        if isinstance(event, StreamEndEvent):
            return tuple(roots)
        if isinstance(event, DocumentStartEvent):
            reading.anchors.clear()
            roots.append(_value(reading, reading.next_event(), 1))


def _value(reading: _Reading, event: Any, depth: int) -> object:
    """The value that begins with an event; reads on to its end."""
    kind = type(event)
    if kind is ScalarEvent:
        return _scalar(reading, event)
    if kind is AliasEvent:
        return _alias(reading, event, depth)
    if event.tag not in _COLLECTION_TAGS:
        if not reading.takes_tags:
            raise _unknown_tag(event)
        inner = _mapping if kind is MappingStartEvent else _sequence
        return YamlTagged(event.tag, inner(reading, event.start_mark, depth)[0], *_place(event))
    _go_down(reading, event, depth)
    read = _mapping if kind is MappingStartEvent else _sequence
    if not event.anchor:
        return read(reading, event.start_mark, depth)[0]
    deepest, expanded = reading.deepest, reading.expanded
    reading.deepest = depth
    value, end = read(reading, event.start_mark, depth)
    characters = end.index - event.start_mark.index + reading.expanded - expanded
    reading.anchors[event.anchor] = _Anchored(value, characters, reading.deepest - depth + 1)
    reading.deepest = max(deepest, reading.deepest)
    return value


def _go_down(reading: _Reading, event: Any, depth: int) -> None:
    """Notes that something stands so deep; raises where that is too deep for whatever walks the values."""
    if depth > MAX_DEPTH:
        message = f"lists and mappings stand more than {MAX_DEPTH} deep in each other"
        raise UnreadableError(message, _place(event), "Write it with fewer levels")
    reading.deepest = max(reading.deepest, depth)


def _mapping(reading: _Reading, start: Any, depth: int) -> tuple[YamlMapping, Any]:
    """A mapping and the mark of its end. Nearly all reading time is spent in this loop."""
    mapping = YamlMapping()
    marks: list[tuple[str, int, int]] = []
    keys: list[tuple[str, int, int]] = []
    merged: list[tuple[object, Any]] = []
    next_event = reading.next_event
    while type(event := next_event()) is not MappingEndEvent:
        key, key_mark = _key(reading, event, depth), event.start_mark
        event = next_event()
        mark = event.start_mark
        value = _scalar(reading, event) if type(event) is ScalarEvent else _value(reading, event, depth + 1)
        if key is None:
            continue
        if key == "<<":
            merged.append((value, mark))
            continue
        if key in mapping:
            reading.note_repeat(key, key_mark, keys)
        else:
            mapping[key] = value
            marks.append((key, mark.line + 1, mark.column + 1))
            if type(value) is YamlList:
                marks += [(f"{key}.{index}", line, column) for index, line, column in value.places]
        keys.append((key, key_mark.line + 1, key_mark.column + 1))
    for value, mark in merged:
        if not _merge(mapping, value, marks):
            reading.note("`<<` takes over no mapping", mark, "Name the anchor of a mapping")
    mapping.keys_at = tuple(keys)
    mapping[ORIGIN_KEY] = Origin(reading.file, start.line + 1, start.column + 1, tuple(marks))
    return mapping, event.end_mark


def _sequence(reading: _Reading, _start: Any, depth: int) -> tuple[YamlList, Any]:
    """A list and the mark of its end."""
    items = YamlList()
    places: list[tuple[int, int, int]] = []
    next_event = reading.next_event
    while type(event := next_event()) is not SequenceEndEvent:
        if type(event) is not MappingStartEvent:
            mark = event.start_mark
            places.append((len(items), mark.line + 1, mark.column + 1))
        items.append(_value(reading, event, depth + 1))
    items.places = tuple(places)
    return items, event.end_mark


def _key(reading: _Reading, event: Any, depth: int) -> str | None:
    """The text of a key; None, and a misfit, where the key is no text."""
    if type(event) is not ScalarEvent:
        value = _value(reading, event, depth + 1)
        reading.note("a key is a list or a mapping", event.start_mark, "Use text as a key")
        return value if isinstance(value, str) else None
    key: str = event.value
    if (
        event.implicit[0]
        and (not key or key[0] in MAY_BE_OTHER_THAN_TEXT)
        and not isinstance(plain_value(key), str)
    ):
        reading.note(f"the key `{key}` is not text", event.start_mark, "Put quotes round it")
        return None
    if key == ORIGIN_KEY:
        reading.note(f"the key `{key}` is reserved", event.start_mark, "Use another name")
        return None
    return key


def _merge(mapping: YamlMapping, source: object, marks: list[tuple[str, int, int]]) -> bool:
    """Takes over what `<<` points to, but for keys that the mapping has; False if that is no mapping."""
    if isinstance(source, YamlList):
        return all(_merge(mapping, each, marks) for each in source)
    if not isinstance(source, YamlMapping):
        return False
    new = source.keys() - mapping.keys() - {ORIGIN_KEY}
    mapping.update((key, value) for key, value in source.items() if key in new)
    marks += [mark for mark in source.origin.marks if mark[0] in new or mark[0].rpartition(".")[0] in new]
    return True


def _scalar(reading: _Reading, event: Any) -> object:
    text: str = event.value
    value: object = text
    start, end = event.start_mark, event.end_mark
    is_tagged = event.tag is not None and event.tag not in _TEXT_TAGS
    if is_tagged and event.tag not in _VALUE_TAGS:
        if reading.takes_tags:
            return YamlTagged(event.tag, text, *_place(event))
        raise _unknown_tag(event)
    if is_tagged or (event.implicit[0] and (not text or text[0] in MAY_BE_OTHER_THAN_TEXT)):
        value = plain_value(text)
        if value is not None and value is not text:
            reading.written[start.line + 1, start.column + 1] = text
    if start.line != end.line:
        reading.ends[start.line + 1, start.column + 1] = (end.line + 1, end.column + 1)
    if event.anchor:
        reading.anchors[event.anchor] = _Anchored(value, end.index - start.index)
    return value


def _alias(reading: _Reading, event: Any, depth: int) -> object:
    if event.anchor not in reading.anchors:
        raise UnreadableError(
            f"`*{event.anchor}` names no anchor that is complete above it",
            _place(event),
            "Put quotes round it if it is text",
        )
    anchored = reading.anchors[event.anchor]
    _go_down(reading, event, depth + anchored.levels - 1)
    reading.expanded += anchored.characters
    if reading.expanded > MAX_EXPANDED:
        message = f"its aliases stand for more than {MAX_EXPANDED:,} characters"
        raise UnreadableError(message, _place(event), "Write the values out")
    return anchored.value


def _unknown_tag(event: Any) -> UnreadableError:
    tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
    return UnreadableError(
        f"the tag `{tag}` is unknown", _place(event), "Remove it; definitions need no tags"
    )


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _syntax(error: yaml.YAMLError, text: str, lines: tuple[str, ...]) -> UnreadableError:
    """A parser's complaint in our own words."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return control_character_fault(text)
    mark = error.problem_mark
    context = error.context_mark or mark
    line = lines[mark.line] if mark.line < len(lines) else ""
    place, begun = (mark.line + 1, mark.column + 1), (context.line + 1, context.column + 1)
    return syntax_fault(error.problem or "", place, begun, line)
