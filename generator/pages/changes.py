"""What changed: every dated entry of the site by month, and what will end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from catalog import Metric, Report, Table
from generator.links import CHANGES
from generator.pages.history import Entry, ending, history
from generator.pages.rendering import rendered
from generator.site import Page, Site
from generator.words import month_words

KINDS = {Metric: "Metric", Table: "Table", Report: "Report"}


def changes_pages(site: Site) -> Iterator[Page]:
    """The one page; none where nothing has a date."""
    entries, ends = history(site), ending(site)
    if not entries and not ends:
        return
    page = Page(
        path=CHANGES,
        title="What changed",
        description="Changes of definitions and faults of the data, newest first",
        section="changes",
        body="",
        hide=("navigation", "toc"),
    )
    values = {"months": _months(entries), "ends": ends, "has_entries": bool(entries)}
    yield rendered(page, "changes.html", site, values)


def _months(entries: Iterable[Entry]) -> list[tuple[str, list[tuple[Entry, list[tuple[str, str]]]]]]:
    """Month in words → its entries, each with its facets."""
    by_month = groupby(entries, key=lambda entry: month_words(entry.date))
    return [(month, [(entry, _facets(entry)) for entry in group]) for month, group in by_month]


def _facets(entry: Entry) -> list[tuple[str, str]]:
    kind = "Fault of the data" if entry.is_issue else "Definition"
    topic = entry.thing.domain or "Other"
    return [
        ("What happened", kind),
        ("Comparable", "Break in series" if entry.is_break else "No break"),
        ("About", KINDS[type(entry.thing)]),
        ("Topic", topic[:1].upper() + topic[1:]),
    ]
