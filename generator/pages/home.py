"""The first page of each site: search, then the ways in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from catalog import (
    Certification,
    Layer,
    Metric,
    Report,
    Severity,
    Status,
    Table,
    coverage_of,
    figures,
)
from generator.links import HOME
from generator.pages.coverage import all_gaps, undescribed_tables
from generator.pages.history import history
from generator.pages.relations import Relations, relate
from generator.pages.rendering import rendered
from generator.pages.trust import is_overdue, trust_of
from generator.site import Page, Site
from generator.words import words

FIGURES = (
    "tables described",
    "columns described",
    "metrics described",
    "tables with an owner",
    "metrics certified",
    "produced columns traced",
)
"""The figures of the coverage page that stand on the home page too."""

MOST_METRICS = 8
MOST_CHANGES = 5
MOST_REPORTS = 12
MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and how much there is of it."""

    name: str
    metrics: tuple[Metric, ...]
    tables: tuple[Table, ...]
    reports: tuple[Report, ...]


def home_pages(site: Site) -> Iterator[Page]:
    """The home page."""
    page = Page(
        path=HOME,
        title=site.project.settings.name,
        description="Find a metric, a table, a report or a word, and learn whether to trust it",
        section="home",
        body="",
        hide=("navigation", "toc"),
    )
    relations, entries = relate(site), history(site)
    values = {
        "topics": _topics(site),
        "metrics": [(metric, trust_of(metric, site)) for metric in _leading_metrics(site, relations)],
        "reports": [*site.project.catalog.reports.values()][:MOST_REPORTS],
        "changes": [entry for entry in entries if not entry.is_open][:MOST_CHANGES],
        "open_issues": [entry for entry in entries if entry.is_open],
    }
    if site.is_for_partners:
        yield rendered(page, "home_partner.html", site, values)
    else:
        yield rendered(page, "home.html", site, values | _told_to_engineers(site))


def _told_to_engineers(site: Site) -> dict[str, object]:
    catalog = site.project.catalog
    reviewed: tuple[Metric | Table, ...] = (*catalog.metrics.values(), *catalog.tables.values())
    coverage = coverage_of(site.project)
    layers = Counter(table.layer for table in catalog.tables.values())
    found = Counter(finding.severity for finding in site.findings)
    return {
        "layers": [(words(layer), layers[layer]) for layer in Layer if layers[layer]],
        "without_layer": layers[None],
        "figures": [each for each in figures(coverage) if each.name in FIGURES],
        "undescribed": undescribed_tables(coverage),
        "most_named": MOST_NAMED,
        "found": [(severity, found[severity]) for severity in Severity if found[severity]],
        "gaps": len(all_gaps(site)),
        "overdue": [thing for thing in reviewed if is_overdue(thing, site)],
    }


def _leading_metrics(site: Site, relations: Relations) -> list[Metric]:
    """Certified metrics first, then those that most reports show."""

    def rank(metric: Metric) -> tuple[bool, bool, int, str]:
        return (
            metric.status is not Status.ACTIVE,
            metric.certification is not Certification.CERTIFIED,
            -len(relations.reports_by_metric.get(metric.name, ())),
            metric.title.casefold(),
        )

    return sorted(site.project.catalog.metrics.values(), key=rank)[:MOST_METRICS]


def _topics(site: Site) -> list[Topic]:
    catalog = site.project.catalog
    kinds = (catalog.metrics.values(), catalog.tables.values(), catalog.reports.values())
    names = sorted({thing.domain for things in kinds for thing in things if thing.domain})
    return [
        Topic(
            name,
            tuple(thing for thing in catalog.metrics.values() if thing.domain == name),
            tuple(thing for thing in catalog.tables.values() if thing.domain == name),
            tuple(thing for thing in catalog.reports.values() if thing.domain == name),
        )
        for name in names
    ]
