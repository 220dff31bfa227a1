"""Keys of other tools' files, by the words of `catalog/mapping.py`: where a thing has what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..model import Location
from ..reading.yaml_values import ORIGIN_KEY, YamlMapping

STEP = re.compile(r"([^\[\]]+)(?:\[([\w-]+)=([^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of a file: a mapping under a name. `around` are the things it stands in, the nearest first."""

    name: str
    value: dict[str, Any]
    around: tuple[dict[str, Any], ...] = ()


def items_at(root: Any, place: str) -> Iterator[Item]:
    """The things at a place: of a list each mapping, of a mapping each value under its key."""
    for value, around in _reached(root, place.split("."), ()):
        if isinstance(value, list):
            for each in value:
                if isinstance(each, dict):
                    yield Item(str(each.get("name") or ""), each, around)
        elif isinstance(value, dict):
            for name, each in value.items():
                if name != ORIGIN_KEY and isinstance(each, dict):
                    yield Item(str(name), each, around)


def values_at(item: Item, keys: str | None) -> list[Any]:
    """The values of a thing under the first of its keys that says something; none where none does."""
    for key in (keys or "").split("|"):
        found = [value for value, _ in _found(item, key.strip()) if value not in (None, "", [], {})]
        if found:
            return found
    return []


def value_at(item: Item, keys: str | None) -> Any:
    """The first of those values; None where there is none."""
    return next(iter(values_at(item, keys)), None)


def text_at(item: Item, keys: str | None) -> str | None:
    """The first of those values as text; None for a list or a mapping."""
    value = value_at(item, keys)
    return None if value is None or isinstance(value, list | dict) else str(value).strip()


def place_of(item: Item, keys: str | None) -> Location | None:
    """Where the value under the first key that says something is written."""
    for key in (keys or "").split("|"):
        for value, holder in _found(item, key.strip()):
            if value not in (None, "", [], {}) and isinstance(holder, YamlMapping):
                return holder.origin.at(_last(key.strip()))
    return None


def plain_at(written: Any, path: str) -> Any:
    """The one value at the end of dotted keys; None where there is none."""
    for key in path.split("."):
        written = written.get(key) if isinstance(written, dict) else None
    return written


def _last(key: str) -> str:
    step = STEP.fullmatch(key.rpartition(".")[2])
    return step[1] if step else key


def _found(item: Item, key: str) -> Iterator[tuple[Any, Any]]:
    """Each value at a key, and the mapping that it stands in."""
    if key[:1] in ("'", '"'):
        yield key[1:-1], None
        return
    steps = key.split(".") if key else []
    start: Any = item.value
    if steps and steps[0].strip("^") == "":
        depth = len(steps.pop(0))
        start = item.around[depth - 1] if depth <= len(item.around) else None
    for holder, _ in _reached(start, steps[:-1], ()) if steps else ():
        for mapping in holder if isinstance(holder, list) else [holder]:
            for value in _step(mapping, steps[-1]):
                yield value, mapping


def _reached(
    value: Any, steps: list[str], around: tuple[dict[str, Any], ...]
) -> Iterator[tuple[Any, tuple[dict[str, Any], ...]]]:
    """What is at the end of the steps, lists on the way gone through, with the items that were entered."""
    if not steps:
        yield value, around
        return
    for each in value if isinstance(value, list) else [value]:
        entered = (each, *around) if isinstance(value, list) and isinstance(each, dict) else around
        for inner in _step(each, steps[0]):
            yield from _reached(inner, steps[1:], entered)


def _step(mapping: Any, step: str) -> Iterator[Any]:
    """The value under a key; of a list, with a condition, the items that fulfil it."""
    parts = STEP.fullmatch(step)
    if parts is None or not isinstance(mapping, dict) or mapping.get(parts[1]) is None:
        return
    value = mapping[parts[1]]
    if parts[2] is None:
        yield value
        return
    candidates = value if isinstance(value, list) else [value]
    yield [each for each in candidates if isinstance(each, dict) and _is(each.get(parts[2]), parts[3])]


def _is(value: Any, wanted: str) -> bool:
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return value is not None and written == wanted
