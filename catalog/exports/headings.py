"""The columns of the data dictionary: what each list shows of a thing, under which heading."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..lineage import Edge, Node, NodeKind
from ..model import Column, Described, KnownIssue, Location, MetricPart, RelatedMetric, Table, Written
from .exporting import Exporting

NARROW, WIDE, WIDEST = 14, 28, 56
"""Widths of columns in characters."""


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column with its table; `column` has no words where only the SQL knows it."""

    table: Table
    column: Column
    is_documented: bool
    type: str | None


@dataclass(frozen=True, slots=True)
class ValueOf:
    """A value of an enumeration."""

    enum: Described
    value: Any


@dataclass(frozen=True, slots=True)
class Hop:
    """What flows from where to where; with an edge, how."""

    source: Node
    target: Node
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a list: its title, the attribute of the thing that it shows, and its width.

    What is `internal` is not in lists for partners.
    """

    title: str
    shows: str | Callable[[Any, Exporting], object]
    width: int = WIDE
    is_internal: bool = False


def said(value: object) -> str:
    """A value as the text of a cell: nothing as nothing, several each on a line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    if isinstance(value, Location):
        return str(value)
    if isinstance(value, tuple | list):
        return "\n".join(filter(None, map(said, value)))
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Written):
        return _said_in_short(value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)


def _said_in_short(value: Written) -> str:
    if isinstance(value, KnownIssue):
        days = f"{value.since} to {value.until}" if value.until else f"since {value.since}"
        return ": ".join(filter(None, (days, value.text)))
    if isinstance(value, MetricPart):
        return " - ".join(filter(None, (value.label, value.expression)))
    if isinstance(value, RelatedMetric):
        return value.name
    return str(getattr(value, "title", None) or getattr(value, "text", None) or getattr(value, "name", ""))


def _table_name(table: Table, exporting: Exporting) -> str:
    """Partners know a table by its title alone."""
    return table.title if exporting.is_for_partners else table.name


def _owner(thing: Described, exporting: Exporting) -> str | None:
    team = exporting.project.catalog.teams.get(thing.owner or "")
    return team.title if team else thing.owner


def _titles_of_metrics(thing: Any, exporting: Exporting) -> tuple[str, ...]:
    return tuple(title_of(Node(NodeKind.METRIC, name), exporting) for name in thing.metrics)


def _place(thing: Described, _exporting: Exporting) -> str:
    return str(thing.at()) if thing.origin.file else ""


def title_of(node: Node, exporting: Exporting) -> str:
    """What a node is called: engineers know tables by name, partners by title."""
    catalog = exporting.project.catalog
    if node.kind in (NodeKind.TABLE, NodeKind.COLUMN):
        table = catalog.tables.get(node.name)
        return _table_name(table, exporting) if table else node.name
    named: dict[NodeKind, Any] = {NodeKind.METRIC: catalog.metrics, NodeKind.REPORT: catalog.reports}
    thing = named.get(node.kind, {}).get(node.name)
    return thing.title if thing else node.name


def _of_column(attribute: str) -> Callable[[ColumnOf, Exporting], object]:
    return lambda row, _exporting: getattr(row.column, attribute, None)


def _of_edge(attribute: str) -> Callable[[Hop, Exporting], object]:
    return lambda hop, _exporting: getattr(hop.edge, attribute)


FROM_AND_TO = (
    Heading("From", lambda hop, exporting: title_of(hop.source, exporting), WIDE),
    Heading("From kind", lambda hop, _: hop.source.kind, NARROW),
    Heading("To", lambda hop, exporting: title_of(hop.target, exporting), WIDE),
    Heading("To kind", lambda hop, _: hop.target.kind, NARROW),
)

LINKS = FROM_AND_TO

EDGES = (
    FROM_AND_TO[0],
    Heading("From column", lambda hop, _: hop.source.column, WIDE),
    FROM_AND_TO[2],
    Heading("To column", lambda hop, _: hop.target.column, WIDE),
    FROM_AND_TO[3],
    Heading("Type", _of_edge("type"), NARROW),
    Heading("Subtype", _of_edge("subtype"), NARROW),
    Heading("Expression", _of_edge("expression"), WIDEST),
    Heading("Place", _of_edge("location"), WIDE),
)

COMMON = (
    Heading("Summary", "summary", WIDEST),
    Heading("Description", "description", WIDEST),
    Heading("Topic", "domain", NARROW),
    Heading("Owner", _owner, WIDE),
    Heading("Status", "status", NARROW),
)

ABOUT_IT = (
    Heading("Audience", "audience", NARROW, is_internal=True),
    Heading("Tags", "tags", NARROW, is_internal=True),
    Heading("Written at", _place, WIDE, is_internal=True),
)

TABLES = (
    Heading("Table", _table_name, WIDE),
    Heading("Label", "label", WIDE, is_internal=True),
    *COMMON,
    Heading("Layer", "layer", NARROW, is_internal=True),
    Heading("Kind", "kind", NARROW, is_internal=True),
    Heading("One row is", "grain", WIDE),
    Heading("Primary key", "primary_key", NARROW, is_internal=True),
    Heading("Partitioned by", "partitioned_by", NARROW, is_internal=True),
    Heading("Clustered by", "clustered_by", NARROW, is_internal=True),
    Heading("Refreshed", "refresh", WIDE),
    Heading("Greatest age", "freshness", NARROW),
    Heading("Kept", "retention", NARROW),
    Heading("Classification", "classification", NARROW, is_internal=True),
    Heading("Purpose", "purpose", WIDE),
    Heading("How to use", "usage", WIDE),
    Heading("Limitations", "limitations", WIDE),
    Heading("Known issues", "known_issues", WIDE),
    Heading("Ends on", "deprecation_date", NARROW),
    Heading("Instead", "replacement", NARROW, is_internal=True),
    Heading("Last reviewed", "last_reviewed", NARROW),
    Heading("Review by", "review_by", NARROW),
    Heading("Contact", "contact", NARROW),
    *ABOUT_IT,
)

