"""Values of the model → short digests that are the same in every run for the same content.

Only ever written by the pickler, never read: what is digested is thrown away.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, get_type_hints

from catalog import Edge, Node, Written

Reducer = Callable[[Any], str | tuple[Any, ...]]

_EDGE = attrgetter(
    *("source.kind._value_", "source.name", "source.column", "target.kind._value_", "target.name"),
    *("target.column", "type._value_", "subtype._value_", "expression", "masking", "ambiguous"),
    *("location.file", "location.line", "location.column"),
)
"""All of an edge at once: there are more edges than anything else."""


def value_digest(value: object) -> str:
    """The digest of a frozen value: texts, numbers, tuples, mappings, and dataclasses and models of them.

    A set may have another digest in the next run: who compares takes equal content for changed then, never
    the other way round.
    """
    if isinstance(value, dict) and isinstance(next(iter(value), None), Node):
        value = [_EDGE(edge) for edges in value.values() for edge in edges]
    written = io.BytesIO()
    pickler = pickle.Pickler(written, protocol=5)
    pickler.fast = True  # no references to what was written before: they tell of identity, not of content
    pickler.dispatch_table = _reducers()
    pickler.dump(value)
    return blake2b(written.getbuffer(), digest_size=12).hexdigest()


class _Reducers(dict[type, Reducer]):
    """How things of a type are written: as the type and the fields. Each is found when it is first met."""

    def __missing__(self, kind: type) -> Reducer:
        made = self[kind] = _reducer_of(kind)
        return made


@lru_cache(maxsize=1)
def _reducers() -> _Reducers:
    return _Reducers()


def _reducer_of(kind: type[Any]) -> Reducer:
    if kind in copyreg.dispatch_table:  # patterns: a table of our own hides the one that all share
        return copyreg.dispatch_table[kind]
    if issubclass(kind, Edge):
        return lambda value: (_told, _EDGE(value))
    if issubclass(kind, Enum):
        return lambda value: (_told, (value._value_,))
    names = _names_of(kind)
    if not names:
        raise KeyError(kind)  # for the pickler to find a way of its own
    # Twice the last one, so that there always are several: of one alone a getter gives no tuple.
    given = attrgetter(*names, names[-1])
    return lambda value: (_told, (kind.__name__, *given(value)))


def _names_of(kind: type[Any]) -> list[str]:
    """The fields of a type, to be asked for; pydantic itself would add a set of those that were given."""
    if issubclass(kind, Written):
        return [*kind.model_fields]
    if is_dataclass(kind):
        return [field.name for field in fields(kind)]
    if not issubclass(kind, tuple):
        return []
    # Of a named tuple there are thousands, and what is plain text in its enums need not be asked for twice.
    return [f"{name}._value_" if _is_enum(hint) else name for name, hint in get_type_hints(kind).items()]


def _is_enum(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _told(*parts: object) -> tuple[object, ...]:
    """Stands in what is written for the making of a thing."""
    return parts
