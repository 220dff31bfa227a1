"""Lists of everything of one kind, by topic. The whole list is in the page; the filter is an extra."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog import CHECKS, Catalog, Described, Enum, Job, Layer, Metric, Report, Table, Team
from generator import links
from generator.pages.gist import gist
from generator.pages.relations import Relations, holdings, relate
from generator.pages.rendering import rendered
from generator.pages.trust import Trust, level_of, trust_of
from generator.schedules import schedule_words
from generator.site import Page, Site
from generator.words import count, words

NO_TOPIC = "Other"
ORDERS = {"Layer": tuple(map(words, Layer))}
"""Facet → its options in an order of their own; other facets go by the alphabet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a list. `facets` are pairs such as `("Owner", "Moderation Operations")`."""

    group: str
    title: str
    path: str
    summary: str | None = None
    name: str = ""
    other_words: tuple[str, ...] = ()
    trust: Trust | None = None
    side: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    thing: Described | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists things: its path, its words, and the rows. `beside` are links: text and path."""

    path: str
    title: str
    lead: str
    noun: str
    rows: tuple[Row, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def browse_pages(site: Site) -> Iterator[Page]:
    """A page for each kind there is anything of."""
    for listing in _listings(site):
        if not listing.rows:
            continue
        page = Page(
            path=listing.path,
            title=listing.title,
            description=f"{listing.lead} {count(len(listing.rows), listing.noun)} in all.",
            section=listing.path.rstrip("/"),
            body="",
            hide=("navigation", "toc"),
        )
        groups: dict[str, list[Row]] = {}
        for row in listing.rows:
            groups.setdefault(row.group, []).append(row)
        yield rendered(page, "browse.html", site, {"listing": listing, "groups": groups, "orders": ORDERS})


def _listings(site: Site) -> Iterator[Listing]:
    catalog, relations = site.project.catalog, relate(site)
    yield Listing(
        links.METRICS,
        "Metrics",
        "Every number that people quote, with its meaning and how far it may be trusted.",
        "metric",
        _by_group(_metric_row(metric, site, relations) for metric in catalog.metrics.values()),
    )
    yield Listing(
        links.TABLES,
        "Tables",
        "The tables you receive." if site.is_for_partners else "Every table, from its source to the reports.",
        "table",
        _tables(site, relations),
    )
    yield Listing(
        links.REPORTS,
        "Reports",
        "Where the numbers are shown.",
        "report",
        _by_group(_report_row(report, catalog, site) for report in catalog.reports.values()),
    )
    yield Listing(
        links.JOBS,
        "Jobs",
        "What writes the tables, and when.",
        "job",
        _by_group(_job_row(job, catalog) for job in catalog.jobs.values()),
    )
    yield Listing(
        links.ENUMS,
        "Lists of values",
        "The values that fields can take, and what each means.",
        "list",
        _by_group(_enum_row(enum, catalog) for enum in catalog.enums.values()),
    )
    yield Listing(
        links.TEAMS,
        "Teams",
        "Who answers for what, and how to reach them.",
        "team",
        tuple(_team_row(team, catalog) for team in catalog.teams.values()),
    )
    if not site.is_for_partners:
        accepted = count(len(site.project.settings.waivers), "waiver")
        yield Listing(
            links.CHECKS,
            "Checks",
            "What is tested in every run.",
            "check",
            _checks(site),
            (("Findings that are accepted for a while: " + accepted, links.WAIVERS),),
        )


def _metric_row(metric: Metric, site: Site, relations: Relations) -> Row:
    catalog, trust, level = site.project.catalog, trust_of(metric, site), level_of(metric, site)
    reports = relations.reports_by_metric.get(metric.name, ())
    also = (*filter(None, [metric.abbreviation]), *metric.synonyms)
    return Row(
        group=_topic(metric),
        title=metric.title,
        path=links.path_of(metric),
        summary=gist(metric),
        name=metric.name,
        other_words=also,
        trust=trust,
        side=tuple(filter(None, [level.word if level else None, _owner(metric, catalog), metric.unit])),
        facets=(
            *([("Trust", trust.word)] if trust else []),
            *([("Level", level.word)] if level else []),
            ("Topic", _topic(metric)),
            *_owner_facet(metric, catalog),
            *(("Seen in", report.title) for report in reports),
        ),
        thing=metric,
    )


def _tables(site: Site, relations: Relations) -> tuple[Row, ...]:
    catalog = site.project.catalog
    rows = [_table_row(table, site, relations) for table in catalog.tables.values()]
    return tuple(rows) if site.is_for_partners else _by_group(rows)


def _table_row(table: Table, site: Site, relations: Relations) -> Row:
    catalog, trust = site.project.catalog, trust_of(table, site)
    side = [_owner(table, catalog)]
    if not site.is_for_partners:
        side.append(words(table.layer))
    return Row(
        group=_topic(table),
        title=table.title if site.is_for_partners else table.name,
        path=links.path_of(table),
        summary=gist(table),
        name="" if site.is_for_partners else (table.label or ""),
        trust=trust,
        side=tuple(filter(None, side)),
        facets=(
            _status_facet(trust),
            *([("Layer", words(table.layer))] if table.layer else []),
            ("Topic", _topic(table)),
            *_owner_facet(table, catalog),
            *([] if site.is_for_partners else [("Audience", words(table.audience))]),
            *(("Seen in", report.title) for report in _reports_on(table, relations)),
        ),
        thing=table,
    )


def _reports_on(table: Table, relations: Relations) -> list[Report]:
    """The reports that read a table, or show a metric made from it."""
    found = [*relations.reports_by_table.get(table.name, ())]
    for metric in relations.metrics_by_table.get(table.name, ()):
        found += relations.reports_by_metric.get(metric.name, ())
    return [*{report.name: report for report in found}.values()]


def _status_facet(trust: Trust | None) -> tuple[str, str]:
    """Tables and reports in plain use have no mark of trust."""
    return "Trust", trust.word if trust else "In use"


def _report_row(report: Report, catalog: Catalog, site: Site) -> Row:
    return Row(
        group=_topic(report),
        title=report.title,
        path=links.path_of(report),
        summary=gist(report),
        name=report.name,
        trust=trust_of(report, site),
        side=tuple(filter(None, [_owner(report, catalog), report.tool or words(report.type)])),
        facets=(
            _status_facet(trust_of(report, site)),
            ("Topic", _topic(report)),
            ("Kind", words(report.type)),
            *([("Tool", report.tool)] if report.tool else []),
            *_owner_facet(report, catalog),
        ),
        thing=report,
    )


def _job_row(job: Job, catalog: Catalog) -> Row:
    return Row(
        group=_topic(job),
        title=job.title,
        path=links.path_of(job),
        summary=gist(job),
        name=job.name,
        other_words=job.tables,
        side=tuple(filter(None, [_owner(job, catalog), schedule_words(job.schedule) or job.schedule])),
        facets=(("Topic", _topic(job)), ("Kind", words(job.type)), *_owner_facet(job, catalog)),
        thing=job,
    )


def _enum_row(enum: Enum, catalog: Catalog) -> Row:
    return Row(
        group=_topic(enum),
        title=enum.title,
        path=links.path_of(enum),
        summary=gist(enum),
        name=enum.name,
        other_words=tuple(str(value.value) for value in enum.values),
        side=(count(len(enum.values), "value"),),
        facets=(("Topic", _topic(enum)), *_owner_facet(enum, catalog)),
        thing=enum,
    )


def _team_row(team: Team, catalog: Catalog) -> Row:
    held = holdings(team, catalog)
    side = [
        count(len(things), noun)
        for things, noun in ((held.metrics, "metric"), (held.tables, "table"), (held.reports, "report"))
        if things
    ]
    return Row(
        group="",
        title=team.title,
        path=links.path_of(team),
        summary=gist(team),
        name=team.name,
        side=tuple(side),
    )


def _checks(site: Site) -> tuple[Row, ...]:
    found = [finding.code for finding in site.findings]
    return tuple(
        Row(
            group="",
            title=f"{check.code} {check.name}",
            path=links.check_path(check.code),
            summary=check.summary,
            side=(
                words(check.severity),
                *([count(found.count(check.code), "finding")] if check.code in found else []),
            ),
            facets=(
                ("Severity", words(check.severity)),
                ("Found here", "Yes" if check.code in found else "No"),
            ),
        )
        for check in sorted(CHECKS, key=lambda check: check.code)
    )


def _by_group(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows by topic, then by title; those without a topic come last."""
    return tuple(
        sorted(rows, key=lambda row: (row.group == NO_TOPIC, row.group, row.title.casefold(), row.path))
    )


def _topic(thing: Described) -> str:
    topic = thing.domain or NO_TOPIC
    return topic[:1].upper() + topic[1:]


def _owner(thing: Described, catalog: Catalog) -> str | None:
    team = catalog.teams.get(thing.owner or "")
    return team.title if team else thing.owner


def _owner_facet(thing: Described, catalog: Catalog) -> list[tuple[str, str]]:
    owner = _owner(thing, catalog)
    return [("Owner", owner)] if owner else []
