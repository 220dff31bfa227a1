"""The pictures of the README, taken from the example as it is now.

`uv run python tests/screenshots.py` builds both sites and takes them anew.
"""

import functools
import http.server
import tempfile
import threading

from chromium import get_chromium, is_root
from conftest import ROOT, Handler, run_plumbline
from playwright.sync_api import Browser, sync_playwright

PICTURES = ROOT / "site_src" / "technical" / "images"
SIZE = {"width": 1280, "height": 800}
SHOTS = {
    "technical.png": ("technical/tables/mart_ops.queue_daily/#lineage", "light"),
    "partner.png": ("partner/metrics/sla_attainment_rate/", "light"),
}


def take(browser: Browser, address: str) -> None:
    """Takes all pictures from the sites at an address."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, (path, scheme) in SHOTS.items():
        page = browser.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
        page.goto(address + path)
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
