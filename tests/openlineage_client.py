"""Events of OpenLineage rebuilt with the classes of its client, which are made from the published schema.

The client itself takes what it is given; here every key must be a field of its class, every value of the
field's type, and every facet must name the schema that its class was generated from.
"""

import types
import typing
from enum import Enum
from typing import Any

import attr
from openlineage.client.event_v2 import RunEvent
from openlineage.client.generated.column_lineage_dataset import ColumnLineageDatasetFacet
from openlineage.client.generated.extraction_error_run import ExtractionErrorRunFacet
from openlineage.client.generated.schema_dataset import SchemaDatasetFacet
from openlineage.client.generated.sql_job import SQLJobFacet

FACETS: dict[str, type] = {
    "columnLineage": ColumnLineageDatasetFacet,
    "extractionError": ExtractionErrorRunFacet,
    "schema": SchemaDatasetFacet,
    "sql": SQLJobFacet,
}


def run_event(content: dict[str, Any]) -> RunEvent:
    """The event as the client knows it. A TypeError or ValueError tells what it does not know."""
    event = rebuilt(RunEvent, content)
    assert isinstance(event, RunEvent)
    return event


def rebuilt(expected: Any, content: Any) -> Any:
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin is types.UnionType or origin is typing.Union:
        (expected,) = (each for each in arguments if each is not types.NoneType)
        return rebuilt(expected, content)
    if origin is list:
        return [rebuilt(arguments[0], each) for each in of_type(list, content)]
    if origin is dict:
        pairs = of_type(dict, content).items()
        return {key: rebuilt(FACETS.get(key, arguments[1]), value) for key, value in pairs}
    if attr.has(expected):
        return of_class(expected, of_type(dict, content))
    return expected(content) if issubclass(expected, Enum) else of_type(expected, content)


def of_class(expected: type, content: dict[str, Any]) -> Any:
    fields = {field.name: field for field in attr.fields(attr.resolve_types(expected))}
    if unknown := sorted(set(content) - set(fields)):
        raise TypeError(f"{expected.__name__} has no {unknown}")
    schema = {"schemaURL", "_schemaURL"} & set(fields)
    if named := [content.get(key) for key in schema if content.get(key) != expected._get_schema()]:  # type: ignore[attr-defined]
        raise ValueError(f"{expected.__name__} is not described by {named}")
    given = {key: rebuilt(fields[key].type, value) for key, value in content.items() if key not in schema}
    return expected(**{fields[key].alias: value for key, value in given.items()})


def of_type(expected: type, content: Any) -> Any:
    if not isinstance(content, expected) or isinstance(content, bool) is not (expected is bool):
        raise TypeError(f"{content!r} is not of type {expected.__name__}")
    return content
