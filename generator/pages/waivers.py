"""The waiver board, for engineers: findings that are accepted for a while, those that end first on top."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from catalog import Waiver
from generator.links import WAIVERS
from generator.pages.rendering import rendered
from generator.site import Page, Site
from generator.words import count

SOON = datetime.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """A waiver and how it stands on the day of the build: a word, and the tone of it."""

    waiver: Waiver
    state: str
    tone: str


def waiver_pages(site: Site) -> Iterator[Page]:
    """The one page, there being waivers or not; partners have no findings, so they get none."""
    if site.is_for_partners:
        return
    standings = standings_of(site)
    page = Page(
        path=WAIVERS,
        title="Waivers",
        description=f"Findings that are accepted for a while: {count(len(standings), 'waiver')}",
        section="checks",
        body="",
        hide=("navigation", "toc"),
    )
    yield rendered(page, "waivers.html", site, {"standings": standings})


def standings_of(site: Site) -> list[Standing]:
    """Every waiver, those that end first on top."""
    unused = {finding.subject for finding in site.findings if finding.code == "GV001"}
    waivers = sorted(site.project.settings.waivers, key=lambda each: (each.until, each.check, each.subject))
    return [_standing(waiver, unused, site.today) for waiver in waivers]


def _standing(waiver: Waiver, unused: set[str], today: datetime.date) -> Standing:
    if f"{waiver.check} {waiver.subject}" in unused:
        return Standing(waiver, "Matches nothing", "warn")
    if waiver.until < today:
        return Standing(waiver, "Ended, the finding counts again", "bad")
    if waiver.until - today <= SOON:
        return Standing(waiver, "Ends soon", "warn")
    return Standing(waiver, "Holds", "plain")
