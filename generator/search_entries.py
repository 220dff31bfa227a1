"""What can be found on a site: one search entry for each thing of its project, and for each column's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import starmap
from operator import attrgetter

from catalog import (
    CHECKS,
    Check,
    Column,
    Described,
    Enum,
    EnumValue,
    Job,
    Metric,
    Report,
    Table,
    Term,
)
from generator.links import check_path, column_anchor, enum_value_path, path_of, table_path
from generator.pages.trust import trust_of
from generator.search import PLACES_SHOWN, build_index
from generator.search_entry import Place, SearchEntry
from generator.site import Site, SiteFile
from generator.text import plain
from generator.words import words

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

TOLD = (
    "domain", "tags", "description", "purpose", "usage", "limitations", "do_not_use_for", "includes",
    "excludes", "formula", "numerator.label", "numerator.note", "denominator.label", "denominator.note",
    "population", "target", "worked_example", "grain", "statistic", "refresh", "retention", "access", "tool",
    "on_failure", "schedule", "not_the_same_as", "source", "email", "channel",
)  # fmt: skip
"""Fields whose words find a thing, beside its names and its summary."""

TOLD_BY_MANY = (
    ("known_issues", "text"),
    ("known_issues", "effect"),
    ("changes", "text"),
    ("fields", "filter"),
)
"""The same of what a thing has several of."""


def search_files(site: Site) -> Iterator[SiteFile]:
    """The scripts of the search index."""
    for path, text in build_index(tuple(search_entries(site))):
        yield SiteFile(path, text.encode("utf-8"))


def search_entries(site: Site) -> Iterator[SearchEntry]:
    """Entries kind by kind, what is in use before what is not; checks are for those who can mend them."""
    catalog = site.project.catalog
    tables: list[Table] = []
    for field, kind in KINDS:
        things = getattr(catalog, field).values()
        entries = [(_entry(thing, kind, site), thing) for thing in things]
        entries.sort(key=lambda pair: (bool(pair[0].replacement), pair[0].trust))
        yield from (entry for entry, _ in entries)
        tables += (thing for _, thing in entries if isinstance(thing, Table))
    if not site.is_for_partners:
        yield from (_check_entry(check) for check in CHECKS)
    for enum in catalog.enums.values():
        yield from (_value_entry(value, enum) for value in enum.values)
    yield from _column_entries(site, tables)


def _entry(thing: Described, kind: str, site: Site) -> SearchEntry:
    trust = trust_of(thing, site) if isinstance(thing, Metric | Table | Report) else None
    # Partners know a table by its label; the name beside it is only the form it has in the address.
    is_title_alone = isinstance(thing, Table) and site.is_for_partners
    other = _replacement(thing, site)
    return SearchEntry(
        kind=kind,
        name=thing.title if is_title_alone else thing.name,
        title=thing.title,
        path=path_of(thing),
        synonyms=_synonyms(thing),
        summary=_answer(thing, other),
        trust=trust.word if trust else "",
        inside=tuple(_names_inside(thing, site)),
        text=" ".join(_told(thing)),
        replacement=path_of(other) if other else "",
    )


def _check_entry(check: Check) -> SearchEntry:
    return SearchEntry("Check", check.code, check.name, check_path(check.code), summary=plain(check.summary))


def _value_entry(value: EnumValue, enum: Enum) -> SearchEntry:
    name = str(value.value)
    meaning = plain(value.description)
    return SearchEntry(
        kind="Value",
        name=name,
        title=value.label or name,
        path=enum_value_path(enum.name, name),
        summary=f"{enum.title}: {meaning}" if meaning else f"One of the values of {enum.title}",
        has_acronym=False,
    )


def _column_entries(site: Site, tables: Iterable[Table]) -> Iterator[SearchEntry]:
    """One entry for each name of a column, with all the tables that have it; the most common name first."""
    found: defaultdict[str, list[tuple[Place, Column]]] = defaultdict(list)
    for table in tables:
        place = Place(table.title, table_path(table.name))
        for column in _columns(table, site):
            found[column.name].append((place, column))
    for name, places in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        labels = dict.fromkeys(column.label for _, column in places if column.label)
        told = dict.fromkeys(column.description for _, column in places if column.description)
        anchor = column_anchor(name)
        yield SearchEntry(
            kind="Column",
            name=name,
            title=next(iter(labels), name),
            path=f"{places[0][0].path}#{anchor}",
            synonyms=tuple(labels)[1:],
            text=" ".join(told),
            places=(
                *starmap(_told_place, places[:PLACES_SHOWN]),
                *(place for place, _ in places[PLACES_SHOWN:]),
            ),
            anchor=anchor,
            has_acronym=False,
        )


def _told_place(place: Place, column: Column) -> Place:
    return replace(place, summary=plain(column.description)) if column.description else place


def _columns(table: Table, site: Site) -> Iterator[Column]:
    """The columns that have a row on the page of the table."""
    yield from table.columns
    if not site.is_for_partners:
        written = {column.name for column in table.columns}
        for name in site.project.lineage.outputs(table.name):
            if name not in written:
                # Unchecked: a name in SQL may be longer than a definition would let it be.
                yield Column.model_construct(name=name)


def _synonyms(thing: Described) -> tuple[str, ...]:
    if isinstance(thing, Metric):
        return (*thing.synonyms, *((thing.abbreviation,) if thing.abbreviation else ()))
    return thing.synonyms if isinstance(thing, Term) else ()


def _replacement(thing: Described, site: Site) -> Metric | Table | None:
    catalog = site.project.catalog
    if isinstance(thing, Metric):
        return catalog.metrics.get(thing.replacement or "")
    return catalog.tables.get(thing.replacement or "") if isinstance(thing, Table) else None


def _answer(thing: Described, other: Metric | Table | None) -> str:
    """The sentence that tells what it is, after the one that tells what to use instead."""
    told = thing.summary or (thing.definition if isinstance(thing, Term) else thing.description)
    return f"Use {other.title} instead. {plain(told)}" if other else plain(told)


def _names_inside(thing: Described, site: Site) -> Iterator[str]:
    """Names and labels of columns, values of enumerations, fields and metrics of reports, kinds of things."""
    if isinstance(thing, Table):
        yield from _names_of_columns(thing)
    elif isinstance(thing, Enum):
        for value in thing.values:
            yield str(value.value)
            yield value.label or ""
    elif isinstance(thing, Report):
        yield words(thing.type)
        yield from (field.name for field in thing.fields)
        metrics = site.project.catalog.metrics
        yield from (metrics[name].title for name in thing.metrics if name in metrics)
    elif isinstance(thing, Metric):
        yield thing.source or ""
        yield from thing.dimensions
    elif isinstance(thing, Job):
        yield from thing.tables


def _names_of_columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield column.name
        if column.label:
            yield column.label


def _told(thing: Described) -> Iterator[str]:
    """Everything that is said of a thing in words, as it is written."""
    for field in TOLD:
        first, _, second = field.partition(".")
        value = getattr(thing, first, None)
        if second and value is not None:
            value = getattr(value, second)
        if isinstance(value, tuple):
            yield from value
        elif value:
            yield value
    for field, part in TOLD_BY_MANY:
        texts = map(attrgetter(part), getattr(thing, field, ()))
        yield from (text for text in texts if text)
