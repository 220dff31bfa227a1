"""No field of a definition is written in vain: each has its place on a page."""

import datetime

import pytest
from page_reading import read
from planting import planted_findings, planted_project

from catalog import Audience, Report, Table
from catalog.model import KINDS, Written
from generator.pages import PAGE_TYPES
from generator.site import Site

NOT_FOR_READERS = {
    "custom_properties",  # free: not read by Plumbline
    "sql",  # told by the SQL itself
    "dialect",
    "tags",
}
TOLD_OTHERWISE = {
    (Table, "update_frequency"),  # only where `refresh` does not say it in words
    (Report, "url"),  # a link, if it is an address
}
PARTS = (
    *("the-label-of-Column", "the-description-of-Column", "the-type-of-Column", "the-unit-of-Column"),
    *("the-valid_values-of-Column", "the-examples-of-Column", "the-inherited_from-of-Column"),
    *("the-text-of-KnownIssue", "the-effect-of-KnownIssue", "the-status-of-KnownIssue"),
    *("the-text-of-Change", "the-version-of-Change"),
    *("the-label-of-MetricPart", "the-note-of-MetricPart", "the-expression-of-MetricPart"),
    *("the-title-of-Reference", "the-filter-of-ReportField"),
    *("the-label-of-EnumValue", "the-description-of-EnumValue"),
    *("the-message-of-Finding", "the-hint-of-Finding"),
)
TODAY = datetime.date(2026, 11, 21)


def mark(cls: type[Written], field: str) -> str:
    return f"the-{field}-of-{cls.__name__}"


def told() -> str:
    project = planted_project(mark, "thing")
    site = Site(project, Audience.INTERNAL, planted_findings(mark, "thing"), TODAY)
    pages = [page for pages in PAGE_TYPES for page in pages(site)]
    return " ".join(f"{page.title} {page.description} {read(page.body).text}" for page in pages)


@pytest.fixture(scope="module")
def everything() -> str:
    return told()


def texts_of(cls: type[Written]) -> list[str]:
    """Fields whose own words the planting has written."""
    thing = planted_project(mark, "thing").catalog
    one = {type(item): item for item in thing.things()}[cls]
    return [name for name in cls.model_fields if getattr(one, name) == mark(cls, name)]


@pytest.mark.parametrize("cls", KINDS.values())
def test_every_field_of_a_thing_is_told_to_engineers(everything, cls):
    fields = [
        name for name in texts_of(cls) if name not in NOT_FOR_READERS and (cls, name) not in TOLD_OTHERWISE
    ]
    assert [name for name in fields if mark(cls, name) not in everything] == []
    assert fields


def test_the_parts_of_things_are_told_too(everything):
    for words in PARTS:
        assert words in everything, words


def test_a_table_shows_its_sql_and_what_was_not_seen(everything):
    assert "the-text-of-SqlText" in everything
    assert "this kind of SQL is not followed" in everything
    assert texts_of(Table)
