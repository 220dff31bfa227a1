"""The page for addresses that lead nowhere. It searches, and it works wherever the site lies.

A server shows it at any depth, and it may not know where the site begins. So it asks for each of its files
once for each depth; the one that is there tells which depth it was, to the style sheet and to the script.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import links
from .pages.rendering import templates
from .site import Site, SiteFile

PATH = "404.html"
DEEPEST = 4
"""How many folders below the site an address may be; each has its style sheet in `assets/missed/`."""


def missed_files(site: Site) -> Iterator[SiteFile]:
    """The page, by the name that servers look for."""
    values = {
        "name": site.project.settings.name,
        "assets": links.ASSETS,
        "ways": ["../" * depth for depth in range(DEEPEST + 1)],
        "places": [*_places(site)],
    }
    yield SiteFile(PATH, templates().get_template("missed.html").render(values).encode())


def _places(site: Site) -> Iterator[tuple[str, str]]:
    """Title and path of the pages to go on from."""
    catalog = site.project.catalog
    yield "Home", links.HOME
    lists = (
        ("Metrics", links.METRICS, catalog.metrics),
        ("Tables", links.TABLES, catalog.tables),
        ("Reports", links.REPORTS, catalog.reports),
        ("Teams", links.TEAMS, catalog.teams),
        ("Glossary", links.GLOSSARY, catalog.terms),
    )
    yield from ((title, path) for title, path, things in lists if things)
    if any(catalog.things()):
        yield "Everything from A to Z", links.A_TO_Z
