"""Everything that has a name, from A to Z, with the other names it goes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog import CHECKS, Described, Metric, Table, Term
from generator.links import A_TO_Z, check_path, letter_path, path_of
from generator.pages.letters import by_letter, letter_id
from generator.pages.rendering import rendered
from generator.site import Page, Site
from generator.words import count

MOST_ON_ONE_PAGE = 1500
"""With more names than this each letter has a page of its own."""

KINDS = (
    ("metrics", "Metric"),
    ("tables", "Table"),
    ("reports", "Report"),
    ("jobs", "Job"),
    ("terms", "Term"),
    ("enums", "List of values"),
    ("teams", "Team"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name and where it leads; `see` is the title of the thing where this is another name for it."""

    title: str
    kind: str
    path: str
    see: str = ""
    thing: Described | None = None


Letters = list[tuple[str, list[Named]]]


def a_to_z_pages(site: Site) -> Iterator[Page]:
    """One page of all names, or one for each letter where there are many; none where there is no name."""
    names = [*_names(site)]
    if not names:
        return
    letters = by_letter(names, lambda named: named.title)
    is_whole = len(names) <= MOST_ON_ONE_PAGE
    first = Page(
        path=A_TO_Z,
        title="A–Z",
        description=f"Everything here by name: {count(len(names), 'name')} from A to Z",
        section="a-z",
        body="",
        hide=("navigation", "toc"),
    )
    yield _rendered(first, letters if is_whole else [], letters, site)
    for letter, found in letters if not is_whole else []:
        page = Page(
            path=letter_path(letter_id(letter)),
            title=f"A–Z: {letter}",
            description=f"Everything here under {letter}: {count(len(found), 'name')}",
            section="a-z",
            body="",
            hide=("navigation", "toc"),
        )
        yield _rendered(page, [(letter, found)], letters, site)


def _rendered(page: Page, shown: Letters, all_letters: Letters, site: Site) -> Page:
    is_whole = len(shown) == len(all_letters) and page.path == A_TO_Z
    index = [
        (letter, len(names), f"{A_TO_Z}#{letter_id(letter)}" if is_whole else letter_path(letter_id(letter)))
        for letter, names in all_letters
    ]
    values = {
        "page_title": page.title,
        "shown": [(letter, letter_id(letter), names) for letter, names in shown],
        "index": index,
        "dictionary": site.dictionary if page.path == A_TO_Z else "",
        "size": sum(len(names) for _, names in all_letters),
    }
    return rendered(page, "a_to_z.html", site, values)


def _names(site: Site) -> Iterator[Named]:
    for field, kind in KINDS:
        for thing in getattr(site.project.catalog, field).values():
            yield from _names_of(thing, kind, site)
    if not site.is_for_partners:
        for check in CHECKS:
            yield Named(check.name, f"Check {check.code}", check_path(check.code))


def _names_of(thing: Described, kind: str, site: Site) -> Iterator[Named]:
    """The name readers know a thing by, then the other ones; engineers know tables by name."""
    is_by_name = isinstance(thing, Table) and not site.is_for_partners
    title, path = thing.name if is_by_name else thing.title, path_of(thing)
    yield Named(title, kind, path, thing=thing)
    others = {thing.title: None} | dict.fromkeys(_other_names(thing))
    for name in others:
        if name.casefold() != title.casefold():
            yield Named(name, kind, path, see=title, thing=thing)


def _other_names(thing: Described) -> Iterator[str]:
    if isinstance(thing, Metric) and thing.abbreviation:
        yield thing.abbreviation
    if isinstance(thing, Metric | Term):
        yield from thing.synonyms
