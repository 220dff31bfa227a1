"""The questions of `definitions/search_tests.yml`, typed into the search box of the built sites."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
QUESTIONS: list[dict[str, Any]] = yaml.safe_load((ROOT / "definitions/search_tests.yml").read_text("utf-8"))[
    "queries"
]
SITE_OF = {"partner": "partner", "internal": "technical"}

SECOND = {
    "difference between occupancy utilization and shrinkage",
    "wellness logged as meetings",
    "auto_action or automated_decision",
}
"""Questions whose page comes second: each is about several things, and another of them comes first."""


@pytest.fixture
def ask(open_page):
    """Gives the paths of the pages that a site answers with, best first."""
    pages: dict[str, Page] = {}

    def asked(site: str, query: str) -> list[str]:
        if site not in pages:
            pages[site] = open_page(f"{site}/")
        page = pages[site]
        page.locator("#pl-search-home").fill(query)
        expect(page.locator(".pl-search--home")).to_have_attribute("data-shown", query)
        addresses = page.locator(".pl-search--home [role=option]").evaluate_all("all => all.map(a => a.href)")
        return [urlsplit(address).path.removeprefix(f"/{site}/") for address in addresses]

    return asked


def test_each_question_finds_its_page_first(ask) -> None:
    found = {
        question["query"]: ask(SITE_OF[question["audience"]], question["query"]).index(question["page"])
        for question in QUESTIONS
    }
    assert {query: place for query, place in found.items() if place} == dict.fromkeys(SECOND, 1)


@pytest.mark.parametrize("keys", ["/", "Control+k"])
@pytest.mark.parametrize("path", ["technical/tables/ref.queue/", "technical/checks/", "partner/glossary/"])
def test_one_keystroke_leads_to_an_answer_on_every_page(open_page, path: str, keys: str) -> None:
    page = open_page(path)
    page.keyboard.press(keys)
    page.keyboard.type("service level", delay=5)
    expect(page.locator(".pl-search--header")).to_have_attribute("data-shown", "service level")
    page.keyboard.press("Enter")
    page.wait_for_url("**/metrics/sla_attainment_rate/")
    expect(page.get_by_role("heading", level=1)).to_have_text("SLA attainment")


def test_a_column_opens_its_row(open_page) -> None:
    page = open_page("technical/")
    page.keyboard.press("/")
    page.keyboard.type("ref.queue.sla_minutes", delay=5)
    expect(page.locator(".pl-search--home")).to_have_attribute("data-shown", "ref.queue.sla_minutes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tables/ref.queue/#column-sla_minutes")
    expect(page.locator("#column-sla_minutes")).to_be_in_viewport()
