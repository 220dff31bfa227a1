"""The page of a team: how to reach it, and what it answers for."""

from __future__ import annotations

from collections.abc import Iterator

from catalog import Metric, Table
from generator.links import team_path
from generator.pages.relations import holdings, relate
from generator.pages.rendering import rendered
from generator.pages.trust import is_overdue, trust_of
from generator.site import Page, Site
from generator.text import plain


def team_pages(site: Site) -> Iterator[Page]:
    """A page for each team."""
    relations = relate(site)
    for team in site.project.catalog.teams.values():
        page = Page(
            path=team_path(team.name),
            title=team.title,
            description=plain(team.summary or team.description) or f"{team.title}: a team",
            section="teams",
            body="",
            source=team.at() if team.at().file else None,
            hide=("navigation",),
        )
        held = holdings(team, site.project.catalog)
        reviewed: tuple[Metric | Table, ...] = (*held.metrics, *held.tables)
        values = {
            "team": team,
            "held": held,
            "metrics": [(metric, trust_of(metric, site)) for metric in held.metrics],
            "overdue": [thing for thing in reviewed if is_overdue(thing, site)],
            "findings": relations.findings_about("team", team.name),
        }
        yield rendered(page, "team.html", site, values)
