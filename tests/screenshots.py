"""The pictures of the README and of the tour, taken from the example as it is now.

`uv run python tests/screenshots.py` builds both sites and takes them anew.
"""

import functools
import http.server
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from chromium import get_chromium, is_root
from conftest import ROOT, Handler, run_plumbline
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = ROOT / "site_src" / "technical" / "images"
SIZE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}


@dataclass(frozen=True)
class Shot:
    """A picture: of which page, how it is looked at, and what is done before it is taken."""

    path: str
    size: dict[str, int] = field(default_factory=lambda: SIZE)
    scheme: str = "light"
    part: str = ""  # a selector of what is to stand at the top
    prepare: Callable[[Page], None] = lambda page: None


def ask(page: Page) -> None:
    """Types a question into the search of the home page."""
    page.locator("#pl-search-home").press_sequentially("handling time", delay=5)
    page.locator(".pl-search--home[data-shown='handling time']").wait_for()


def drawn(page: Page) -> None:
    """Waits until the explorer has drawn."""
    page.locator(".pl-explorer[data-shown]").wait_for()


TABLE = "mart_ops.queue_daily"
SHOTS = {
    "technical.png": Shot(f"technical/tables/{TABLE}/#lineage"),
    "partner.png": Shot("partner/metrics/sla_attainment_rate/"),
    "home.png": Shot("partner/"),
    "search.png": Shot("technical/", prepare=ask),
    "explorer.png": Shot(f"technical/lineage/#n={TABLE}&c={TABLE}.handle_minutes", prepare=drawn),
    "examples.png": Shot("technical/metrics/removal_within_24h_rate/", part="#example"),
    "changes.png": Shot("partner/changes/"),
    "job.png": Shot("technical/jobs/build_queue_daily/"),
    "coverage.png": Shot("technical/coverage/", part="#trend"),
    "phone.png": Shot("partner/metrics/leakage_rate/", size=PHONE, scheme="dark"),
}
"""The pictures of the README and of the tour."""


def take(browser: Browser, address: str) -> None:
    """Takes all pictures from the sites at an address."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, shot in SHOTS.items():
        page = browser.new_page(viewport=shot.size, color_scheme=shot.scheme, reduced_motion="reduce")
        page.goto(address + shot.path)
        page.wait_for_load_state("networkidle")
        shot.prepare(page)
        if shot.part:
            page.locator(shot.part).evaluate("part => scrollTo(0, part.getBoundingClientRect().top - 120)")
        page.screenshot(path=PICTURES / name)
        page.close()


def main() -> None:
    """Builds, serves, and takes the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run_plumbline("build", ROOT, "--into", folder)
        handler = functools.partial(Handler, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(
                executable_path=get_chromium(playwright.chromium.executable_path, print),
                args=["--no-sandbox"] if is_root() else [],
            )
            take(browser, f"http://127.0.0.1:{server.server_port}/")
            browser.close()
            server.shutdown()


if __name__ == "__main__":
    main()
