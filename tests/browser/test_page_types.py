"""Every type of page on both sites: usable by everybody, in light and dark, on a phone too."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT
from page_types import PAGE_TYPES, page_of, pages_of_no_type
from playwright.sync_api import Locator, Page, expect

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, however grave: rule, element, and why."""
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],
    }
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(page, options=options).response["violations"]
        for node in violation["nodes"]
    ]


def test_every_page_is_of_a_type_that_is_tested(built_sites: Path) -> None:
    assert list(pages_of_no_type(built_sites, ROOT / "site_src")) == []


def test_every_type_has_a_page(built_sites: Path) -> None:
    missing = [page_type for page_type in PAGE_TYPES if not any(built_sites.glob(f"{page_type}*"))]
    assert missing == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("site", ["technical", "partner"])
def test_open_results_of_a_search_keep_to_wcag(open_page, site: str, scheme: str) -> None:
    page = open_page(f"{site}/glossary/", dark=scheme == "dark")
    page.keyboard.press("/")
    page.keyboard.type("backlog", delay=5)
    page.get_by_role("option").first.wait_for()
    assert violations(page) == []


def too_wide(page: Page) -> list[str]:
    """What stands out of a page that scrolls sideways; empty where it does not scroll."""
    if page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
        return []
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .map((element) => `${element.tagName} ${element.className}`)
            .slice(0, 5)"""
    )
    return found or ["the page itself"]


def moving(page: Page) -> list[str]:
    """What of ours moves, on a page that was asked to keep still."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("[class^=pl-], [class*=' pl-']")].filter((element) => {
            const { animationName, transitionDuration } = getComputedStyle(element);
            const isSlow = transitionDuration.split(",").some((each) => parseFloat(each) > 0.01);
            return isSlow || animationName !== "none";
        }).map((element) => element.getAttribute("class"))"""
    )
    return sorted(set(found))


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_type_is_for_everybody(open_page, built_sites, page_type: str) -> None:
    """Opened once, since opening takes longest."""
    page = open_page(page_of(built_sites, page_type), width=390)
    found = {"sideways on a phone": too_wide(page)}
    page.set_viewport_size({"width": 640, "height": 400})  # what a window of 1280 by 800 holds at 200 %
    found["sideways at twice its size"] = too_wide(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    found["moves where it was asked not to"] = moving(page)
    found["light"] = violations(page)
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page)
    assert {what: faults for what, faults in found.items() if faults} == {}


@pytest.mark.parametrize("page_type", ["partner/metrics/*/", "technical/tables/*/", "technical/lineage/"])
def test_nothing_is_cut_off_where_text_alone_is_twice_as_large(
    open_page, built_sites, page_type: str
) -> None:
    page = open_page(page_of(built_sites, page_type), width=1280)
    page.evaluate("document.documentElement.style.fontSize = '250%'")  # the theme begins at 125 %
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".md-content :is(p, h1, h2, h3, dt, dd, li, td, button)")]
            .filter((element) => !element.matches(".pl-unseen"))
            .filter((element) => element.checkVisibility() && element.clientWidth)
            .filter((element) => getComputedStyle(element).overflow === "hidden")
            .filter((element) => element.scrollHeight > element.clientHeight + 2)
            .map((element) => `${element.className}: ${element.textContent.slice(0, 40)}`)"""
    )
    assert cut == []
    assert too_wide(page) == []


def reach(page: Page, wanted: Locator) -> None:
    """Moves the focus by the tabulator until it is on the thing."""
    for _ in range(400):
        if wanted.evaluate("element => element === document.activeElement"):
            expect(wanted).to_be_visible()
            return
        page.keyboard.press("Tab")
    pytest.fail(f"not reached by the keyboard: {wanted}")


def test_keyboard_alone_leads_from_home_to_the_lineage_of_a_metric(open_page) -> None:
    page = open_page("technical/")
    for place in (
        page.locator('.md-tabs a[href$="metrics/"]'),
        page.locator('.md-content a[href$="sla_attainment_rate/"]').first,
        page.locator('.md-content a[href*="lineage/#"]').first,
    ):
        reach(page, place)
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
    page.wait_for_url("**/lineage/#n=*")
    expect(page.locator(".pl-explorer[data-shown]")).to_be_attached()
