"""What a page was made from: stand-ins for the values of a site that note what is asked of them.

They answer as the values themselves do. A page function sees no difference, and cannot reach anything of a
site without its being noted: a name in a mapping by itself, anything else as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import FunctionType, MethodType
from typing import Any, cast

from catalog import Catalog, Lineage, Project
from generator.pages.relations import Relations
from generator.pages.surroundings import Surroundings
from generator.site import Site

OPENED = (Surroundings, Site, Project, Catalog, Lineage, Relations)
"""Values that are looked into; of any other, a read is of the whole value."""

WHOLE = None
Read = tuple[str, Any]
"""Way from the surroundings to a value (`site.project.catalog.tables`), and the key in it or `WHOLE`."""


def watched(around: Surroundings, reads: set[Read]) -> Surroundings:
    """The surroundings, with everything that is asked of them noted in `reads`."""
    return cast(Surroundings, _Watched(around, "", reads))


def answer(around: Surroundings, read: Read) -> tuple[bool, object]:
    """What a read finds: whether there is anything, and what it is."""
    way, key = read
    value: Any = around
    for name in way.split("."):
        value = getattr(value, name, None)
    if key is WHOLE:
        return True, value
    return key in value, value.get(key)


class _Watched:
    __slots__ = ("_opened", "_reads", "_value", "_way")

    def __init__(self, value: object, way: str, reads: set[Read]) -> None:
        self._value, self._way, self._reads = value, way, reads
        self._opened: dict[str, object] = {}

    def __getattr__(self, name: str) -> Any:
        """A field of the value; its methods and properties see the stand-in, so that they are watched too."""
        if name in self._opened:
            return self._opened[name]
        own = getattr(type(self._value), name, None)
        if isinstance(own, property) and own.fget is not None:
            return own.fget(self)
        found: object
        if isinstance(own, FunctionType):
            found = MethodType(own, self)
        else:
            value, way = getattr(self._value, name), f"{self._way}{name}"
            if isinstance(value, OPENED):
                found = _Watched(value, f"{way}.", self._reads)
            elif isinstance(value, Mapping):
                found = _WatchedMapping(value, way, self._reads)
            else:
                self._reads.add((way, WHOLE))
                return value
        self._opened[name] = found
        return found


class _WatchedMapping(Mapping[Any, Any]):
    __slots__ = ("_reads", "_values", "_way")

    def __init__(self, values: Mapping[Any, Any], way: str, reads: set[Read]) -> None:
        self._values, self._way, self._reads = values, way, reads

    def __getitem__(self, key: Any) -> Any:
        self._reads.add((self._way, key))
        return self._values[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self._reads.add((self._way, key))
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._reads.add((self._way, key))
        return key in self._values

    def __iter__(self) -> Iterator[Any]:
        self._reads.add((self._way, WHOLE))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.add((self._way, WHOLE))
        return len(self._values)
