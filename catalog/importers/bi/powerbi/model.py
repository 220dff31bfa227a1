"""A tabular model of Power BI as values, from the JSON that `.bim` and `.pbit` hold (TMSL) and TMDL gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ....model import Location

LINE = "__line__"
"""Key under which TMDL gives the line of a thing, and `__file__` its file."""

FILE = "__file__"


@dataclass(frozen=True, slots=True)
class Member:
    """A column or measure of a table. A column has a source or an expression, a measure an expression."""

    name: str
    source: str = ""
    expression: str = ""
    is_measure: bool = False
    is_hidden: bool = False
    place: Location | None = None


@dataclass(frozen=True, slots=True)
class Partition:
    """Where rows of a table come from: `kind` is m, query, entity, calculated …, `text` M, SQL or DAX.

    Of an entity, `text` is the table's name in its database.
    """

    kind: str
    text: str
    place: Location


@dataclass(frozen=True, slots=True)
class ModelTable:
    """A table of the model."""

    name: str
    members: tuple[Member, ...]
    partitions: tuple[Partition, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A model: its tables, and queries in M that several of them use."""

    tables: tuple[ModelTable, ...]
    queries: Mapping[str, str]


def read_model(content: Mapping[str, Any], file: str) -> Model:
    """The model that a database of TMSL is; what is not as expected is left out."""
    model = _keys(content.get("model")) or content
    queries = {
        str(each.get("name")): _text(each.get("expression"))
        for each in _items(model.get("expressions"))
        if each.get("name")
    }
    return Model(tuple(_table(each, file) for each in _items(model.get("tables"))), queries)


def _table(written: Mapping[str, Any], file: str) -> ModelTable:
    members = [
        *(_member(each, file, is_measure=False) for each in _items(written.get("columns"))),
        *(_member(each, file, is_measure=True) for each in _items(written.get("measures"))),
    ]
    partitions = tuple(_partition(each, file) for each in _items(written.get("partitions")))
    is_hidden = _holds(written.get("isHidden")) or _holds(written.get("isPrivate"))
    return ModelTable(str(written.get("name") or ""), tuple(members), partitions, is_hidden)


def _member(written: Mapping[str, Any], file: str, *, is_measure: bool) -> Member:
    source = _text(written.get("sourceColumn"))
    name = str(written.get("name") or source)
    is_hidden = _holds(written.get("isHidden")) or written.get("type") == "rowNumber"
    expression = _text(written.get("expression"))
    return Member(name, source, expression, is_measure, is_hidden, _place(written, file))


def _partition(written: Mapping[str, Any], file: str) -> Partition:
    source = _keys(written.get("source"))
    kind = str(source.get("type") or written.get("type") or "")
    if kind == "entity":
        parts = (_text(source.get(key)) for key in ("schemaName", "entityName"))
        return Partition(kind, ".".join(filter(None, parts)), _place(written, file))
    text = _text(source.get("expression")) or _text(source.get("query"))
    return Partition(kind or ("query" if source.get("query") else "m"), text, _place(written, file))


def _place(written: Mapping[str, Any], file: str) -> Location:
    line = written.get(LINE)
    return Location(str(written.get(FILE) or file), line, 1) if isinstance(line, int) else Location(file)


def _text(value: Any) -> str:
    """Text that TMSL lets people write as one, or as a list of lines."""
    if isinstance(value, list):
        return "\n".join(str(line) for line in value)
    return value if isinstance(value, str) else ""


def _holds(value: Any) -> bool:
    return value is True or value == "true"


def _keys(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> Iterator[Mapping[str, Any]]:
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))
