"""What the specification of OpenLineage asks of an event of ours, as a JSON Schema.

The rules are those of the run event 2-0-2 and of the facets columnLineage 1-2-0, schema 1-2-0,
extractionError 1-1-2 and sql 1-1-0 (https://openlineage.io/spec), written anew. Held once by hand against the
published files of the nearest versions: run event 2-0-0, columnLineage 1-1-0, schema 1-0-0, extractionError
1-0-0, sql 1-0-1. Types and required keys agree, but for two required keys of extractionError that its 1-0-0
calls by names it does not define. What later versions add is as the classes of the client have it, which are
generated from the files (`openlineage_client.py`). Stricter in one point: the specification lets further keys
pass, and so a misspelt one too; here there are none.
"""

from typing import Any

TEXT = {"type": "string"}
URI = {"type": "string", "format": "uri", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"}


def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def several(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def facet(name: str, version: str, required: dict[str, Any], optional: dict[str, Any] | None = None) -> Any:
    url = f"https://openlineage.io/spec/facets/{version}/{name}.json#/$defs/{name}"
    return record({"_producer": URI, "_schemaURL": {"const": url}, **required}, optional)


TRANSFORMATION = {
    "anyOf": [
        record(
            {"type": {"const": "DIRECT"}, "subtype": {"enum": ["IDENTITY", "TRANSFORMATION", "AGGREGATION"]}},
            {"description": TEXT, "masking": {"type": "boolean"}},
        ),
        record(
            {
                "type": {"const": "INDIRECT"},
                "subtype": {"enum": ["JOIN", "GROUP_BY", "FILTER", "SORT", "WINDOW", "CONDITIONAL"]},
            },
            {"description": TEXT, "masking": {"type": "boolean"}},
        ),
    ]
}
INPUT_FIELD = record(
    {"namespace": TEXT, "name": TEXT, "field": TEXT}, {"transformations": several(TRANSFORMATION)}
)
COLUMN_LINEAGE = facet(
    "ColumnLineageDatasetFacet",
    "1-2-0",
    {
        "fields": {
            "type": "object",
            "additionalProperties": record({"inputFields": several(INPUT_FIELD)}),
        }
    },
    {"dataset": several(INPUT_FIELD)},
)
SCHEMA = facet("SchemaDatasetFacet", "1-2-0", {"fields": several(record({"name": TEXT}, {"type": TEXT}))})
ERRORS = facet(
    "ExtractionErrorRunFacet",
    "1-1-2",
    {
        "totalTasks": {"type": "integer"},
        "failedTasks": {"type": "integer"},
        "errors": several(record({"errorMessage": TEXT}, {"task": TEXT, "taskNumber": {"type": "integer"}})),
    },
)
SQL = facet("SQLJobFacet", "1-1-0", {"query": TEXT}, {"dialect": TEXT})

INPUT = record({"namespace": TEXT, "name": TEXT})
OUTPUT = record(
    {"namespace": TEXT, "name": TEXT},
    {"facets": record({"columnLineage": COLUMN_LINEAGE}, {"schema": SCHEMA})},
)
RUN_EVENT = record(
    {
        "eventTime": {"type": "string", "format": "date-time"},
        "producer": URI,
        "schemaURL": {"const": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"},
        "run": record(
            {"runId": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}},
            {"facets": record({}, {"extractionError": ERRORS})},
        ),
        "job": record({"namespace": TEXT, "name": TEXT}, {"facets": record({}, {"sql": SQL})}),
    },
    {
        "eventType": {"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]},
        "inputs": several(INPUT),
        "outputs": several(OUTPUT),
    },
)
