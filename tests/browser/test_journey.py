"""A reader's way through both sites: home → metrics → a metric → its table → the drawing of its lineage."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

SITES = ("technical", "partner")
TABLE = {"technical": "mart_ops.sla_cohort_weekly", "partner": "Service level by opening week"}
PHONE, DESKTOP = 390, 1440


def visible_links(page: Page, ending: str) -> Locator:
    """Links in the page and in the tabs above it; on a phone the navigation waits outside of the window."""
    ends = f'a[href$="{ending}"]'
    return page.locator(f".md-tabs {ends}, .md-content {ends}").filter(visible=True)


def follow(page: Page, ending: str) -> None:
    """Clicks a link to a page; on a phone the navigation may have to be opened first."""
    links = visible_links(page, ending)
    if not links.count():
        page.locator("label.md-header__button[for=__drawer]").click()
        links = page.locator(f'.md-sidebar--primary a[href$="{ending}"]').filter(visible=True)
    links.first.click()
    page.wait_for_url(f"**/{ending}")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def brightness(page: Page) -> float:
    """Mean of the background's red, green and blue, 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [float(number) for number in re.findall(r"[\d.]+", colour)][:3]
    return sum(channels) / 3


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_reader_gets_from_home_to_the_lineage_of_a_table(
    open_page, site: str, dark: bool, width: int
) -> None:
    page = open_page(f"{site}/", dark=dark, width=width)
    assert (brightness(page) < 128) is dark
    assert overflow(page) == 0

    follow(page, "metrics/")
    assert overflow(page) == 0

    follow(page, "sla_attainment_rate/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("SLA attainment")
    expect(page.locator(".pl-graph__svg").first).to_be_visible()
    assert overflow(page) == 0

    page.locator(".pl-graph__svg a").filter(has_text=TABLE[site]).first.click()
    page.wait_for_url(re.compile(r"/tables/[^/]+/$"))
    drawing = page.locator(".pl-graph__svg").first
    expect(drawing).to_be_visible()
    assert drawing.locator("a").count() > 0
    assert overflow(page) == 0


@pytest.mark.parametrize("site", SITES)
def test_content_and_drawing_are_there_without_javascript(open_page, site: str) -> None:
    page = open_page(f"{site}/metrics/sla_attainment_rate/", javascript=False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("SLA attainment")
    expect(page.get_by_text("Cases decided by their deadline").first).to_be_visible()
    expect(page.locator(".pl-graph__svg").first).to_be_visible()


@pytest.mark.parametrize("site", SITES)
def test_lists_are_whole_without_javascript(open_page, built_sites, site: str) -> None:
    page = open_page(f"{site}/metrics/", javascript=False)
    metrics = [folder.name for folder in (built_sites / site / "metrics").iterdir() if folder.is_dir()]
    for metric in metrics:
        expect(visible_links(page, f"{metric}/").first).to_be_visible()


def test_graph_leads_on_to_the_next_table(open_page) -> None:
    page = open_page("technical/tables/mart_ops.queue_daily/")
    page.locator(".pl-graph__svg a").filter(has_text="int_review_cycle").first.click()
    page.wait_for_url("**/tables/intermediate.int_review_cycle/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_drawing_wider_than_a_phone_says_that_it_goes_on(open_page) -> None:
    page = open_page("technical/tables/mart_ops.queue_daily/", width=PHONE)
    drawing = page.locator(".pl-graph").first
    assert drawing.evaluate("box => box.scrollWidth > box.clientWidth")
    expect(page.get_by_text("The drawing goes on to the sides: scroll it.").first).to_be_visible()
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    expect(page.get_by_text("The drawing goes on to the sides: scroll it.").first).to_be_hidden()
