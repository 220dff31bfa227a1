"""The glossary: every word from A to Z on one page, each with an anchor of its own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.links import GLOSSARY
from generator.pages.letters import by_letter
from generator.pages.rendering import rendered
from generator.site import Page, Site


def glossary_pages(site: Site) -> Iterator[Page]:
    """The one page of all terms; none where there is no term."""
    terms = [*site.project.catalog.terms.values()]
    if not terms:
        return
    page = Page(
        path=GLOSSARY,
        title="Glossary",
        description=f"What the words mean: {len(terms)} terms from A to Z",
        section="glossary",
        body="",
        hide=("navigation", "toc"),
    )
    letters = by_letter(terms, lambda term: term.title)
    yield rendered(page, "glossary.html", site, {"letters": letters, "size": len(terms)})
