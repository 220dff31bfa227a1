"""Frozen values to JSON text and back, exactly: column by column, each text once.

A tuple of records becomes one list per field, so that thousands of edges are a few lists of numbers, and
reading them back is mostly the work of C. No text can name code, and what has another shape is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from itertools import chain, islice
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")

Numbers = dict[str | None, int]
"""Text → its number in the list of texts; no text is 0."""

Column = tuple[Callable[..., Any], Callable[..., Any]]
"""How the values of one field are written, and read back."""

NUMBER = frozenset({int})
TEXT = frozenset({str})
FACTS = (False, True)


def encode(records: Sequence[Record], kind: type[Record]) -> str:
    """The records as JSON.

    `kind` is a dataclass or named tuple of texts, numbers, facts, enums of texts, and tuples of those or of
    such records.
    """
    numbers: Numbers = {None: 0}
    columns = _write_records(records, numbers, kind=kind)
    return json.dumps([list(numbers)[1:], len(records), columns], separators=(",", ":"))


def decode(text: str, kind: type[Record]) -> tuple[Record, ...]:
    """The records that `encode` wrote.

    Raises:
        ValueError: the text is not of that form.
    """
    try:
        texts, count, columns = json.loads(text)
        if not TEXT.issuperset(map(type, texts)):
            raise ValueError("a text is of another type")
        return tuple(_read_records(columns, count, [None, *texts], kind=kind))
    except (TypeError, LookupError, AttributeError, RecursionError) as fault:
        raise ValueError("the shape is another") from fault


def _write_records(records: Sequence[Any], numbers: Numbers, *, kind: type) -> list[Any]:
    if not records:
        return []
    return [
        write([getattr(record, name) for record in records], numbers)
        for name, (write, _) in _columns_of(kind).items()
    ]


def _read_records(columns: list[Any], count: int, texts: Sequence[Any], *, kind: type) -> Iterable[Any]:
    if count == 0:
        return ()
    readers = _columns_of(kind).values()
    if len(columns) != len(readers):
        raise ValueError("the fields are others")
    return map(
        kind, *[read(column, count, texts) for column, (_, read) in zip(columns, readers, strict=True)]
    )


@lru_cache(maxsize=64)
def _columns_of(kind: type) -> dict[str, Column]:
    """Field → how its values are written and read."""
    return {name: _column_of(hint) for name, hint in get_type_hints(kind).items()}


def _column_of(hint: Any) -> Column:
    if get_origin(hint) is tuple:
        inner = _elements_of(get_args(hint)[0])
        return partial(_write_tuples, write=inner[0]), partial(_read_tuples, read=inner[1])
    if hint is int:
        return _write_numbers, _read_numbers
    if hint is bool:
        return _write_numbers, _read_facts
    choices = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    make = next(choice for choice in choices if issubclass(choice, str))
    is_optional = len(choices) > 1
    if issubclass(make, StrEnum):
        return _write_texts, partial(_read_choices, make=make)
    return _write_texts, partial(_read_texts, first=0 if is_optional else 1)


def _elements_of(element: Any) -> Column:
    if isinstance(element, type) and not issubclass(element, str | int):
        return partial(_write_records, kind=element), partial(_read_records, kind=element)
    return _column_of(element)


def _write_tuples(values: list[Any], numbers: Numbers, *, write: Callable[..., Any]) -> list[Any]:
    return [list(map(len, values)), write(list(chain.from_iterable(values)), numbers)]


def _read_tuples(column: Any, count: int, texts: Sequence[Any], *, read: Callable[..., Any]) -> list[Any]:
    lengths, inner = column
    _require_numbers(lengths, count, 0)
    flat = iter(read(inner, sum(lengths), texts))
    return [tuple(islice(flat, length)) for length in lengths]


def _write_numbers(values: list[Any], _numbers: Numbers) -> list[int]:
    return list(map(int, values))


def _read_numbers(column: Any, count: int, _texts: Sequence[Any]) -> list[int]:
    _require_numbers(column, count, None)
    return list(column)


def _read_facts(column: Any, count: int, _texts: Sequence[Any]) -> list[bool]:
    _require_numbers(column, count, 0)
    return list(map(FACTS.__getitem__, column))


def _write_texts(values: list[Any], numbers: Numbers) -> list[int]:
    return [numbers.setdefault(value, len(numbers)) for value in values]


def _read_texts(column: Any, count: int, texts: Sequence[Any], *, first: int) -> list[Any]:
    _require_numbers(column, count, first)
    return list(map(texts.__getitem__, column))


def _read_choices(column: Any, count: int, texts: Sequence[Any], *, make: type[StrEnum]) -> list[Any]:
    _require_numbers(column, count, 1)
    made = {number: make(texts[number]) for number in set(column)}
    return list(map(made.__getitem__, column))


def _require_numbers(column: Any, count: int, least: int | None) -> None:
    if type(column) is not list or len(column) != count:
        raise ValueError("a column has another length")
    if not NUMBER.issuperset(map(type, column)):
        raise ValueError("a column holds something else than numbers")
    if least is not None and column and min(column) < least:
        raise ValueError("a number is too small")
