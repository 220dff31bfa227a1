"""What the definition files may say: one frozen model per kind of thing.

Fields carry the field's standard terms (Open Data Contract Standard 3.1, dbt,
Ossie, OpenLineage). Adding a key to a definition file means adding a field here;
the unknown-key finding and the JSON Schema follow from it.
"""

from __future__ import annotations

from .containers import Catalog, Definitions, Flow, Misfit, SqlText
from .described import Change, Column, Described, KnownIssue, Reference, Table
from .metrics import ComputedBy, Metric, MetricExample, MetricPart, RelatedMetric
from .places import Location, Name, Origin, Text, Written
from .things import KINDS, Enum, EnumValue, Job, Report, ReportField, Team, Term
from .vocabulary import (
    Additivity,
    Audience,
    Certification,
    Classification,
    Direction,
    JobType,
    Layer,
    MetricType,
    Relation,
    ReportType,
    Status,
    TableKind,
)

__all__ = [
    "KINDS",
    "Additivity",
    "Audience",
    "Catalog",
    "Certification",
    "Change",
    "Classification",
    "Column",
    "ComputedBy",
    "Definitions",
    "Described",
    "Direction",
    "Enum",
    "EnumValue",
    "Flow",
    "Job",
    "JobType",
    "KnownIssue",
    "Layer",
    "Location",
    "Metric",
    "MetricExample",
    "MetricPart",
    "MetricType",
    "Misfit",
    "Name",
    "Origin",
    "Reference",
    "RelatedMetric",
    "Relation",
    "Report",
    "ReportField",
    "ReportType",
    "SqlText",
    "Status",
    "Table",
    "TableKind",
    "Team",
    "Term",
    "Text",
    "Written",
]
