"""How soon a page shows something: first contentful paint of every page type, beside a page of the theme.

    uv run python benchmarks/paint.py

Builds the example, serves it from this machine with the headers that the sites ask for, and opens each page
in a real Chromium without a graphics card: with an empty cache, and again when the theme's files are in it.
The median of some rounds counts. The measure is the browser's own (Paint Timing, W3C); kilobytes are those of
bodies as sent, uncompressed, of what was not in the cache.
"""

from __future__ import annotations

import functools
import http.server
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from chromium import get_chromium, is_root
from conftest import ROOT, Handler, run_plumbline
from page_types import PAGE_TYPES, page_of

ROUNDS = 3
PLAIN = "technical/start/"
"""A hand-written page: what the theme itself takes."""

PAINTED = """() => [
    performance.getEntriesByName("first-contentful-paint")[0].startTime,
    [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
        .reduce((sum, { transferSize, encodedBodySize }) => sum + (transferSize ? encodedBodySize : 0), 0),
]"""


class CachingHandler(Handler):
    """The tests' server; files of the theme and ours may be kept, as any real host allows."""

    def end_headers(self) -> None:
        """Adds how long."""
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


@contextmanager
def served(sites: Path) -> Iterator[str]:
    """The address of the sites."""
    serve = functools.partial(CachingHandler, directory=str(sites))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def painted(page: Page, address: str) -> tuple[float, float]:
    """Milliseconds to the first contentful paint, and kilobytes sent for it."""
    page.goto(address, wait_until="networkidle")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    milliseconds, size = page.evaluate(PAINTED)
    return float(milliseconds), size / 1000


def median_of(browser: Browser, address: str, before: str | None) -> tuple[float, float]:
    """The medians of some rounds, each in a new profile; `before` is opened first, to fill its cache."""
    found = []
    for _ in range(ROUNDS):
        context = browser.new_context()
        page = context.new_page()
        if before:
            painted(page, before)
        found.append(painted(page, address))
        context.close()
    milliseconds, kilobytes = zip(*found, strict=True)
    return statistics.median(milliseconds), statistics.median(kilobytes)


def main() -> None:
    """Runs from the command line."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sites = Path(folder, "sites")
        run_plumbline("build", ROOT, "--into", sites)
        browser = playwright.chromium.launch(
            executable_path=get_chromium(playwright.chromium.executable_path, print),
            args=["--disable-gpu", *(["--no-sandbox"] if is_root() else [])],
        )
        with served(sites) as url:
            plain = median_of(browser, url + PLAIN, url + "technical/a-z/")
            print(f"{'page':58}{'first visit':>12}{'later':>9}{'of plain':>10}{'kB':>8}")
            for page_type in PAGE_TYPES:
                path = page_of(sites, page_type)
                other = f"{url}{path.partition('/')[0]}/a-z/"
                first = median_of(browser, url + path, None)
                later = median_of(browser, url + path, other)
                ratio = later[0] / plain[0]
                print(f"{path:58}{first[0]:9.0f} ms{later[0]:6.0f} ms{ratio:10.2f}{later[1]:8.0f}")
        browser.close()


if __name__ == "__main__":
    main()
