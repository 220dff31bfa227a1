"""Which things an audience may see, and which names it must never read.

Shared by the cut that makes the partner site and by the checks that warn before it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Audience, Catalog, Column, Described, EnumValue, Status, Table

HIDDEN_STATUSES = frozenset({Status.PROPOSED, Status.DRAFT, Status.RETIRED})

MARKS = frozenset("_.-")
"""What tells an identifier from a word or a number."""

SEPARATOR = re.compile(r"[./-]")
MARKED_WORD = re.compile(r"(?<![\w./-])[^\W_]*+[_./-][\w./-]*")
"""A word that may hold an identifier: there are thousands of texts, and most words are plain."""


def is_for_partners(thing: Described) -> bool:
    """Does the thing say that partners see it, and is it ready for them?"""
    return thing.audience is Audience.PARTNER and thing.status not in HIDDEN_STATUSES


def column_is_for_partners(table: Table, column: Column) -> bool:
    """May partners see this column? It takes its table's audience unless it has its own."""
    return (column.audience or table.audience) is Audience.PARTNER


def internal_identifiers(catalog: Catalog) -> frozenset[str]:
    """The names that must not occur in anything partners get.

    Every table name, whole and without its schema, of partner-visible tables too; every column
    name; names of metrics, reports and jobs that partners do not see; SQL file names. Plain words
    (`country`) are left out, since they are no names of anything to a reader: an identifier has `_`, `.`
    or `-`.
    """
    said_openly = {name.casefold() for name in _names_said_openly(catalog)}
    return frozenset(
        name
        for name in _internal_names(catalog)
        if _is_identifier(name) and name.casefold() not in said_openly
    )


def _is_identifier(name: str) -> bool:
    """Has it letters and a mark between them, so that no plain word or number is taken for a name?"""
    return any(mark in name for mark in "_.-") and any(letter.isalpha() for letter in name)


def _internal_names(catalog: Catalog) -> Iterator[str]:
    for table in catalog.tables.values():
        yield table.name
        yield table.name.rpartition(".")[2]
        for column in table.columns:
            yield column.name
    for text in catalog.sql:
        yield text.start.file
        yield text.start.file.rpartition("/")[2]
    for kind in (catalog.metrics, catalog.reports, catalog.jobs, catalog.enums):
        yield from (name for name, thing in kind.items() if not is_for_partners(thing))
    for enum in catalog.enums.values():
        if not is_for_partners(enum):
            yield from (str(value.value) for value in enum.values)


def _names_said_openly(catalog: Catalog) -> Iterator[str]:
    for thing in catalog.things():
        if is_for_partners(thing) and not isinstance(thing, Table):
            yield thing.name
            yield thing.title
        values: tuple[EnumValue, ...] = getattr(thing, "values", ())
        if is_for_partners(thing):
            yield from (str(value.value) for value in values)


def names_in(text: str, names: frozenset[str]) -> list[str]:
    """The names (in small letters) that stand in a text as whole words, in any case; the longest of two.

    They are identifiers: each has a mark in it (`_`, `.` or `-`) that tells it from a plain word.
    """
    found = [name for word in MARKED_WORD.findall(text) for name in _names_in_word(word, names)]
    return list(dict.fromkeys(found))


def _names_in_word(word: str, names: frozenset[str]) -> Iterator[str]:
    cuts = [0, *(cut.end() for cut in SEPARATOR.finditer(word)), len(word) + 1]
    first = 0
    while first < len(cuts) - 1:
        ends = range(len(cuts) - 1, first, -1)
        end = next((end for end in ends if word[cuts[first] : cuts[end] - 1].casefold() in names), None)
        if end is not None:
            yield word[cuts[first] : cuts[end] - 1]
        first = end or first + 1
