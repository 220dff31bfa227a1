"""A metric as it stood on a day: a page for each recorded state, whose address and words stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog import DatedMetric, DatedState, Metric, state_digest, state_text
from generator.links import metric_path, past_definition_path, past_metric_path
from generator.pages.rendering import rendered
from generator.site import Page, Site, SiteFile
from generator.words import date_words, field_words, listed

SQL = ("expression", "filter")
"""Fields that are nothing but SQL: where no value changes with them, they only are written otherwise."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation names beside the metric: the state, its address, and the digest of its file."""

    state: DatedState
    path: str
    file: str
    digest: str


def past_metric_pages(site: Site) -> Iterator[Page]:
    """A page for each state of each metric; none where nothing is recorded."""
    for name, dated in site.project.dated.items():
        for state in dated.states:
            yield _page(site, site.project.catalog.metrics[name], dated, state)


def past_definition_files(site: Site) -> Iterator[SiteFile]:
    """The definitions behind these pages as files."""
    for name, dated in site.project.dated.items():
        for state in dated.states:
            content = state_text(state).encode("utf-8", "surrogatepass")
            yield SiteFile(past_definition_path(name, state.day), content)


def cited(metric: Metric, dated: DatedMetric | None) -> Citation | None:
    """How a metric is cited as it is now; None where that is not recorded."""
    return citation(metric.name, dated.states[-1]) if dated and dated.is_current else None


def citation(name: str, state: DatedState) -> Citation:
    """How a state of a metric is cited."""
    paths = past_metric_path(name, state.day), past_definition_path(name, state.day)
    return Citation(state, *paths, state_digest(state))


def changed_words(state: DatedState) -> str:
    """What became another with a state, in a sentence; empty for the first one."""
    told = []
    fields = [field for field in state.changed if state.changes_values or field not in SQL]
    if fields:
        told.append(f"Changed: {listed(map(field_words, fields))}.")
    elif state.changed:
        told.append("Only how its SQL is written has changed.")
    if state.changes_values:
        told.append("Its values may differ from those before.")
    return " ".join(told)


def _page(site: Site, now: Metric, dated: DatedMetric, state: DatedState) -> Page:
    metric = state.definition
    page = Page(
        path=past_metric_path(now.name, state.day),
        title=f"{metric.title}, {date_words(state.day)}",
        description=f"How {metric.title} was defined from {date_words(state.day)} on",
        section="metrics",
        body="",
        hide=("navigation", "toc"),
    )
    values = {
        "metric": metric,
        "now": now,
        "state": state,
        "is_last": state is dated.states[-1],
        "is_current": dated.is_current,
        "current_path": metric_path(now.name),
        "cited": citation(now.name, state),
        "changed": changed_words(state),
    }
    return rendered(page, "past_metric.html", site, values)
