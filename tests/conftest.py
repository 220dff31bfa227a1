"""What tests share: the example's sites, built once, and a browser that watches for faults."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from chromium import NoChromiumError, get_chromium, is_root
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response, sync_playwright

ROOT = Path(__file__).parents[1]

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
"""A command that tests start has its bytecode, as an installed one does: compiling costs it a second."""

settings.register_profile("same everywhere", deadline=None, derandomize=True, database=None)
settings.load_profile("same everywhere")
"""No clock and no chance in generated cases: what fails, fails again, on a busy machine as on an idle one."""

QUIET = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000
"""Milliseconds until something that does not come is a failure."""

ON_THIS_PAGE = {"data", "blob", "about"}
"""Schemes of addresses that leave nothing."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks all tests that need a browser."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A temporary folder that all workers of this run see."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def built_sites(shared_folder: Path) -> Path:
    """The folder with both sites of the example (`technical/`, `partner/`), built by the real command."""
    sites = shared_folder / "example-sites"
    with FileLock(shared_folder / "example-sites.lock"):
        if not sites.exists():
            unfinished = shared_folder / "example-sites-unfinished"
            run_plumbline("build", ROOT, "--into", unfinished)
            unfinished.rename(sites)
    return sites


def run_plumbline(*arguments: str | Path) -> str:
    """What the installed command prints; fails with all it said if it does not succeed."""
    command = [Path(sys.executable).with_name("plumbline"), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"
    return run.stdout


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with the headers that their site asks for in its `_headers`, and keeps quiet."""

    def end_headers(self) -> None:
        """Adds them: every test in a browser runs under the policy of the site."""
        for name, value in asked_headers(Path(self.directory), urlsplit(self.path).path):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: a test run is no access log."""


def asked_headers(folder: Path, path: str) -> list[tuple[str, str]]:
    """Name and value of each header in the `_headers` of the site to which a path belongs."""
    asked = folder / path.strip("/").partition("/")[0] / "_headers"
    lines = asked.read_text(encoding="utf-8").splitlines() if asked.is_file() else []
    return [(name, value) for name, _, value in (line.strip().partition(": ") for line in lines[1:])]


@pytest.fixture(scope="session")
def site_url(built_sites: Path) -> Iterator[str]:
    """The address under which `technical/` and `partner/` are served."""
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(built_sites))
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright, shared_folder: Path, pytestconfig: pytest.Config) -> Iterator[Browser]:
    """A real Chromium; where there is none, one is fetched, visibly and once for all workers."""

    def say(text: str) -> None:
        with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\n{text}", file=sys.stderr, flush=True)

    with FileLock(shared_folder / "chromium.lock"):
        try:
            path = get_chromium(playwright.chromium.executable_path, say)
        except NoChromiumError as error:
            pytest.fail(str(error), pytrace=False)
    arguments = [*QUIET, *(["--no-sandbox"] if is_root() else [])]
    chromium = playwright.chromium.launch(executable_path=path, args=arguments)
    yield chromium
    chromium.close()


class OpenPage(Protocol):
    """Opens a page of the built sites, given its path: `technical/metrics/`."""

    def __call__(
        self, path: str, *, dark: bool = False, width: int = 1440, javascript: bool = True
    ) -> Page: ...


@pytest.fixture
def open_page(browser: Browser, site_url: str) -> Iterator[OpenPage]:
    """Opens pages; at the end, a console error, a failed or a foreign request on any of them is a failure."""
    faults: list[str] = []
    contexts = []

    def opened(path: str, *, dark: bool = False, width: int = 1440, javascript: bool = True) -> Page:
        context = browser.new_context(
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watch(page, urlsplit(site_url).netloc, faults.append)
        page.goto(site_url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def watch(page: Page, host: str, report: Callable[[str], None]) -> None:
    """Reports whatever goes wrong on a page, and every request to another host."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            report(f"{page.url}: console: {message.text}")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ON_THIS_PAGE and address.netloc != host:
            report(f"{page.url}: foreign request: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            report(f"{page.url}: {response.status} {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: report(f"{page.url}: script: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)
