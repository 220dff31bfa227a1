"""Tables and metrics as a semantic model of Apache Ossie (formerly OSI), version 0.2.0.dev0, in YAML.

Source of the form: core-spec/ossie-schema.json of apache/ossie. What it has no key for stands in a custom
extension of ours, so that it comes back when the model is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..examples import value_expression
from ..logical_types import Kind, kind_of
from ..model import Column, Described, Metric, Table, Written
from ..naming import split_name
from ..project import Project
from ..semantic_extension import VENDOR, WRITTEN_FOR, digest_of
from ..sql import Aggregation, Dataset, over_dataset
from ..yaml_text import yaml_text
from .exporting import ExportFile, Exporting, filled

VERSION = "0.2.0.dev0"

FILE = "semantic-model.osi.yaml"

DIALECTS = {"bigquery": "BIGQUERY", "snowflake": "SNOWFLAKE", "databricks": "DATABRICKS"}
"""Dialects that Ossie knows; SQL of others is called ANSI_SQL."""

DATA_TYPES = {
    Kind.STRING: "String",
    Kind.INTEGER: "Integer",
    Kind.BOOLEAN: "Boolean",
    Kind.DATE: "Date",
    Kind.TIME: "Time",
}
"""What a number or a timestamp is, depends on the type itself."""

TIMES = frozenset({Kind.DATE, Kind.TIMESTAMP})

SAID_ELSEWHERE: dict[type[Written], frozenset[str]] = {
    Table: frozenset({"name", "description", "primary_key", "columns", "sql"}),
    Column: frozenset({"name", "description", "references"}),
    Metric: frozenset({"name", "description", "synonyms"}),
}
"""Kind of thing → the keys that the model has a place for, or that are not carried."""

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Model:
    """What is exported, and what its tables are called as datasets."""

    project: Project
    datasets: dict[str, str]

    def expression(self, sql: str, dialect: str | None = None) -> Content:
        """SQL with the name that Ossie has for its dialect."""
        spoken = DIALECTS.get(dialect or self.project.settings.dialect, "ANSI_SQL")
        return {"dialects": [{"dialect": spoken, "expression": sql}]}


def as_osi(exporting: Exporting) -> Iterator[ExportFile]:
    """One model with a dataset for each table; none where there is no table, since it must have one."""
    project = exporting.project
    model = _Model(project, _dataset_names(project))
    metrics = {name: _metric(metric, model) for name, metric in project.catalog.metrics.items()}
    notes = tuple(
        f"the metric `{name}` is not in the model: {said}"
        for name, said in metrics.items()
        if isinstance(said, str)
    )
    if not project.catalog.tables:
        yield ExportFile(FILE, yaml_text({"version": VERSION, "semantic_model": []}).encode(), notes=notes)
        return
    content = filled(
        name=_identifier(project.settings.name),
        description=project.settings.name,
        datasets=[_dataset(table, model) for table in project.catalog.tables.values()],
        relationships=list(_relationships(model)),
        metrics=[said for said in metrics.values() if not isinstance(said, str)],
    )
    text = yaml_text({"version": VERSION, "semantic_model": [content]})
    yield ExportFile(FILE, text.encode("utf-8", "replace"), notes=notes)


def _dataset(table: Table, model: _Model) -> Content:
    database = model.project.settings.database
    parts = len(split_name(table.name))
    return filled(
        name=model.datasets[table.name],
        source=f"{database}.{table.name}" if database and parts == 2 else table.name,
        primary_key=list(table.primary_key),
        unique_keys=[[column.name] for column in table.columns if column.unique],
        description=table.description or table.summary,
        ai_context=filled(instructions=table.usage),
        fields=[_field(table, column, model) for column in table.columns],
        custom_extensions=_extension(table),
    )


def _field(table: Table, column: Column, model: _Model) -> Content:
    kind = kind_of(column.type)
    return filled(
        name=column.name,
        expression=model.expression(column.name, table.dialect),
        dimension={"is_time": True} if kind in TIMES else None,
        label=column.label,
        description=column.description,
        datatype=_data_type(column.type, kind),
        custom_extensions=_extension(column),
    )


def _data_type(written: str | None, kind: Kind | None) -> str | None:
    """The logical type; None where the type of the warehouse does not tell."""
    word = (written or "").upper()
    if kind is Kind.NUMBER:
        return "Float" if re.match(r"FLOAT|DOUBLE|REAL", word) else "Decimal"
    if kind is Kind.TIMESTAMP:
        is_open = re.fullmatch(r"TIMESTAMP(?:\(\d+\))?", word)
        return None if is_open else "DateTimeTz" if re.search(r"TZ|LTZ|WITH", word) else "DateTime"
    return DATA_TYPES.get(kind) if kind else None


def _relationships(model: _Model) -> Iterator[Content]:
    """Keys of other tables, where those have a primary key of one column."""
    tables = model.project.catalog.tables
    for table in tables.values():
        for column in table.columns:
            other = tables.get(column.references or "")
            if other is not None and len(other.primary_key) == 1:
                source, target = model.datasets[table.name], model.datasets[other.name]
                yield {
                    "name": f"{source}__{_identifier(column.name)}__{target}",
                    "from": source,
                    "to": target,
                    "from_columns": [column.name],
                    "to_columns": list(other.primary_key),
                }


def _metric(metric: Metric, model: _Model) -> Content | str:
    """The metric; a text says why it cannot be one."""
    table = model.project.catalog.tables.get(metric.source or "")
    sql = value_expression(metric)
    if sql is None or table is None:
        return "no SQL over a table of the catalog is written" if sql is None else "its source is not known"
    keys = (*table.primary_key, *(column.name for column in table.columns if column.required))
    columns = frozenset(column.name for column in table.columns)
    dataset = Dataset(model.datasets[table.name], columns, next(iter(keys), None))
    dialect = table.dialect or model.project.settings.dialect
    said = over_dataset(Aggregation(sql, metric.filter, table.name), dataset, dialect=dialect)
    if said is None:
        return "its SQL cannot be said over one dataset"
    return filled(
        name=metric.name,
        expression=model.expression(said, dialect),
        description=metric.description or metric.summary,
        ai_context=filled(instructions=metric.usage, synonyms=list(metric.synonyms)),
        custom_extensions=_extension(metric, **{WRITTEN_FOR: digest_of(said)}),
    )


def _extension(thing: Described | Column, **more: str) -> list[Content]:
    """What the model has no key for, as JSON."""
    written = thing.model_dump(mode="json", exclude_defaults=True, exclude=set(SAID_ELSEWHERE[type(thing)]))
    said = {key: value for key, value in written.items() if value not in (None, "", [], {})}
    if isinstance(thing, Column) and thing.references:
        said["references"] = thing.references
    if not said and not more:
        return []
    return [{"vendor_name": VENDOR, "data": json.dumps(said | more, ensure_ascii=False, sort_keys=True)}]


def _dataset_names(project: Project) -> dict[str, str]:
    """Table → a name for it that SQL can have before a dot, different for each."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for table in project.catalog.tables:
        name, number = _identifier(table), 2
        while name.casefold() in taken:
            name, number = f"{_identifier(table)}_{number}", number + 1
        taken.add(name.casefold())
        names[table] = name
    return names


def _identifier(name: str) -> str:
    word = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_").lower() or "unnamed"
    return word if not word[0].isdigit() else f"n{word}"
