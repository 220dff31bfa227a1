"""Values of the model → short digests that are the same in every run for the same content.

Only ever written by the pickler, never read: what is digested is thrown away.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from catalog import Edge, Written

_EDGE = attrgetter(
    *("source.kind._value_", "source.name", "source.column", "target.kind._value_", "target.name"),
    *("target.column", "type._value_", "subtype._value_", "expression", "masking", "ambiguous"),
    *("location.file", "location.line", "location.column"),
)
"""All of an edge at once: half of what is digested is edges."""


def value_digest(value: object) -> str:
    """The digest of a frozen value: texts, numbers, tuples, mappings, and dataclasses and models of them.

    A set may have another digest in the next run: who compares takes equal content for changed then, never
    the other way round.
    """
    written = io.BytesIO()
    pickler = _Pickler(written, protocol=5)
    pickler.fast = True  # no references to what was written before: they tell of identity, not of content
    pickler.dump(value)
    return blake2b(written.getbuffer(), digest_size=12).hexdigest()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """A thing as its type and its fields; pydantic would add a set of those that were given."""
        if isinstance(value, Edge):
            return _told, _EDGE(value)
        if isinstance(value, Enum):
            return _told, (value._value_,)
        fields_of = _fields(type(value))  # type: ignore[arg-type]  # mypy takes the hash of its instances
        return NotImplemented if fields_of is None else (_told, (type(value).__name__, *fields_of(value)))


def _told(*parts: object) -> tuple[object, ...]:
    """Stands in what is written for the making of a thing."""
    return parts


@lru_cache(maxsize=256)
def _fields(kind: type[Any]) -> attrgetter[Any] | None:
    names: list[str] = []
    if issubclass(kind, Written):
        names = [*kind.model_fields]
    elif is_dataclass(kind):
        names = [field.name for field in fields(kind)]
    # Twice the last one, so that there always are several: of one alone a getter gives no tuple.
    return attrgetter(*names, names[-1]) if names else None
