"""The metadata and the schema of one table → a table with its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...model import Location, Misfit, Origin, Table
from ...reading.document import Documents
from ...reading.document_faults import UnreadableError
from ...reading.yaml_values import ORIGIN_KEY, YamlMapping, without_origins
from ...settings import ColumnKeys
from ..asked import Asked
from ..building import built, without_empty
from ..paths import plain_at
from ..teams import people_of
from .files import Remembered
from .includes import Includes

TYPES = {"RECORD": "STRUCT"}
"""Types that go by another name in SQL."""

DEEPEST = 40
"""Structs inside each other."""

Row = list[Any]
"""Of a column: dotted name, type, whether it is never null, description, line and column."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading the folders needs."""

    asked: Asked
    files: Remembered
    includes: Includes
    misfits: list[Misfit]

    @property
    def source(self) -> str:
        """What pages say of where a table was imported from."""
        return f"folders in `{self.asked.source.path}`"


def read_table(reader: Reader, folder: Path, name: str, files: frozenset[str]) -> Table | None:
    """The table of a folder."""
    layout = reader.asked.source.layout
    metadata = next((each for each in layout.metadata if each in files), None)
    schema = next((each for each in layout.columns if each in files), None)
    said, origin = _metadata(reader, folder, metadata) if metadata else ({}, None)
    if origin is None:
        first = next((each for each in (*layout.columns, *layout.sql) if each in files), "")
        origin = Origin(reader.asked.file(folder / first), source=reader.source)
    columns = _columns(reader, reader.asked.file(folder / schema)) if schema else []
    dialect = reader.asked.source.dialect
    own = dialect if dialect != reader.asked.settings.dialect else None
    return built(Table, {**said, "name": name, "dialect": own, "columns": columns}, origin, reader.misfits)


def _metadata(reader: Reader, folder: Path, name: str) -> tuple[dict[str, Any], Origin | None]:
    """What the metadata says of the table, and where."""
    file = reader.asked.file(folder / name)

    def make(documents: Documents) -> Any:
        reader.misfits.extend(documents.misfits)
        root = reader.includes.opened(documents.roots[0], file) if documents.roots else None
        if not isinstance(root, YamlMapping):
            return [{}, []]
        return [without_origins(root), [list(mark) for mark in root.origin.marks if "." not in mark[0]]]

    try:
        written, marks = reader.files.remembered(file, "metadata", make)
    except UnreadableError as fault:
        reader.misfits.append(fault.misfit(file))
        return {}, None
    places = {key: (line, column) for key, line, column in marks}
    keys = reader.asked.source.layout.metadata_keys
    paths = {field: getattr(keys, field) for field in type(keys).model_fields if field != "origin"}
    named = tuple(
        (field, *places[path.partition(".")[0]])
        for field, path in paths.items()
        if path and path.partition(".")[0] in places
    )
    values = {field: plain_at(written, path) for field, path in paths.items() if path}
    return _values(reader, values), Origin(file, 1, 1, named, reader.source)


def _values(reader: Reader, said: dict[str, Any]) -> dict[str, Any]:
    """The metadata as the model has it."""
    is_deprecated = said.pop("deprecated", None) is True
    owner, contact = people_of(said.pop("owner", None))
    labels = said.get("custom_properties")
    return {
        **{key: value for key, value in said.items() if not isinstance(value, dict)},
        "description": _words(reader, said.get("description")),
        "owner": owner,
        "contact": contact,
        "tags": _texts(said.get("tags")),
        "partitioned_by": _texts(said.get("partitioned_by")),
        "clustered_by": _texts(said.get("clustered_by")),
        "status": "deprecated" if is_deprecated else None,
        "custom_properties": labels if isinstance(labels, dict) else {},
    }


def _columns(reader: Reader, file: str) -> list[dict[str, Any]]:
    """The columns of a schema, fields of structs too, as the model has them."""
    keys = reader.asked.source.layout.column_keys

    def make(documents: Documents) -> list[Row]:
        reader.misfits.extend(documents.misfits)
        root = reader.includes.opened(documents.roots[0], file) if documents.roots else None
        fields = root.get(keys.columns) if isinstance(root, dict) else root
        return list(_rows(fields, keys, (), Location(file)))

    try:
        rows = reader.files.remembered(file, repr(keys), make)
    except UnreadableError as fault:
        reader.misfits.append(fault.misfit(file))
        return []
    return [_column(reader, row, file) for row in rows]


def _column(reader: Reader, row: Row, file: str) -> dict[str, Any]:
    name, kind, required, description, line, column = row
    origin = Origin(file, line, column, source=reader.source)
    column_values = {"name": name, "type": kind, "required": required, ORIGIN_KEY: origin}
    return without_empty({**column_values, "description": _words(reader, description)})


def _rows(fields: object, keys: ColumnKeys, path: tuple[str, ...], place: Location) -> Iterator[Row]:
    """The fields of a list and of the structs in it, each struct before what is in it."""
    for each in fields if isinstance(fields, list) and len(path) < DEEPEST else ():
        name = each.get(keys.name) if isinstance(each, dict) else None
        if not isinstance(name, str) or not name.strip():
            continue
        own = each[ORIGIN_KEY].at() if ORIGIN_KEY in each else place
        inside = (*path, name)
        mode = str(each.get(keys.mode) or "").upper()
        description = each.get(keys.description)
        text = description if isinstance(description, str) else None
        line, column = (own.line, own.column) if own.file == place.file else (0, 0)
        yield [
            ".".join(inside),
            _type(each.get(keys.type), mode),
            mode == "REQUIRED" or None,
            text,
            line,
            column,
        ]
        yield from _rows(each.get(keys.columns), keys, inside, place)


def _type(written: object, mode: str) -> str | None:
    """The type as SQL has it."""
    if not isinstance(written, str):
        return None
    kind = TYPES.get(written.upper(), written)
    return f"ARRAY<{kind}>" if mode == "REPEATED" else kind


def _words(reader: Reader, text: object) -> str | None:
    """A description that says something."""
    if not isinstance(text, str) or text.strip().startswith(reader.asked.source.layout.placeholders):
        return None
    return text


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [each for each in items if isinstance(each, str)]
