"""The closed sets of words that definitions may use."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who may see a thing. What says nothing is internal."""

    PARTNER = "partner"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class Status(StrEnum):
    """Life cycle of a definition (ODCS 3.1 `status`)."""

    PROPOSED = "proposed"
    DRAFT = "draft"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class Certification(StrEnum):
    """How far a metric may be relied on, as its owner declares it."""

    CERTIFIED = "certified"
    GOVERNED = "governed"
    EXPLORATORY = "exploratory"


class Layer(StrEnum):
    """Place of a table on the way from source to reader."""

    SOURCE = "source"
    REFERENCE = "reference"
    STAGING = "staging"
    INTERMEDIATE = "intermediate"
    MART = "mart"
    REPORT = "report"


class TableKind(StrEnum):
    """What a table is in the warehouse (OpenLineage `datasetType`).

    A query is in no warehouse: a tool that shows numbers keeps it, and reads it like a table.
    """

    TABLE = "table"
    VIEW = "view"
    MATERIALIZED_VIEW = "materialized_view"
    EXTERNAL = "external"
    SHEET = "sheet"
    FILE = "file"
    QUERY = "query"


class Classification(StrEnum):
    """Sensitivity of content (ODCS `classification`)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"


class MetricType(StrEnum):
    """How a metric is made (dbt semantic layer)."""

    SIMPLE = "simple"
    RATIO = "ratio"
    CUMULATIVE = "cumulative"
    DERIVED = "derived"
    CONVERSION = "conversion"


class Additivity(StrEnum):
    """Whether values may be added up (Kimball)."""

    ADDITIVE = "additive"
    SEMI_ADDITIVE = "semi_additive"
    NON_ADDITIVE = "non_additive"


class Direction(StrEnum):
    """Which way is good."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NEUTRAL = "neutral"


class Relation(StrEnum):
    """How two metrics stand to each other."""

    COMPANION = "companion"
    GUARDRAIL = "guardrail"
    SAME_AS = "same_as"
    DIFFERS_FROM = "differs_from"


class JobType(StrEnum):
    """What kind of process a job is."""

    SCHEDULED_QUERY = "scheduled_query"
    PYTHON_SCRIPT = "python_script"
    NOTEBOOK = "notebook"
    EXTRACT = "extract"
    MANUAL_UPLOAD = "manual_upload"


class ReportType(StrEnum):
    """What kind of thing a report is (dbt exposure `type`)."""

    DASHBOARD = "dashboard"
    WORKBOOK = "workbook"
    SPREADSHEET = "spreadsheet"
    DATA_SOURCE = "data_source"
    NOTEBOOK = "notebook"
    DOCUMENT = "document"
    FILE = "file"
    APPLICATION = "application"
