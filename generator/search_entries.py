"""What can be found on a site: one search entry for each thing of its project."""

from __future__ import annotations

from collections.abc import Iterator

from catalog import CHECKS, Check, Described, Enum, Metric, Report, Table, Term
from generator.links import check_path, path_of
from generator.pages.trust import trust_of
from generator.search import SearchEntry, build_index
from generator.site import Site, SiteFile
from generator.text import plain

KINDS = (
    ("metrics", "Metric"),
    ("tables", "Table"),
    ("reports", "Report"),
    ("terms", "Term"),
    ("enums", "List of values"),
    ("teams", "Team"),
    ("jobs", "Job"),
)
"""Kinds of the catalog and their word, the most looked for first."""


def search_files(site: Site) -> Iterator[SiteFile]:
    """The scripts of the search index."""
    for path, text in build_index(tuple(search_entries(site))).items():
        yield SiteFile(path, text.encode("utf-8"))


def search_entries(site: Site) -> Iterator[SearchEntry]:
    """Entries kind by kind, each by name; checks are for those who can mend what they find."""
    for field, kind in KINDS:
        for thing in getattr(site.project.catalog, field).values():
            yield _entry(thing, kind, site)
    if not site.is_for_partners:
        yield from (_check_entry(check) for check in CHECKS)


def _entry(thing: Described, kind: str, site: Site) -> SearchEntry:
    trust = trust_of(thing, site) if isinstance(thing, Metric | Table | Report) else None
    # Partners know a table by its label; the name beside it is only the form it has in the address.
    is_title_alone = isinstance(thing, Table) and site.is_for_partners
    return SearchEntry(
        kind=kind,
        name=thing.title if is_title_alone else thing.name,
        title=thing.title,
        path=path_of(thing),
        synonyms=_synonyms(thing),
        summary=_answer(thing, site),
        trust=trust.word if trust else "",
        extra_words=tuple(_names_inside(thing)),
    )


def _check_entry(check: Check) -> SearchEntry:
    return SearchEntry("Check", check.code, check.name, check_path(check.code), summary=plain(check.summary))


def _synonyms(thing: Described) -> tuple[str, ...]:
    if isinstance(thing, Metric):
        return (*thing.synonyms, *((thing.abbreviation,) if thing.abbreviation else ()))
    return thing.synonyms if isinstance(thing, Term) else ()


def _answer(thing: Described, site: Site) -> str:
    """The sentence that tells what it is, after the one that tells what to use instead."""
    told = thing.summary or (thing.definition if isinstance(thing, Term) else thing.description)
    words = plain(told)
    if not isinstance(thing, Metric | Table) or not thing.replacement:
        return words
    catalog = site.project.catalog
    others = catalog.metrics if isinstance(thing, Metric) else catalog.tables
    other = others.get(thing.replacement)
    return f"Use {other.title if other else thing.replacement} instead. {words}"


def _names_inside(thing: Described) -> Iterator[str]:
    """Names and labels of columns, values of enumerations, fields of reports."""
    if isinstance(thing, Table):
        for column in thing.columns:
            yield column.name
            if column.label:
                yield column.label
    elif isinstance(thing, Enum):
        for value in thing.values:
            yield str(value.value)
            if value.label:
                yield value.label
    elif isinstance(thing, Report):
        yield from (field.name for field in thing.fields)
