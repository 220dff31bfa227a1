"""The whole catalog as one JSON document, and the JSON Schema that it keeps to.

The names of things and of their keys are those of definition files. What only Plumbline knows stands beside
them: where a thing is written, its page, the columns that its SQL produces, and the lineage.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from ..audience import LEAVES
from ..json_schema import DRAFT, without_inner_titles
from ..lineage import Edge, Lineage, Node, NodeKind
from ..model import KINDS, Described, Table, Written
from ..sql.edges import EdgeType, Subtype
from .exporting import ExportFile, Exporting

VERSION = "1.0"
"""Of the document's form. A key more makes it 1.1; a key that goes or changes its meaning makes it 2.0."""

SCHEMA_ID = "urn:plumbline:export:1"

FILE = "catalog.json"

Content = dict[str, Any]


def as_catalog_json(exporting: Exporting) -> Iterator[ExportFile]:
    """One document."""
    text = json.dumps(_document(exporting), indent=2, ensure_ascii=False)
    yield ExportFile(FILE, f"{text}\n".encode("utf-8", "replace"), own_keys())


def export_schema() -> Content:
    """The JSON Schema (draft 2020-12) of the document."""
    references, generated = models_json_schema([(model, "validation") for model in KINDS.values()])
    made = {name: each for name, each in generated["$defs"].items() if name != "Origin"}
    for model in LEAVES:
        _require_only_what_leaves(made.get(model.__name__, {}), model)
    for model in KINDS.values():
        made[model.__name__]["properties"] |= _MORE_OF_TABLES if model is Table else _MORE
    lists = {kind: _several(dict(references[model, "validation"])) for kind, model in KINDS.items()}
    return {
        "$schema": DRAFT,
        "$id": SCHEMA_ID,
        "title": "Plumbline catalog",
        "description": "What `plumbline export --format json` writes.",
        "type": "object",
        "additionalProperties": False,
        "required": ["version", "name", "audience", *KINDS, "links", "edges"],
        "properties": {
            "version": {"type": "string", "pattern": r"^1\.[0-9]+$", "description": "Of this form."},
            "name": {"type": "string", "description": "Of the project."},
            "audience": {"enum": ["internal", "partner"], "description": "Who may read it."},
            "dialect": {"type": "string", "description": "SQL dialect of the project."},
            **lists,
            "links": _several({"$ref": "#/$defs/Link"}),
            "edges": _several({"$ref": "#/$defs/Edge"}),
        },
        "$defs": without_inner_titles({**made, **_LINEAGE}),
    }


def own_keys() -> frozenset[str]:
    """Every key that the document may have, but for those of `custom_properties`."""
    schema = export_schema()
    inner = (each.get("properties", {}) for each in schema["$defs"].values())
    return frozenset(schema["properties"]).union(*inner)


def _document(exporting: Exporting) -> Content:
    project = exporting.project
    content: Content = {
        "version": VERSION,
        "name": project.settings.name,
        "audience": exporting.audience.value,
    }
    if not exporting.is_for_partners:
        content["dialect"] = project.settings.dialect
    for kind in KINDS:
        things = getattr(project.catalog, kind).values()
        content[kind] = [_thing(thing, exporting) for thing in things]
    content["links"] = [
        {"source": _node(source), "target": _node(target)} for source, target in exporting.links()
    ]
    content["edges"] = [_edge(edge) for edge in project.lineage.edges]
    return content


def _thing(thing: Described, exporting: Exporting) -> Content:
    """What is written of a thing, then what is known besides."""
    written = _without_empty(thing.model_dump(mode="json", exclude_defaults=True))
    place, page = thing.at(), exporting.page_of(thing, "")
    if place.file:
        written["written_at"] = {"file": place.file} | ({"line": place.line} if place.line else {})
    if page:
        written["page"] = page
    produced = _produced(thing, exporting.project.lineage) if isinstance(thing, Table) else []
    return written | ({"produced_columns": produced} if produced else {})


def _produced(table: Table, lineage: Lineage) -> list[Content]:
    outputs = lineage.outputs(table.name).values()
    return [{"name": each.name} | ({"type": each.type} if each.type else {}) for each in outputs]


def _without_empty(written: Content) -> Content:
    """The keys that say something; free ones stay as they are."""
    return {
        key: each if key == "custom_properties" else _inner(each)
        for key, each in written.items()
        if each not in (None, "", [], {})
    }


def _inner(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_empty(value)
    return [_inner(each) for each in value] if isinstance(value, list) else value


def _node(node: Node) -> Content:
    named = {"kind": node.kind.value, "name": node.name}
    return named | ({"column": node.column} if node.column else {})


def _edge(edge: Edge) -> Content:
    place = edge.location
    return {
        "source": _node(edge.source),
        "target": _node(edge.target),
        "type": edge.type.value,
        "subtype": edge.subtype.value,
        "expression": edge.expression,
        "written_at": {"file": place.file, "line": place.line},
        "masking": edge.masking,
        "ambiguous": edge.ambiguous,
    }


def _require_only_what_leaves(schema: Content, model: type[Written]) -> None:
    """Partners get a thing without what stays, even where a definition must have it."""
    if "required" in schema:
        schema["required"] = [name for name in schema["required"] if name in LEAVES[model]]


def _several(items: Content) -> Content:
    return {"type": "array", "items": items}


def _record(**properties: Content) -> Content:
    return {"type": "object", "additionalProperties": False, "properties": properties}


_PLACE = _record(file={"type": "string"}, line={"type": "integer", "minimum": 0})

_MORE: Content = {
    "written_at": {**_PLACE, "description": "Where it is defined."},
    "page": {"type": "string", "description": "Address of its page."},
}

_MORE_OF_TABLES: Content = {
    **_MORE,
    "produced_columns": {
        **_several(_record(name={"type": "string"}, type={"type": "string"})),
        "description": "The columns that its SQL produces, in order.",
    },
}

_LINEAGE: Content = {
    "Node": {
        **_record(
            kind={"enum": [kind.value for kind in NodeKind]},
            name={"type": "string"},
            column={"type": "string", "description": "Of a table."},
        ),
        "required": ["kind", "name"],
        "description": "A table, metric or report, or a column of a table.",
    },
    "Link": {
        **_record(source={"$ref": "#/$defs/Node"}, target={"$ref": "#/$defs/Node"}),
        "required": ["source", "target"],
        "description": "What flows from where to where, at the level of tables, metrics and reports.",
    },
    "Edge": {
        **_record(
            source={"$ref": "#/$defs/Node"},
            target={"$ref": "#/$defs/Node"},
            type={"enum": [each.value for each in EdgeType]},
            subtype={"enum": [each.value for each in Subtype]},
            expression={"type": "string", "description": "The SQL that makes the target, as written."},
            written_at=_PLACE,
            masking={"type": "boolean"},
            ambiguous={"type": "boolean", "description": "One of several columns it may come from."},
        ),
        "required": ["source", "target", "type", "subtype"],
        "description": "One hop of column lineage, as OpenLineage names it.",
    },
}
