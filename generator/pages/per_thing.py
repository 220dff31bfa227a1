"""Page types with one page for each thing: their pages can be made one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.pages.surroundings import Surroundings
from generator.site import Page, Site


@dataclass(frozen=True, slots=True)
class PagePerThing:
    """A page for each thing of a kind, which is a field of the catalog.

    `page` receives the name of a thing and asks the surroundings for everything else, so that it can be
    known what a page was made from.
    """

    kind: str
    page: Callable[[str, Surroundings], Page]

    def __call__(self, site: Site) -> Iterator[Page]:
        """All pages of the kind."""
        around = Surroundings(site)
        for name in getattr(site.project.catalog, self.kind):
            yield self.page(name, around)