COLUMNS = (
    Heading("Table", lambda row, exporting: _table_name(row.table, exporting), WIDE),
    Heading("Column", _of_column("name"), WIDE),
    Heading("Label", _of_column("label"), WIDE, is_internal=True),
    Heading("Description", _of_column("description"), WIDEST),
    Heading("Type", "type", NARROW, is_internal=True),
    Heading("Unit", _of_column("unit"), NARROW),
    Heading("Never empty", _of_column("required"), NARROW, is_internal=True),
    Heading("Unique", _of_column("unique"), NARROW, is_internal=True),
    Heading("Values from", _of_column("enum"), NARROW),
    Heading("Valid values", _of_column("valid_values"), NARROW),
    Heading("Examples", _of_column("examples"), NARROW),
    Heading("Key of", _of_column("references"), WIDE, is_internal=True),
    Heading("Personal data", _of_column("personal_data"), NARROW, is_internal=True),
    Heading("Classification", _of_column("classification"), NARROW, is_internal=True),
    Heading("Known issues", _of_column("known_issues"), WIDE),
    Heading("Documented", "is_documented", NARROW, is_internal=True),
    Heading("Text from", _of_column("inherited_from"), WIDE, is_internal=True),
)

METRICS = (
    Heading("Metric", "title", WIDE),
    Heading("Name", "name", WIDE),
    Heading("Short", "abbreviation", NARROW),
    Heading("Also called", "synonyms", WIDE),
    *COMMON,
    Heading("Certification", "certification", NARROW),
    Heading("Unit", "unit", NARROW),
    Heading("Type", "type", NARROW),
    Heading("Purpose", "purpose", WIDE),
    Heading("How to use", "usage", WIDE),
    Heading("Formula", "formula", WIDEST),
    Heading("Numerator", "numerator", WIDE),
    Heading("Denominator", "denominator", WIDE),
    Heading("Source", "source", WIDE, is_internal=True),
    Heading("Expression", "expression", WIDEST, is_internal=True),
    Heading("Filter", "filter", WIDE, is_internal=True),
    Heading("What counts", "includes", WIDE),
    Heading("What does not", "excludes", WIDE),
    Heading("One value is for", "grain", WIDE),
    Heading("Split by", "dimensions", WIDE),
    Heading("Placed in time by", "time_anchor", NARROW),
    Heading("Final after", "matures_after", NARROW),
    Heading("May be added up", "additivity", NARROW),
    Heading("Good direction", "direction", NARROW),
    Heading("Target", "target", NARROW),
    Heading("Limitations", "limitations", WIDE),
    Heading("Not for", "do_not_use_for", WIDE),
    Heading("Known issues", "known_issues", WIDE),
    Heading("Version", "version", NARROW),
    Heading("Valid from", "effective_from", NARROW),
    Heading("Ends on", "deprecation_date", NARROW),
    Heading("Last reviewed", "last_reviewed", NARROW),
    Heading("Review by", "review_by", NARROW),
    Heading("Contact", "contact", NARROW),
    *ABOUT_IT,
)

REPORTS = (
    Heading("Report", "title", WIDE),
    Heading("Name", "name", WIDE),
    *COMMON,
    Heading("Type", "type", NARROW),
    Heading("Tool", "tool", NARROW),
    Heading("Address", "url", WIDE),
    Heading("Refreshed", "refresh", WIDE),
    Heading("Who may open it", "access", WIDE),
    Heading("Metrics", _titles_of_metrics, WIDE),
    Heading("Tables", "tables", WIDE, is_internal=True),
    Heading("Known issues", "known_issues", WIDE),
    *ABOUT_IT,
)

JOBS = (
    Heading("Job", "title", WIDE),
    Heading("Name", "name", WIDE),
    *COMMON,
    Heading("Type", "type", NARROW),
    Heading("Runs", "path", WIDE),
    Heading("Schedule", "schedule", NARROW),
    Heading("Time zone", "timezone", NARROW),
    Heading("Writes", "tables", WIDE),
    Heading("Runs after", "depends_on", WIDE),
    Heading("If it fails", "on_failure", WIDE),
    *ABOUT_IT,
)

TERMS = (
    Heading("Term", "title", WIDE),
    Heading("Definition", "definition", WIDEST),
    Heading("Also called", "synonyms", WIDE),
    Heading("See also", "related", WIDE),
    Heading("Not the same as", "not_the_same_as", WIDE),
    Heading("Source", "source", WIDE),
    Heading("Topic", "domain", NARROW),
    *ABOUT_IT,
)

VALUES = (
    Heading("List", lambda row, _: row.enum.title, WIDE),
    Heading("Value", lambda row, _: row.value.value, WIDE),
    Heading("Label", lambda row, _: row.value.label, WIDE),
    Heading("Description", lambda row, _: row.value.description, WIDEST),
)

TEAMS = (
    Heading("Team", "title", WIDE),
    Heading("Description", "description", WIDEST),
    Heading("E-mail", "email", WIDE),
    Heading("Channel", "channel", NARROW),
    Heading("Answers within", "response_time", NARROW),
    *ABOUT_IT,
)
