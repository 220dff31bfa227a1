"""The glossary: every word from A to Z on one page, each with an anchor of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from catalog import Term
from generator.links import GLOSSARY
from generator.pages.rendering import rendered
from generator.site import Page, Site

OTHER_LETTERS = "#"


def glossary_pages(site: Site) -> Iterator[Page]:
    """The one page of all terms; none where there is no term."""
    terms = sorted(site.project.catalog.terms.values(), key=_alphabetical)
    if not terms:
        return
    letters = [(letter, list(group)) for letter, group in groupby(terms, key=_letter)]
    page = Page(
        path=GLOSSARY,
        title="Glossary",
        description=f"What the words mean: {len(terms)} terms from A to Z",
        section="glossary",
        body="",
        hide=("navigation", "toc"),
    )
    yield rendered(page, "glossary.html", site, {"letters": letters, "size": len(terms)})


def _alphabetical(term: Term) -> tuple[bool, str, str]:
    return _letter(term) == OTHER_LETTERS, _folded(term.title), term.name


def _letter(term: Term) -> str:
    first = _folded(term.title)[:1].upper()
    return first if first.isascii() and first.isalpha() else OTHER_LETTERS


def _folded(title: str) -> str:
    """Without accents and case, so that É stands with E."""
    split = unicodedata.normalize("NFKD", title)
    return "".join(character for character in split if not unicodedata.combining(character)).casefold()
