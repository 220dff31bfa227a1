"""Datasets of a model → tables; one that is a query becomes a table of its own, with its SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ...model import Column, Location, Misfit, SqlText, Table
from ...reading.yaml_values import ORIGIN_KEY, YamlMapping
from ..building import built, without_empty
from ..shapes import Json, as_items, as_keys, texts_of
from .models import Model

NAME = r"(?:[\w$*-]+|\"[^\"]+\"|`[^`]+`|\[[^\]]+\])"
RELATION = re.compile(rf"{NAME}(?:\.{NAME})*")
PLAIN = re.compile(r"[`\"\[]?([\w$]+(?:\.[\w$]+)*)[`\"\]]?")

TABLE_KEYS = {"name": "name", "description": "description", "primary_key": "primary_key", "columns": "fields"}
COLUMN_KEYS = {"name": "name", "label": "label", "description": "description", "type": "datatype"}

TYPES = {"String": "STRING", "Integer": "INTEGER", "Boolean": "BOOLEAN", "Date": "DATE", "Time": "TIME"}
"""Data type → the type that it is in each dialect; what others are, differs."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of a model: its table's name, and its query where it is one."""

    name: str
    content: YamlMapping
    table: str
    query: str | None

    def columns(self, model: Model) -> dict[str, str]:
        """Field → the SQL of it."""
        return {
            str(each.get("name")): model.sql(each.get("expression")) or str(each.get("name"))
            for each in map(as_keys, as_items(self.content.get("fields")))
        }


def datasets_of(model: Model) -> dict[str, Dataset]:
    """Name → dataset, of those that say where their rows come from."""
    found: dict[str, Dataset] = {}
    for name, content in model.datasets.items():
        source = _source(model, content.get("source"))
        if source is None:
            model.lost[f"the dataset {name}, which names no source"] = None
        elif RELATION.fullmatch(source):
            found[name] = Dataset(name, content, source, None)
        else:
            stem = PurePosixPath(model.file).name.partition(".")[0]
            found[name] = Dataset(name, content, f"{stem}.{name}", source)
    return found


def read_table(model: Model, dataset: Dataset, keys: Json, misfits: list[Misfit]) -> Table | None:
    """The table behind a dataset. `keys` has, for each column, the table it is a key of."""
    content = dataset.content
    unique = {name for key in as_items(content.get("unique_keys")) for name in _sole(model, key)}
    values = {
        **model.extension(content, Table),
        **as_keys(_spoken(content)),
        "name": dataset.table,
        "description": content.get("description"),
        "primary_key": list(texts_of(content.get("primary_key"))),
        "columns": list(_columns(model, dataset, unique, keys)),
    }
    if dataset.query is not None:
        values["kind"] = "query"
        values["description"] = values["description"] or f"Query behind the dataset `{dataset.name}`."
    return built(Table, values, model.place(content, TABLE_KEYS), misfits)


def text_of(model: Model, dataset: Dataset, table: Table) -> SqlText | None:
    """The SQL of a dataset that is a query, at its place in the file."""
    if dataset.query is None:
        return None
    place = dataset.content.origin.at("source")
    return SqlText(dataset.query, Location(model.file, place.line, place.column), model.dialect, table.name)


def _source(model: Model, written: object) -> str | None:
    """Where rows come from: a name or a query, alone or in an object that says which."""
    if isinstance(written, dict):
        inner = written.get("object")
        return inner if isinstance(inner, str) else model.sql(inner)
    return written.strip() if isinstance(written, str) and written.strip() else None


def _sole(model: Model, key: object) -> tuple[str, ...]:
    """The column of a key of one column; longer ones have no place here."""
    names = texts_of(key)
    if len(names) > 1:
        model.lost["unique_keys of several columns"] = None
    return names if len(names) == 1 else ()


def _columns(model: Model, dataset: Dataset, unique: set[str], keys: Json) -> Iterator[dict[str, Any]]:
    """Those fields that are columns as they stand."""
    for content in map(as_keys, as_items(dataset.content.get("fields"))):
        name = content.get("name")
        sql = model.sql(content.get("expression")) or str(name)
        plain = PLAIN.fullmatch(sql.strip())
        if not isinstance(name, str) or plain is None:
            model.lost["fields that are computed"] = None
            continue
        column = plain[1].removeprefix(f"{dataset.name}.")
        said = {
            **model.extension(content, Column),
            **_spoken(content),
            "name": column,
            "description": content.get("description"),
        }
        own = {
            "label": content.get("label"),
            "type": TYPES.get(str(content.get("datatype"))),
            "unique": True if column in unique else None,
            "references": keys.get(column),
            ORIGIN_KEY: model.place(content, COLUMN_KEYS),
        }
        yield without_empty({**own, **without_empty(said)})


def _spoken(content: Json) -> dict[str, Any]:
    """What is said to assistants and has a place here: how to use a thing."""
    context = content.get("ai_context")
    return {"usage": as_keys(context).get("instructions")} if "fields" in content else {}


def keys_of(model: Model, datasets: dict[str, Dataset]) -> dict[str, dict[str, str]]:
    """Dataset → its columns that are keys of other tables → those tables."""
    found: dict[str, dict[str, str]] = {}
    for each in map(as_keys, as_items(model.root.get("relationships"))):
        columns = texts_of(each.get("from_columns"))
        target = datasets.get(str(each.get("to")))
        if len(columns) != 1 or target is None or str(each.get("from")) not in datasets:
            model.lost["relationships of several columns, or to no dataset"] = None
        else:
            found.setdefault(str(each["from"]), {})[columns[0]] = target.table
    return found
