"""Lineage as events of OpenLineage (spec 2-0-2), with its column-lineage facet (1-2-0)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ..sql.edges import ColumnEdge, EdgeType, IndirectEdge
from ..trace import TracedText

PRODUCER = "pkg:pypi/plumbline"
NAMESPACE = "plumbline"
SPEC = "https://openlineage.io/spec"
EVENT = f"{SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"
COLUMN_LINEAGE = f"{SPEC}/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet"
SCHEMA = f"{SPEC}/facets/1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet"
ERRORS = f"{SPEC}/facets/1-1-2/ExtractionErrorRunFacet.json#/$defs/ExtractionErrorRunFacet"
SQL = f"{SPEC}/facets/1-1-0/SQLJobFacet.json#/$defs/SQLJobFacet"

Content = dict[str, Any]

Field = tuple[str, str]
"""Table and column."""


def as_openlineage(texts: tuple[TracedText, ...], now: datetime) -> str:
    """One event for each text, each a line of JSON: the text is the job, tables are datasets.

    The namespace of tables is the dialect's name. Nothing has run: the event's type is OTHER, its run is
    made up from the text, and what was not seen stands in its `extractionError`.
    """
    return "".join(f"{json.dumps(_event(text, now), ensure_ascii=False)}\n" for text in texts)


def _event(text: TracedText, now: datetime) -> Content:
    statements = text.statements
    written = sorted({table for statement in statements for table in statement.writes})
    read = sorted({table for statement in statements for table in statement.reads} - set(written))
    name = text.sql.start.file
    run = uuid.uuid5(uuid.NAMESPACE_URL, f"{name}\n{text.sql.text}".encode("utf-8", "replace").decode())
    return {
        "eventType": "OTHER",
        "eventTime": now.isoformat(),
        "producer": PRODUCER,
        "schemaURL": EVENT,
        "run": {"runId": str(run), "facets": _gaps(text)},
        "job": {
            "namespace": NAMESPACE,
            "name": name,
            "facets": {"sql": _facet(SQL, query=text.sql.text, dialect=text.sql.dialect)},
        },
        "inputs": [{"namespace": text.sql.dialect, "name": table} for table in read],
        "outputs": [_output(table, text) for table in written],
    }


def _gaps(text: TracedText) -> Content:
    gaps = [(statement, gap) for statement in text.statements for gap in statement.gaps]
    if not gaps:
        return {}
    errors = [
        {"errorMessage": gap.detail, "task": f"line {gap.line}", "taskNumber": statement.index}
        for statement, gap in gaps
    ]
    failed = len({statement.index for statement, _ in gaps})
    facet = _facet(ERRORS, totalTasks=len(text.statements), failedTasks=failed, errors=errors)
    return {"extractionError": facet}


def _output(table: str, text: TracedText) -> Content:
    statements = [statement for statement in text.statements if table in statement.writes]
    outputs = {output.name: output for each in statements for output in each.outputs}
    columns = [edge for each in statements for edge in each.columns if edge.target_table == table]
    indirect = [edge for each in statements for edge in each.indirect if edge.target_table == table]
    namespace = text.sql.dialect
    fields = {
        column: {
            "inputFields": _inputs([edge for edge in columns if edge.target_column == column], namespace)
        }
        for column in dict.fromkeys((*outputs, *(edge.target_column for edge in columns)))
    }
    lineage = _facet(COLUMN_LINEAGE, fields=fields, dataset=_inputs(indirect, namespace))
    described = [
        {"name": each.name} | ({"type": each.type} if each.type else {}) for each in outputs.values()
    ]
    facets = {"columnLineage": lineage} | ({"schema": _facet(SCHEMA, fields=described)} if outputs else {})
    return {"namespace": namespace, "name": table, "facets": facets}


def _inputs(edges: Iterable[ColumnEdge | IndirectEdge], namespace: str) -> list[Content]:
    """The columns that edges come from, each once, with all that happens to it on the way."""
    found: dict[Field, list[Content]] = {}
    for edge in edges:
        transformations = found.setdefault((edge.source_table, edge.source_column), [])
        transformation = _transformation(edge)
        if transformation not in transformations:
            transformations.append(transformation)
    return [
        {"namespace": namespace, "name": table, "field": column, "transformations": transformations}
        for (table, column), transformations in sorted(found.items())
    ]


def _transformation(edge: ColumnEdge | IndirectEdge) -> Content:
    kind = edge.type if isinstance(edge, ColumnEdge) else EdgeType.INDIRECT
    return {
        "type": str(kind),
        "subtype": str(edge.subtype),
        "description": edge.expression,
        "masking": isinstance(edge, ColumnEdge) and edge.masking,
    }


def _facet(schema: str, **content: object) -> Content:
    return {"_producer": PRODUCER, "_schemaURL": schema, **content}
