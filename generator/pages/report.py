"""The page of a report: what it shows, who may open it, and the limits it inherits from its metrics."""

from __future__ import annotations

from catalog import Metric, Node, NodeKind, Report
from generator.links import report_path
from generator.pages.neighbourhood import neighbourhood
from generator.pages.per_thing import PagePerThing
from generator.pages.relations import metrics_of
from generator.pages.rendering import rendered
from generator.pages.surroundings import Surroundings
from generator.pages.trust import trust_of
from generator.site import Page, Site
from generator.text import plain


def report_page(name: str, around: Surroundings) -> Page:
    """The page of a report."""
    site, catalog = around.site, around.site.project.catalog
    report = catalog.reports[name]
    page = Page(
        path=report_path(report.name),
        title=report.title,
        description=plain(report.summary or report.description) or f"{report.title}: a report",
        section="reports",
        body="",
        source=report.at() if report.at().file else None,
        hide=("navigation",),
    )
    shown = metrics_shown(report, site)
    values = {
        "report": report,
        "trust": trust_of(report, site),
        "shown": [(metric, trust_of(metric, site)) for metric in shown],
        "limited": [metric for metric in shown if metric.limitations],
        "unknown": [name for name in metrics_of(report) if name not in catalog.metrics],
        "near": neighbourhood(around, Node(NodeKind.REPORT, report.name), start=page.path),
        "findings": around.relations.findings_about("report", report.name),
    }
    return rendered(page, "report.html", site, values)


report_pages = PagePerThing("reports", report_page)
"""A page for each report."""


def metrics_shown(report: Report, site: Site) -> list[Metric]:
    """The metrics of a report that the catalog knows, in the order of its definition."""
    metrics = site.project.catalog.metrics
    return [metrics[name] for name in metrics_of(report) if name in metrics]
