"""The policy that each site asks its host for: nothing on our pages needs more, and a browser holds to it."""

from pathlib import Path

import pytest
from conftest import ROOT, asked_headers, run_plumbline
from playwright.sync_api import Browser, Page, expect

NOTE_VIOLATIONS = """
    globalThis.violations = [];
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        violations.push(`${violatedDirective} ${blockedURI}`));
"""
SITES = ("technical", "partner")


def violations(page: Page) -> list[str]:
    found: list[str] = page.evaluate("violations")
    return found


@pytest.fixture
def noted(open_page):
    """Opens a page that notes what the policy forbids on it."""

    def opened(path: str, **options: object) -> Page:
        page = open_page("partner/glossary/", **options)
        page.context.add_init_script(NOTE_VIOLATIONS)
        page.goto(page.url.replace("partner/glossary/", path))
        page.wait_for_load_state("networkidle")
        return page

    return opened


@pytest.mark.parametrize("site", SITES)
def test_each_site_asks_for_scripts_of_its_own_alone(built_sites: Path, site: str) -> None:
    policy = dict(asked_headers(built_sites, f"/{site}/metrics/"))["Content-Security-Policy"]
    directives = dict(each.strip().partition(" ")[::2] for each in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert not {"script-src", "style-src", "connect-src"} & directives.keys()
    assert "unsafe" not in policy
    assert "sha256" not in policy
    assert "http" not in policy


def test_no_page_holds_a_script_or_a_style(built_sites: Path) -> None:
    for page in built_sites.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert "<script>" not in html, page
        assert "<style" not in html, page
        assert ' style="' not in html, page


@pytest.mark.parametrize("site", SITES)
def test_a_script_in_a_page_does_not_run(browser: Browser, site_url: str, site: str) -> None:
    page = browser.new_page()
    page.add_init_script(NOTE_VIOLATIONS)
    page.goto(f"{site_url}{site}/")
    page.evaluate(
        """() => document.body.append(Object.assign(
            document.createElement("script"), { textContent: "globalThis.ran = true" }))"""
    )
    page.wait_for_timeout(100)
    assert violations(page) == ["script-src-elem inline"]
    assert page.evaluate("globalThis.ran") is None
    page.close()


@pytest.mark.parametrize("site", SITES)
def test_search_and_colours_need_no_more_than_the_policy_gives(noted, site: str) -> None:
    page = noted(f"{site}/metrics/sla_attainment_rate/")
    page.locator("label[for=__palette_2]:visible, label[for=__palette_1]:visible").first.click()
    page.keyboard.press("/")
    page.keyboard.type("backlog")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert violations(page) == []


def test_the_explorer_needs_no_more_than_the_policy_gives(noted) -> None:
    page = noted("technical/lineage/#n=mart_ops.queue_daily")
    page.locator(".pl-explorer[data-shown]").wait_for()
    for ending in ("SVG", "PNG"):
        with page.expect_download() as saved:
            page.get_by_role("button", name=ending).click()
        assert saved.value.path().stat().st_size > 1000
    assert violations(page) == []


@pytest.mark.parametrize("chosen", ["default", "slate"])
def test_chosen_colours_are_there_on_the_next_page(noted, chosen: str) -> None:
    page = noted("partner/", dark=chosen == "default")
    for _ in range(2 if chosen == "slate" else 1):
        page.locator("[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", chosen)
    page.goto(page.url + "metrics/sla_attainment_rate/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", chosen)
    assert violations(page) == []


def test_pages_say_the_policy_themselves_where_a_project_asks(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions" / "all.yml").write_text("metrics:\n  - {name: rate, summary: A rate.}\n")
    (tmp_path / "plumbline.yml").write_text("name: Small\ndialect: bigquery\n", encoding="utf-8")
    configuration = (ROOT / "generator" / "theme" / "mkdocs.yml").read_text(encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(configuration + "\nextra: {policy_in_pages: true}\n", "utf-8")
    run_plumbline("build", tmp_path, "--into", tmp_path / "sites")
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.goto((tmp_path / "sites/technical/metrics/rate/index.html").as_uri())
    expect(page.locator("meta[http-equiv=Content-Security-Policy]")).to_have_attribute(
        "content",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'",
    )
    page.keyboard.press("/")
    page.keyboard.type("rate")
    page.get_by_role("option").first.wait_for()
    assert errors == []
    page.close()
