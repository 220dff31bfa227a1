"""Both sites opened from a folder, without a server: links, search and explorer work."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import PATIENCE, watch
from page_types import PAGE_TYPES, page_of
from playwright.sync_api import Browser, Page, expect

SITES = ("technical", "partner")
TABLE = {"technical": "mart_ops.sla_cohort_weekly", "partner": "Service level by opening week"}
LINKS = """all => all.map(link => link.getAttribute("href") ?? link.getAttribute("xlink:href"))
    .filter(Boolean).map(address => new URL(address, location).href)"""


@pytest.fixture
def open_file(browser: Browser, built_sites: Path) -> Iterator:
    """Opens pages as files; at the end, an error or a request to any host is a failure."""
    faults: list[str] = []
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE)
    watch(page, "", faults.append)

    def opened(path: str) -> Page:
        page.goto((built_sites / path / "index.html").as_uri())
        return page

    yield opened
    page.close()
    assert faults == []


def followed(address: str) -> Path | None:
    """The file behind an address; None where it is elsewhere."""
    parts = urlsplit(address)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_every_link_leads_to_a_file(open_file, built_sites: Path, page_type: str) -> None:
    page = open_file(page_of(built_sites, page_type))
    page.wait_for_load_state("networkidle")
    files = list(filter(None, map(followed, page.locator("a").evaluate_all(LINKS))))
    assert len(files) > 5
    assert [file for file in files if not file.is_file()] == []


@pytest.mark.parametrize("site", SITES)
def test_readers_get_from_home_to_a_table_and_back(open_file, site: str) -> None:
    page = open_file(f"{site}/")
    page.locator('.md-tabs a[href$="/metrics/index.html"]').click()
    page.locator('.md-content a[href*="/sla_attainment_rate/"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("SLA attainment")
    page.locator(".pl-graph__svg a").filter(has_text=TABLE[site]).first.click()
    page.wait_for_url("**/tables/*/index.html")
    page.locator(".md-header a.md-logo").click()
    page.wait_for_url(f"**/{site}/index.html")


@pytest.mark.parametrize("site", SITES)
def test_search_answers_and_opens_the_page(open_file, site: str) -> None:
    page = open_file(f"{site}/glossary/")
    page.keyboard.press("/")
    page.keyboard.type("service level", delay=5)
    expect(page.locator(".pl-search--header")).to_have_attribute("data-shown", "service level")
    page.keyboard.press("Enter")
    page.wait_for_url("**/metrics/sla_attainment_rate/index.html")


def test_the_explorer_draws_and_traces(open_file) -> None:
    page = open_file("technical/tables/mart_ops.queue_daily/")
    page.locator('a[href$="/lineage/index.html#n=mart_ops.queue_daily"]').first.click()
    page.locator(".pl-explorer[data-shown]").wait_for()
    panel = page.locator(".pl-explorer__panel")
    panel.get_by_role("button", name="handle_minutes").first.click()
    expect(page.locator(".pl-explorer__drawing [data-item*=handle_minutes]").first).to_be_attached()
    for link in panel.locator("a").evaluate_all(LINKS):
        assert (file := followed(link)) is None or file.is_file()
