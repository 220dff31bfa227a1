"""What may leave: `publishable()` cuts a project down to what one audience may see.

The cut is made once, on the model, before any page exists; the same generator then runs on the
smaller project. Fields leave because they are listed here, never because they were forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from .cut_judgements import cut_comparable, cut_conformance, cut_times
from .cut_records import cut_certified, cut_dated
from .examples import RunExample
from .inherit import NOTHING_INHERITED
from .lineage import Lineage, Node, NodeKind
from .model import (
    KINDS,
    Audience,
    Catalog,
    Change,
    Column,
    Described,
    Enum,
    EnumValue,
    KnownIssue,
    Location,
    Metric,
    MetricExample,
    MetricPart,
    Origin,
    Reference,
    RelatedMetric,
    Report,
    ReportField,
    Table,
    Team,
    Term,
    Written,
)
from .project import Project
from .settings import Settings
from .visibility import column_is_for_partners, is_for_partners

DESCRIBED = frozenset({"name", "label", "summary", "description", "owner", "audience", "status", "domain"})

LEAVES: dict[type[Written], frozenset[str]] = {
    Table: DESCRIBED
    | {"purpose", "usage", "limitations", "grain", "refresh", "freshness", "update_frequency"}
    | {"retention", "contact", "last_reviewed", "review_by", "deprecation_date", "columns"}
    | {"changes", "known_issues"},
    Column: frozenset({"name", "label", "description", "unit", "valid_values", "examples", "enum"})
    | {"audience", "known_issues"},
    Metric: DESCRIBED
    | {"abbreviation", "synonyms", "purpose", "usage", "limitations", "do_not_use_for", "includes"}
    | {"excludes", "type", "formula", "source", "numerator", "denominator", "unit", "statistic"}
    | {"additivity", "direction", "grain", "dimensions", "time_anchor", "timezone", "matures_after"}
    | {"late_data"}
    | {"population", "target", "worked_example", "related_metrics", "certification", "version"}
    | {"effective_from", "last_reviewed", "review_by", "deprecation_date", "replacement", "contact"}
    | {"changes", "known_issues", "authoritative_definitions", "examples"},
    MetricExample: frozenset({"title", "columns", "rows", "expected", "note"}),
    MetricPart: frozenset({"label", "note"}),
    RelatedMetric: frozenset({"name", "relation", "text"}),
    Report: DESCRIBED | {"type", "tool", "url", "refresh", "access", "metrics", "fields", "known_issues"},
    ReportField: frozenset({"name", "metric", "filter"}),
    Team: DESCRIBED | {"email", "channel", "response_time"},
    Term: DESCRIBED | {"definition", "synonyms", "related", "not_the_same_as", "source"},
    Enum: DESCRIBED | {"values", "source"},
    EnumValue: frozenset({"value", "label", "description"}),
    KnownIssue: frozenset({"since", "until", "text", "effect", "status"}),
    Change: frozenset({"date", "version", "text", "value_changing"}),
    Reference: frozenset({"title", "url"}),
}
"""Kind of thing → the fields that may leave. What is not listed stays."""

HIDDEN_STEP = Node(NodeKind.STEP, "an internal step")

W = TypeVar("W", bound=Written)


def publishable(project: Project, audience: Audience) -> Project:
    """The project as that audience may see it: whole for internal, cut down for partners.

    In the cut project tables and columns go by a name made from their label, nothing knows its file,
    and lineage holds only visible things and unnamed steps between them.
    """
    if audience is not Audience.PARTNER:
        return project
    catalog = _cut_catalog(project.catalog)
    settings = Settings.model_validate({"name": project.settings.name})
    examples = {
        name: kept
        for name in catalog.metrics
        if (kept := _cut_examples(project.catalog, name, project.examples.get(name, ())))
    }
    certified = {
        name: cut_certified(project.certified[name]) for name in catalog.metrics if name in project.certified
    }
    return Project(
        settings,
        catalog,
        _cut_lineage(project, catalog),
        examples,
        cut_conformance(project, catalog),
        times=cut_times(project, catalog),
        comparable=cut_comparable(project, catalog),
        certified=certified,
        dated=cut_dated(project, catalog, _cut),
    )


def _cut_catalog(catalog: Catalog) -> Catalog:
    public_names = table_names_for_partners(catalog)
    kept: dict[str, dict[str, Any]] = {
        kind: {
            name: thing
            for name, thing in getattr(catalog, kind).items()
            if kind != "jobs" and is_for_partners(thing)
        }
        for kind in KINDS
    }
    metrics = {
        name: _spoken_metric(metric, catalog, public_names) for name, metric in kept["metrics"].items()
    }
    tables = {
        public_names[name]: _spoken_table(table, public_names[name], catalog)
        for name, table in kept["tables"].items()
    }
    kept |= {"metrics": metrics, "tables": dict(sorted(tables.items()))}
    cut: dict[str, Any] = {
        kind: {name: _without_dangling(_cut(thing), kept) for name, thing in things.items()}
        for kind, things in kept.items()
    }
    return Catalog(**cut)


def table_names_for_partners(catalog: Catalog) -> dict[str, str]:
    """Table name → the name partners know it by, made from its label; only tables they see."""
    names: dict[str, str] = {}
    for name, table in catalog.tables.items():
        if is_for_partners(table):
            slug = slugify(table.label or "table")
            taken = set(names.values())
            number = 2
            while slug in taken:
                slug, number = f"{slugify(table.label or 'table')}-{number}", number + 1
            names[name] = slug
    return names


def slugify(text: str) -> str:
    """A text as it may stand in an address: lower case, words joined by hyphens."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-") or "unnamed"


