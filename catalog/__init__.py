"""Plumbline's model of a warehouse: definitions, lineage, checks. Knows no site.

These names are the contract; everything else may move.
"""

from .audience import publishable
from .errors import CatalogError
from .lineage import Edge, Lineage, Node, NodeKind, Production
from .model import (
    Additivity,
    Audience,
    Catalog,
    Certification,
    Column,
    Definitions,
    Described,
    Direction,
    Enum,
    Job,
    KnownIssue,
    Layer,
    Location,
    Metric,
    MetricPart,
    Report,
    Status,
    Table,
    Team,
    Term,
)
from .project import Project, assemble, open_project
from .settings import Settings, Severity
from .sql import trace_sql
from .sql.edges import (
    ColumnEdge,
    EdgeType,
    Gap,
    GapReason,
    IndirectEdge,
    OutputColumn,
    StatementLineage,
    Subtype,
)
from .visibility import internal_identifiers

__all__ = [
    "Additivity",
    "Audience",
    "Catalog",
    "CatalogError",
    "Certification",
    "Column",
    "ColumnEdge",
    "Definitions",
    "Described",
    "Direction",
    "Edge",
    "EdgeType",
    "Enum",
    "Gap",
    "GapReason",
    "IndirectEdge",
    "Job",
    "KnownIssue",
    "Layer",
    "Lineage",
    "Location",
    "Metric",
    "MetricPart",
    "Node",
    "NodeKind",
    "OutputColumn",
    "Production",
    "Project",
    "Report",
    "Settings",
    "Severity",
    "StatementLineage",
    "Status",
    "Subtype",
    "Table",
    "Team",
    "Term",
    "assemble",
    "internal_identifiers",
    "open_project",
    "publishable",
    "trace_sql",
]
