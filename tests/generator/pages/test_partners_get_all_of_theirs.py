"""The reverse of the canary: all of the example that partners may see is on its page and in the search."""

import datetime
import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_reading import read

from catalog import Audience, Project, open_project
from generator.assembly import site_of
from generator.feed import feed_files
from generator.links import path_of
from generator.pages import PAGE_TYPES
from generator.search_entries import search_files
from generator.site import Site
from generator.text import plain

ROOT = Path(__file__).parents[3]
TODAY = datetime.date(2026, 11, 21)


def flat(text: str) -> str:
    """Letters and digits alone: what stands between them is a matter of form."""
    return "".join(filter(str.isalnum, html.unescape(text))).lower()


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(open_project(ROOT), Audience.PARTNER, today=TODAY)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    found = (page for make in PAGE_TYPES for page in make(site))
    return {page.path: flat(f"{page.title} {page.description} {read(page.body).text}") for page in found}


@pytest.fixture(scope="module")
def index(site: Site) -> str:
    return flat(" ".join(file.content.decode() for file in search_files(site)))


def parts(project: Project) -> Iterator[tuple[str, str]]:
    """Path of the page and a text that partners are to find on it."""
    for thing in project.catalog.things():
        path = path_of(thing).partition("#")[0]
        yield path, thing.title
        for column in getattr(thing, "columns", ()):
            yield path, column.label or column.name
        for value in getattr(thing, "values", ()):
            yield path, value.label or value.value
        for issue in getattr(thing, "known_issues", ()):
            yield path, plain(issue.text)
        for change in getattr(thing, "changes", ()):
            yield path, plain(change.text)


def test_everything_for_partners_is_on_its_page(site: Site, pages: dict[str, str]) -> None:
    wanted = list(parts(site.project))
    assert len(wanted) > 500
    assert [(path, text) for path, text in wanted if flat(text) not in pages.get(path, "")] == []


def test_everything_for_partners_can_be_searched_for(site: Site, index: str) -> None:
    titles = [thing.title for thing in site.project.catalog.things()]
    labels = [
        column.label or column.name
        for table in site.project.catalog.tables.values()
        for column in table.columns
    ]
    values = [
        value.label or value.value for enum in site.project.catalog.enums.values() for value in enum.values
    ]
    assert [title for title in (*titles, *labels, *values) if flat(title) not in index] == []


def test_every_change_for_partners_is_in_what_changed(site: Site, pages: dict[str, str]) -> None:
    changes = [change for thing in site.project.catalog.things() for change in getattr(thing, "changes", ())]
    assert len(changes) > 20
    assert [change.text for change in changes if flat(plain(change.text)) not in pages["changes/"]] == []
    assert list(feed_files(site))
