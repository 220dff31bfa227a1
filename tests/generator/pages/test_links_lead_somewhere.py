"""Every address on every page leads to a page, and to a place on it that exists."""

import datetime
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

import pytest
from page_reading import read
from planting import planted_findings, planted_project

from catalog import Audience, open_project
from generator import links
from generator.assembly import site_of
from generator.pages import PAGE_TYPES
from generator.site import Page, Site

ROOT = Path(__file__).parents[3]
TODAY = datetime.date(2026, 11, 21)
AUDIENCES = (Audience.INTERNAL, Audience.PARTNER)
FILES = {
    links.FEED,
    "downloads/data-dictionary.xlsx",
    "downloads/data-dictionary-for-partners.xlsx",
}
"""What pages lead to that is no page."""
ODD_NAMES = ("..", "a/b", "Ä b", "<b>", 'x"y', "日本", "x" * 300, "con", "#q=1", "UPPER.CASE", "mart.queue")


def pages_of(site: Site) -> list[Page]:
    return [page for pages in PAGE_TYPES for page in pages(site)]


def dead_links(pages: list[Page]) -> list[str]:
    found = {page.path: read(page.body) for page in pages}
    ids = {path: set(page.ids) for path, page in found.items()}
    return [
        f"{path} → {address}"
        for path, page in found.items()
        for address in page.addresses
        if ":" not in address.split("/")[0] and not leads_somewhere(path, address, ids)
    ]


def leads_somewhere(path: str, address: str, ids: dict[str, set[str]]) -> bool:
    way, _, anchor = address.partition("#")
    target = normpath(f"{path or '.'}/{way or '.'}")
    page = "" if target == "." else f"{target}/"
    if way and not way.endswith("/"):
        return target in FILES or target.endswith("/definition.json")
    return page in ids and (not anchor or "=" in anchor or unquote(anchor) in ids[page])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_link_of_the_example_is_dead(audience):
    pages = pages_of(site_of(open_project(ROOT), audience, today=TODAY))
    assert len(pages) > 50
    assert dead_links(pages) == []


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", ODD_NAMES)
def test_no_link_is_dead_whatever_things_are_called(name, audience):
    project = planted_project(lambda cls, field: "a word", name, audience=audience)
    pages = pages_of(Site(project, audience, planted_findings(lambda cls, field: "a word", name), TODAY))
    assert dead_links(pages) == []


def test_a_dead_link_is_found():
    page = Page(
        "metrics/a/", "A", "", "metrics", '<h1 id="title">A</h1><a href="../b/">b</a><a href="#c">c</a>'
    )
    assert dead_links([page]) == ["metrics/a/ → ../b/", "metrics/a/ → #c"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_id_stands_twice_on_a_page_and_each_page_has_its_own_path(audience):
    pages = pages_of(site_of(open_project(ROOT), audience, today=TODAY))
    assert len({page.path for page in pages}) == len(pages)
    for page in pages:
        ids = read(page.body).ids
        assert len(ids) == len(set(ids)), page.path
        assert ids.count("title") == 1, page.path
        assert {heading.id for heading in page.toc} <= set(ids)
