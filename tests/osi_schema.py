"""What Apache Ossie asks of a semantic model (version 0.2.0.dev0), written anew as rules.

Source: core-spec/ossie-schema.json of apache/ossie. Closed objects, the keys that must be there, and the two
closed sets; no package brings the schema itself.
"""

from typing import Any

from report_schemas import TEXT, record, several

EXPRESSION = record(
    {
        "dialects": several(
            record(
                {
                    "dialect": {
                        "enum": [
                            *("ANSI_SQL", "SNOWFLAKE", "MDX", "TABLEAU", "DATABRICKS", "MAQL", "BIGQUERY"),
                            *("SIGMA", "THOUGHTSPOT", "DAX"),
                        ]
                    },
                    "expression": TEXT,
                }
            ),
            minItems=1,
        )
    }
)
DATA_TYPE = {
    "enum": [
        *("String", "Integer", "Decimal", "Float", "Boolean", "Date", "Time", "DateTime", "DateTimeTz"),
        "Opaque",
    ]
}
COMMON: dict[str, Any] = {
    "description": TEXT,
    "ai_context": {
        "anyOf": [
            TEXT,
            {
                "type": "object",
                "properties": {"instructions": TEXT, "synonyms": several(TEXT), "examples": several(TEXT)},
            },
        ]
    },
    "custom_extensions": several(record({"vendor_name": TEXT, "data": TEXT})),
}
FIELD = record(
    {"name": TEXT, "expression": EXPRESSION},
    {
        "dimension": record({}, {"is_time": {"type": "boolean"}}),
        "label": TEXT,
        "datatype": DATA_TYPE,
        **COMMON,
    },
)
DATASET = record(
    {"name": TEXT, "source": TEXT},
    {
        "primary_key": several(TEXT),
        "unique_keys": several(several(TEXT)),
        "fields": several(FIELD),
        **COMMON,
    },
)
RELATIONSHIP = record(
    {
        "name": TEXT,
        "from": TEXT,
        "to": TEXT,
        "from_columns": several(TEXT, minItems=1),
        "to_columns": several(TEXT, minItems=1),
    },
    {key: COMMON[key] for key in ("ai_context", "custom_extensions")},
)
METRIC = record({"name": TEXT, "expression": EXPRESSION}, {"datatype": DATA_TYPE, **COMMON})
MODEL = record(
    {"name": TEXT, "datasets": several(DATASET, minItems=1)},
    {"relationships": several(RELATIONSHIP), "metrics": several(METRIC), **COMMON},
)
OSSIE = record({"version": {"const": "0.2.0.dev0"}, "semantic_model": several(MODEL)})
