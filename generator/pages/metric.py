"""The page of a metric: what it is, whether to trust it, how it is made, what can go wrong, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog import (
    Edge,
    Gap,
    Held,
    KnownIssue,
    Level,
    Leveled,
    Lineage,
    Location,
    Metric,
    MetricPart,
    Node,
    NodeKind,
    Report,
    Ruling,
    Table,
    Verdict,
    value_expression,
)
from generator.links import metric_path
from generator.pages.comparability import shown_neighbours, shown_periods
from generator.pages.examples import shown_examples
from generator.pages.neighbourhood import neighbourhood
from generator.pages.past_metric import cited
from generator.pages.per_thing import PagePerThing
from generator.pages.relations import Relations
from generator.pages.rendering import rendered
from generator.pages.surroundings import Surroundings
from generator.pages.time import UNKNOWN, final_words
from generator.pages.timeline import timeline_of
from generator.pages.trust import is_lapsed, is_overdue, lapsed_on, level_of, trust_of
from generator.site import Page, Site
from generator.text import plain
from generator.words import words

MOST_UPSTREAM = 500
MOST_COLUMNS = 2000
"""How far the pages look; a metric on more tables than that is told so."""

PERCENT = frozenset({"%", "percent", "per cent"})


def metric_page(name: str, around: Surroundings) -> Page:
    """The page of a metric."""
    site, metric = around.site, around.site.project.catalog.metrics[name]
    page = Page(
        path=metric_path(metric.name),
        title=metric.title,
        description=plain(metric.summary or metric.description) or f"{metric.title}: a metric",
        section="metrics",
        body="",
        source=metric.at() if metric.at().file else None,
        hide=("navigation",),
    )
    values = _told_to_all(metric, around)
    time = site.project.times.get(metric.name, UNKNOWN)
    values |= {"time": time, "final_words": final_words(metric, time)}
    values |= {"neighbours": shown_neighbours(metric, site), "periods": shown_periods(metric, site)}
    values["held"] = site.project.conformance.get(metric.name, ())
    values["is_held"] = is_held(site.project.conformance.get(metric.name, ()))
    values["certified"] = site.project.certified.get(metric.name)
    values["level"] = level_of(metric, site)
    values["is_lapsed"] = is_lapsed(metric, site)
    values["lapsed_on"] = lapsed_on(metric, site)
    if not site.is_for_partners:
        values |= _told_to_engineers(metric, around)
    return rendered(page, "metric.html", site, values)


metric_pages = PagePerThing("metrics", metric_page)
"""A page for each metric."""


def _told_to_all(metric: Metric, around: Surroundings) -> dict[str, object]:
    site, relations = around.site, around.relations
    table = site.project.catalog.tables.get(metric.source or "")
    dated = site.project.dated.get(metric.name)
    known_issues = distinct_issues(metric.known_issues + (table.known_issues if table else ()))
    return {
        "metric": metric,
        "trust": trust_of(metric, site),
        "is_overdue": is_overdue(metric, site),
        "table": table,
        "time_anchor": _spoken_column(table, metric.time_anchor),
        "dimensions": [(name, _spoken_column(table, name)) for name in metric.dimensions],
        "fraction": _fraction(metric),
        "is_percent": _is_percent(metric),
        "reports": [
            (report, _filter_in(report, metric))
            for report in relations.reports_by_metric.get(metric.name, ())
        ],
        "related": _related(metric, site.project.catalog.metrics, relations),
        "known_issues": known_issues,
        "open_issues": [issue for issue in known_issues if _is_open(issue, site)],
        "changes": timeline_of(metric, dated),
        "dated": dated,
        "cited": cited(metric, dated),
        "examples": shown_examples(
            site.project.examples.get(metric.name, ()), metric.unit, is_percent=_is_percent(metric)
        ),
        "near": neighbourhood(around, Node(NodeKind.METRIC, metric.name), start=metric_path(metric.name)),
    }


def is_held(places: Iterable[Held]) -> bool | None:
    """Does the SQL compute it as defined? None where nothing could be compared."""
    verdicts = {held.verdict for held in places if held.excused is None}
    if Verdict.DIFFERS in verdicts:
        return False
    return True if Verdict.MATCH in verdicts else None


@dataclass(frozen=True, slots=True)
class TableGap:
    """Something the lineage behind the metric did not see, and the table it is missing from."""

    table: str
    gap: Gap
    location: Location


def _told_to_engineers(metric: Metric, around: Surroundings) -> dict[str, object]:
    lineage, node = around.site.project.lineage, Node(NodeKind.METRIC, metric.name)
    upstream = around.upstream(node, MOST_UPSTREAM)
    tables = upstream.names(NodeKind.TABLE)
    return {
        "query": query_of(metric),
        "kin": around.site.project.twins.get(metric.name),
        "rulings": _by_level(around.site.levels.get(metric.name)),
        "read": _first_per_source(lineage.edges_into(node)),
        "origins": _origins(node, around),
        "upstream": tables,
        "is_all_upstream": upstream.is_all,
        "completeness": around.completeness(node, upstream),
        "gaps": [*_own_gaps(metric, lineage), *_gaps_of(sorted(tables), lineage)],
        "findings": around.relations.findings_about("metric", metric.name),
    }


def _by_level(leveled: Leveled | None) -> list[tuple[Level, list[Ruling]]]:
    """Level → what became of each of its rules, bronze first."""
    rulings = leveled.rulings if leveled else ()
    return [
        (level, [each for each in rulings if each.level is level]) for level in reversed(Level) if rulings
    ]


def _origins(node: Node, around: Surroundings) -> list[Node]:
    """The columns at the far end: nothing of the catalog writes their tables."""
    lineage = around.site.project.lineage
    columns = around.origins(node, MOST_COLUMNS).nodes
    written = {name for name in {column.name for column in columns} if lineage.productions(name)}
    return [column for column in columns if column.name not in written]


def _own_gaps(metric: Metric, lineage: Lineage) -> Iterator[TableGap]:
    for expression in lineage.expressions(metric.name):
        for statement in expression.statements:
            for gap in statement.gaps:
                yield TableGap(metric.source or "", gap, expression.location)


def _gaps_of(tables: Iterable[str], lineage: Lineage) -> Iterator[TableGap]:
    for table in tables:
        for gap, place in lineage.gaps(table):
            yield TableGap(table, gap, place)


def _is_percent(metric: Metric) -> bool:
    return (metric.unit or "").strip().lower() in PERCENT


def distinct_issues(issues: tuple[KnownIssue, ...]) -> list[KnownIssue]:
    """The issues without those that say the same; a metric and its table may both tell of one."""
    return [*{(issue.since, issue.text): issue for issue in reversed(issues)}.values()][::-1]


def query_of(metric: Metric) -> str:
    """The metric as one query, to copy and run; empty where it has no expression."""
    value = value_expression(metric)
    if value is None:
        return ""
    lines = [f"SELECT\n  {value} AS {metric.name}"]
    lines += [f"FROM {metric.source}"] if metric.source else []
    lines += [f"WHERE {metric.filter}"] if metric.filter else []
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Fraction:
    """Numerator and denominator, each in words where its definition has any."""

    numerator: MetricPart
    denominator: MetricPart


def _fraction(metric: Metric) -> Fraction | None:
    """The formula as a fraction, if both parts can be said."""
    parts = (metric.numerator, metric.denominator)
    if (
        metric.numerator
        and metric.denominator
        and all(part and (part.label or part.expression) for part in parts)
    ):
        return Fraction(metric.numerator, metric.denominator)
    return None


def _spoken_column(table: Table | None, name: str | None) -> str | None:
    column = table.column(name) if table and name else None
    return (column.label if column else None) or name


def _filter_in(report: Report, metric: Metric) -> str | None:
    return next(
        (field.filter for field in report.fields if field.metric == metric.name and field.filter), None
    )


def _related(
    metric: Metric, metrics: Mapping[str, Metric], relations: Relations
) -> list[tuple[str, Metric | None, str | None]]:
    """How each other metric is related, the metric if there is one, the question it answers.

    A metric that names this one is related too.
    """
    said = [
        (
            words(item.relation),
            metrics.get(item.name),
            item.text or (None if item.name in metrics else item.name),
        )
        for item in metric.related_metrics
    ]
    named = {item.name for item in metric.related_metrics} | {metric.name}
    heard = [
        (words(relation), other, None)
        for relation, other in relations.metrics_naming.get(metric.name, ())
        if other.name not in named
    ]
    return said + heard


def _is_open(issue: KnownIssue, site: Site) -> bool:
    return issue.until is None or issue.until >= site.today


def _first_per_source(edges: tuple[Edge, ...]) -> list[Edge]:
    """One edge for each column that is read; a direct one comes before an indirect one."""
    return [*{edge.source: edge for edge in reversed(edges)}.values()][::-1]
