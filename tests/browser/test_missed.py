"""Addresses that lead nowhere: the page for them works below a sub-path that nobody told it of."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PATIENCE, Handler
from playwright.sync_api import Browser, Page, expect

BELOW = ("", "catalog/", "a/b/")
MISSED = ("sla_atainment_rate", "metrics/sla_atainment_rate/", "metrics/sla/attainment/rat/")


class ServingItsOwnMissedPage(Handler):
    """As hosts of static sites do: the nearest `404.html` above an address that is not there."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        root = Path(self.directory)
        content = next(root.rglob("404.html")).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(params=BELOW, ids=lambda below: f"/{below}")
def site_below(request, built_sites: Path, tmp_path: Path) -> Iterator[str]:
    shutil.copytree(built_sites / "partner", tmp_path / request.param, dirs_exist_ok=True)
    handler = functools.partial(ServingItsOwnMissedPage, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{request.param}"
        server.shutdown()
        thread.join()


def opened(browser: Browser, address: str, **context) -> Page:
    made = browser.new_context(viewport={"width": 390, "height": 800}, **context)
    made.set_default_timeout(PATIENCE)
    page = made.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("missed", MISSED)
def test_a_missed_address_is_searched_for(browser: Browser, site_below: str, missed: str) -> None:
    page = opened(browser, site_below + missed)
    expect(page.get_by_role("combobox")).to_have_value(
        "sla attainment rat" if missed.endswith("rat/") else "sla atainment rate"
    )
    page.get_by_role("option", name="SLA attainment").first.click()
    page.wait_for_url(f"{site_below}metrics/sla_attainment_rate/")
    page.context.close()


@pytest.mark.parametrize("missed", MISSED)
def test_a_missed_address_has_style_and_links_without_javascript(
    browser: Browser, site_below: str, missed: str
) -> None:
    page = opened(browser, site_below + missed, java_script_enabled=False)
    assert page.locator("header").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(20, 54, 79)"
    assert page.get_by_role("navigation").count() == 1
    page.get_by_role("link", name="Glossary").click()
    page.wait_for_url(f"{site_below}glossary/")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_missed_page_is_usable_by_everybody(browser: Browser, site_below: str, scheme: str) -> None:
    page = opened(browser, f"{site_below}metrics/nothing/", color_scheme=scheme)
    page.get_by_role("combobox").wait_for()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.context.close()


def test_the_home_page_is_among_the_links(browser: Browser, site_below: str) -> None:
    page = opened(browser, f"{site_below}metrics/nothing/", java_script_enabled=False)
    page.get_by_role("link", name="Home").click()
    page.wait_for_url(site_below)
    page.context.close()
