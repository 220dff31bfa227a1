"""The texts that partners get, each with its place, and the internal names that stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import (
    Audience,
    Catalog,
    Change,
    Column,
    Described,
    Enum,
    EnumValue,
    KnownIssue,
    Location,
    Metric,
    MetricExample,
    MetricPart,
    Reference,
    RelatedMetric,
    Report,
    ReportField,
    Table,
    Team,
    Term,
    Written,
)
from ..visibility import column_is_for_partners, is_for_partners

SAID_OF_ALL = ("label", "summary", "description", "domain")

SPOKEN: dict[type[Written], tuple[str, ...]] = {
    Table: (*SAID_OF_ALL, "purpose", "usage", "limitations", "grain", "refresh", "freshness",
            "update_frequency", "retention", "contact", "columns", "changes",
            "known_issues"),
    Column: ("label", "description", "unit", "valid_values", "examples", "known_issues"),
    Metric: (*SAID_OF_ALL, "abbreviation", "synonyms", "purpose", "usage", "limitations", "do_not_use_for",
             "includes", "excludes", "formula", "numerator", "denominator", "unit", "statistic", "grain",
             "timezone", "matures_after", "late_data", "population", "target", "worked_example",
             "related_metrics", "version", "contact", "changes", "known_issues", "authoritative_definitions",
             "examples"),
    MetricExample: ("title", "rows", "expected", "note"),
    MetricPart: ("label", "note"),
    RelatedMetric: ("text",),
    Report: (*SAID_OF_ALL, "tool", "url", "refresh", "access", "fields", "known_issues"),
    ReportField: ("name", "filter"),
    Team: (*SAID_OF_ALL, "email", "channel", "response_time"),
    Term: (*SAID_OF_ALL, "definition", "synonyms", "not_the_same_as", "source"),
    Enum: (*SAID_OF_ALL, "values", "source"),
    EnumValue: ("value", "label", "description"),
    KnownIssue: ("text", "effect", "status"),
    Change: ("version", "text"),
    Reference: ("title", "url"),
}  # fmt: skip
"""Kind of thing → the keys whose texts partners get. A test holds them to what leaves."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text that partners read of a thing, under a key of what it was written in."""

    thing: Described
    key: str
    text: str
    written: Written
    path: str

    @property
    def place(self) -> Location:
        """Where the text stands."""
        return self.written.at(self.path)


def spoken_texts(catalog: Catalog) -> Iterator[Spoken]:
    """All that partners read."""
    for thing in catalog.things():
        if type(thing) in SPOKEN and is_for_partners(thing):
            yield from _texts(thing, thing)


def _texts(written: Written, thing: Described) -> Iterator[Spoken]:
    for key in SPOKEN[type(written)]:
        value = getattr(written, key)
        if isinstance(value, str):
            yield Spoken(thing, key, value, written, key)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, str):
                    yield Spoken(thing, key, item, written, f"{key}.{index}")
                else:
                    yield from _texts_within(item, thing)
        elif value is not None:
            yield from _texts_within(value, thing)


def _texts_within(value: object, thing: Described) -> Iterator[Spoken]:
    if isinstance(value, Written) and not _stays_here(value, thing):
        yield from _texts(value, thing)


def _stays_here(value: object, thing: Described) -> bool:
    """Is it a column or a known issue of a partner-visible thing that partners do not get?"""
    if isinstance(value, KnownIssue):
        return value.audience not in (None, Audience.PARTNER)
    return isinstance(value, Column) and not _is_spoken(value, thing)


def _is_spoken(column: Column, thing: Described) -> bool:
    return isinstance(thing, Table) and column_is_for_partners(thing, column) and bool(column.label)
