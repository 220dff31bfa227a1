"""Edits of YAML files: each changes what it is asked to, and leaves every other byte as it is.

New text is spliced in between the characters that are there; what stands elsewhere is never written anew.
Afterwards the file is read again, and must hold what it held before with the edits made. An edit after which
it does not (an anchor that others name, a layout nobody thought of) is left out, and told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import Location
from ..reading.document import Documents, read_documents
from ..reading.files import decoded
from ..reading.yaml_values import ORIGIN_KEY, YamlMapping, without_origins
from .splices import Splices, keys_ordered, keys_set, list_changed, name_changed, spliced
from .yaml_nodes import Indents, Place, Remarked, YamlNode, indents_of, nodes_of

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

BY_HAND = "Edit it by hand"


@dataclass(frozen=True, slots=True)
class SetKeys:
    """Keys of a mapping get values, new ones where `order` (of all keys it may have) places them."""

    at: Place
    values: Mapping[str, object]
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenameKey:
    """A key of a mapping gets another name."""

    at: Place
    key: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeItems:
    """Items leave the list under a key of a mapping, and others come in.

    `removed` are indices. `inserted` has new items by the index of the one they stand behind, -1 for the
    top. A list that loses all its items goes with its key; one that is not there is made.
    """

    at: Place
    key: str
    removed: frozenset[int] = frozenset()
    inserted: Mapping[int, tuple[object, ...]] = field(default_factory=dict)
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderKeys:
    """The keys of a mapping are put in order; those that `order` lacks come last."""

    at: Place
    order: tuple[str, ...]


Edit = SetKeys | RenameKey | ChangeItems | OrderKeys
"""`at` is where the mapping begins: the place of its origin."""


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was left as it is, and why."""

    location: Location
    message: str
    hint: str = BY_HAND


@dataclass(frozen=True, slots=True)
class Edited:
    """A file with the edits that could be made; `left` are the others."""

    content: bytes
    made: tuple[Edit, ...] = ()
    left: tuple[Left, ...] = ()