def _spoken_table(table: Table, name: str, catalog: Catalog) -> Table:
    """The table under its public name, with the columns partners see under their labels."""
    columns = [
        _own_words(column, catalog).model_copy(update={"name": column.label})
        for column in table.columns
        if column_is_for_partners(table, column) and column.label
    ]
    return table.model_copy(update={"name": name, "columns": tuple(columns)})


def _own_words(column: Column, catalog: Catalog) -> Column:
    """The column without the text it has from one that partners may not see."""
    source, _, name = (column.inherited_from or "").rpartition(".")
    table = catalog.tables.get(source)
    written = table and table.column(name)
    if column.inherited_from is None or (table and written and column_is_for_partners(table, written)):
        return column
    return column.model_copy(update=NOTHING_INHERITED)


def _spoken_metric(metric: Metric, catalog: Catalog, public_names: dict[str, str]) -> Metric:
    """The metric with dimensions and time anchor in words; a column partners may not see is left out."""
    words = _words_of_source(metric, catalog)
    return metric.model_copy(
        update={
            "source": public_names.get(metric.source or ""),
            "dimensions": tuple(words[name] for name in metric.dimensions if name in words),
            "time_anchor": words.get(metric.time_anchor or ""),
            "examples": tuple(
                example.model_copy(update={"columns": tuple(words[name] for name in example.columns)})
                for example in metric.examples
                if words.keys() >= set(example.columns)
            ),
        }
    )


def _cut_examples(catalog: Catalog, metric: str, examples: tuple[RunExample, ...]) -> tuple[RunExample, ...]:
    """The examples whose columns partners see, under their labels, without what is said of the SQL."""
    words = _words_of_source(catalog.metrics[metric], catalog)
    return tuple(
        replace(
            example,
            columns=tuple(words[name] for name in example.columns),
            outcome=replace(example.outcome, reason=None),
            location=Location(""),
        )
        for example in examples
        if all(name in words for name in example.columns)
    )


def _words_of_source(metric: Metric, catalog: Catalog) -> dict[str, str]:
    """Column of the metric's source → its label; those that partners see."""
    table = catalog.tables.get(metric.source or "")
    return {
        column.name: column.label
        for column in (table.columns if table else ())
        if table and column.label and column_is_for_partners(table, column)
    }


def _cut(thing: W) -> W:
    """The thing with only the fields that may leave, all the way down, and without its place in a file."""
    leaves = LEAVES[type(thing)]
    update: dict[str, Any] = {"origin": Origin()}
    for name, field in type(thing).model_fields.items():
        if name in leaves:
            update[name] = _cut_value(getattr(thing, name))
        elif name != "origin":
            update[name] = "" if field.is_required() else field.get_default(call_default_factory=True)
    return thing.model_copy(update=update)


def _cut_value(value: Any) -> Any:
    if isinstance(value, Written):
        return _cut(value)
    if isinstance(value, tuple):
        return tuple(_cut_value(item) for item in value if not _is_internal_issue(item))
    return value


def _is_internal_issue(item: Any) -> bool:
    """Is it a known issue that says who may read it, and it is not partners?"""
    return isinstance(item, KnownIssue) and item.audience not in (None, Audience.PARTNER)


def _without_dangling(thing: Described, kept: dict[str, dict[str, Any]]) -> Described:
    """The thing without references to what did not leave."""
    update: dict[str, Any] = {}
    if thing.owner not in kept["teams"]:
        update["owner"] = None
    if isinstance(thing, Metric):
        update["related_metrics"] = tuple(
            item for item in thing.related_metrics if item.name in kept["metrics"]
        )
        update["replacement"] = thing.replacement if thing.replacement in kept["metrics"] else None
    elif isinstance(thing, Table):
        update["columns"] = tuple(_without_hidden_enum(column, kept["enums"]) for column in thing.columns)
    elif isinstance(thing, Report):
        update["metrics"] = tuple(name for name in thing.metrics if name in kept["metrics"])
        update["fields"] = tuple(field for field in thing.fields if field.metric in kept["metrics"])
    elif isinstance(thing, Term):
        update["related"] = tuple(name for name in thing.related if name in kept["terms"])
    return thing.model_copy(update=update)


def _without_hidden_enum(column: Column, enums: dict[str, Any]) -> Column:
    return column if column.enum in enums else column.model_copy(update={"enum": None})


def _cut_lineage(project: Project, catalog: Catalog) -> Lineage:
    """Links between visible things; whatever else a visible thing is made from is one unnamed step."""
    public_names = table_names_for_partners(project.catalog)
    links = {
        link
        for source, target in project.lineage.links
        for link in _cut_link(_public(source, public_names, catalog), _public(target, public_names, catalog))
    }
    return Lineage(links=tuple(sorted(links)))


def _cut_link(source: Node | None, target: Node | None) -> Iterable[tuple[Node, Node]]:
    if target is not None:
        yield source or HIDDEN_STEP, target


def _public(node: Node, public_names: dict[str, str], catalog: Catalog) -> Node | None:
    if node.kind is NodeKind.TABLE and node.name in public_names:
        return Node(NodeKind.TABLE, public_names[node.name])
    if node.kind is NodeKind.METRIC and node.name in catalog.metrics:
        return node
    if node.kind is NodeKind.REPORT and node.name in catalog.reports:
        return node
    return None