def edited(file: str, content: bytes, edits: Sequence[Edit]) -> Edited:
    """The file with edits made to it, all places as they were before. Pure."""
    documents = read_documents(content, file)
    if documents.misfits or not documents.roots:
        return Edited(content, (), _unread(file, documents))
    sheet = _Sheet(content, documents, decoded(content))
    roots = nodes_of(sheet.text)
    mappings = {node.place: node for root in roots for node in root.mappings()}
    indents = indents_of(roots)
    thought = [(edit, _splices(sheet.text, mappings.get(edit.at), edit, indents)) for edit in edits]
    sound = _sound(sheet, [], [(edit, splices) for edit, splices in thought if splices is not None])
    left = tuple(_left(file, edit) for edit in edits if not any(edit is each for each, _ in sound))
    return Edited(_with(sheet, sound) or content, tuple(edit for edit, _ in sound), left)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A file as it is: its bytes, the values in it, and its text."""

    content: bytes
    documents: Documents
    text: str


_Thought = tuple[Edit, Splices]


def _splices(text: str, node: YamlNode | None, edit: Edit, indents: Indents) -> Splices | None:
    """The splices of an edit; None where it cannot be made."""
    if node is None:
        return None
    match edit:
        case SetKeys():
            return keys_set(text, node, edit.values, edit.order, indents)
        case RenameKey():
            return name_changed(node, edit.key, edit.new, indents)
        case OrderKeys():
            return keys_ordered(text, node, edit.order)
    if node.pair(edit.key) is None:
        new = [each for index in sorted(edit.inserted) for each in edit.inserted[index]]
        return keys_set(text, node, {edit.key: new}, edit.order, indents) if new else ()
    return list_changed(text, node, edit.key, edit.removed, edit.inserted)


def _sound(sheet: _Sheet, kept: list[_Thought], more: list[_Thought]) -> list[_Thought]:
    """Those kept, and of more those after which the file still holds what it should: as many as there are."""
    if not more or _holds(sheet, [*kept, *more]):
        return [*kept, *more]
    if len(more) == 1:
        return kept
    half = len(more) // 2
    return _sound(sheet, _sound(sheet, kept, more[:half]), more[half:])


def _holds(sheet: _Sheet, thought: list[_Thought]) -> bool:
    """Whether the file with the edits holds what it held, and what they say; and nothing else."""
    content = _with(sheet, thought)
    if content is None:
        return False
    written = read_documents(content, sheet.documents.file)
    edits: dict[Place, list[Edit]] = {}
    for edit, _ in thought:
        edits.setdefault(edit.at, []).append(edit)
    made: list[Edit] = []
    expected = [_expected(root, edits, made) for root in sheet.documents.roots]
    is_once = len(made) == len({id(edit) for edit in made}) == len(thought)
    return is_once and not written.misfits and [without_origins(each) for each in written.roots] == expected


def _with(sheet: _Sheet, thought: list[_Thought]) -> bytes | None:
    """The file with the edits. Of what goes to one place the inner comes first: items, then keys."""
    inner_first = sorted(thought, key=_depth, reverse=True)
    text = spliced(sheet.text, [splice for _, splices in inner_first for splice in splices])
    mark = BYTE_ORDER_MARK if sheet.content.startswith(BYTE_ORDER_MARK) else b""
    return None if text is None else mark + text.encode("utf-8")


def _depth(thought: _Thought) -> tuple[Place, bool]:
    """Where an edit stands beside others at its place: what is inside begins later."""
    return thought[0].at, isinstance(thought[0], ChangeItems)


def _expected(value: object, edits: Mapping[Place, Sequence[Edit]], made: list[Edit]) -> object:
    """What a value should be afterwards. Notes each edit it meets, twice where its mapping stands twice."""
    if isinstance(value, YamlMapping):
        place = value.origin.at()
        plain = {key: _expected(each, edits, made) for key, each in value.items() if key != ORIGIN_KEY}
        for edit in edits.get((place.line, place.column), ()):
            made.append(edit)
            plain = _after(plain, edit)
        return plain
    if isinstance(value, list):
        return [_expected(each, edits, made) for each in value]
    return without_origins(value)


def _after(plain: dict[str, Any], edit: Edit) -> dict[str, Any]:
    match edit:
        case SetKeys():
            return {**plain, **{key: plainly(value) for key, value in edit.values.items()}}
        case RenameKey():
            return {edit.new if key == edit.key else key: value for key, value in plain.items()}
        case OrderKeys():
            return plain
    old = plain.get(edit.key, [])
    items = [plainly(each) for each in edit.inserted.get(-1, ())]
    for index, item in enumerate(old if isinstance(old, list) else []):
        items += [] if index in edit.removed else [item]
        items += [plainly(each) for each in edit.inserted.get(index, ())]
    rest = {key: value for key, value in plain.items() if key != edit.key}
    return {**rest, edit.key: items} if items else rest


def plainly(value: object) -> object:
    """A value as the reader would give it: lists for tuples, dates as text, no remarks."""
    if isinstance(value, Remarked):
        return plainly(value.value)
    if isinstance(value, Mapping):
        return {str(key): plainly(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plainly(each) for each in value]
    return without_origins(value)


def _left(file: str, edit: Edit) -> Left:
    what = {
        SetKeys: "a value here cannot be written",
        RenameKey: "a key here cannot get another name",
        ChangeItems: "the list here cannot be changed",
        OrderKeys: "the keys here cannot be put in order",
    }[type(edit)]
    return Left(Location(file, *edit.at), f"{what} without changing more than was asked")


def _unread(file: str, documents: Documents) -> tuple[Left, ...]:
    """Why a file that is not read without fault is left as it is."""
    first = next(iter(documents.misfits), None)
    if first is None:
        return (Left(Location(file), "the file is empty"),)
    return (Left(first.location, first.message, first.hint or BY_HAND),)
