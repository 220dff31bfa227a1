"""A server of two folders for one person: `/` the technical site, `/partner/` the partner site.

Pages that it sends carry a script that reloads them when a newer site is shown; the files have none.
"""

from __future__ import annotations

import errno
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from catalog import CatalogError

PARTNER = "/partner"
WAIT = "/plumbline-wait"
RELOAD = "/plumbline-reload.js"
LONGEST_WAIT = 25.0  # seconds that a browser's question stays open

RELOAD_SCRIPT = f"""\
(async () => {{
  const {{ version }} = document.currentScript.dataset;
  for (;;) {{
    try {{
      const answer = await fetch("{WAIT}?version=" + version);
      if (answer.ok && (await answer.text()) !== version) return location.reload();
    }} catch {{
      await new Promise((done) => setTimeout(done, 1000));
    }}
  }}
}})();
"""

NOTHING = "<!doctype html><title>Nothing here</title><body><h1>Nothing here, or not yet</h1></body>"


@dataclass(frozen=True, slots=True)
class Shown:
    """The sites that are served at the moment. `version` is different for each build."""

    technical: Path
    partner: Path
    version: str


class Stage:
    """What is shown now, for threads that read it and threads that wait for what comes next."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._changed = threading.Condition()

    @property
    def shown(self) -> Shown:
        """The sites that are served at the moment."""
        return self._shown

    def show(self, shown: Shown) -> None:
        """Puts new sites in place of the old ones."""
        with self._changed:
            self._shown = shown
            self._changed.notify_all()

    def version_after(self, version: str) -> str:
        """The version shown as soon as it is not the given one, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._shown.version != version, LONGEST_WAIT)
            return self._shown.version


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves before it has its answer is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def listening(host: str, port: int, stage: Stage) -> Iterator[int]:
    """Serves what is on stage while the context lasts; gives the port.

    Raises:
        CatalogError: the address cannot be had.
    """
    try:
        server = _Server((host, port), partial(_Handler, stage))
    except OSError as error:
        raise _unusable(host, port, error) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _unusable(host: str, port: int, error: OSError) -> CatalogError:
    if error.errno == errno.EADDRINUSE:
        return CatalogError(
            f"port {port} on `{host}` is taken",
            f"End what runs there, or choose another: `--port {port + 1}`",
        )
    return CatalogError(f"cannot listen on `{host}`, port {port}: {error.strerror or error}")


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, stage: Stage, *arguments: Any) -> None:
        self.stage = stage
        super().__init__(*arguments, directory=str(stage.shown.technical))

    def do_GET(self) -> None:
        """Answers with a page, a file, or word of a newer site."""
        address = urlsplit(self.path)
        if address.path == WAIT:
            version = parse_qs(address.query).get("version", [""])[0]
            return self._answer(HTTPStatus.OK, "text/plain", self.stage.version_after(version))
        if address.path == RELOAD:
            return self._answer(HTTPStatus.OK, "text/javascript", RELOAD_SCRIPT)
        target = Path(self.translate_path(self.path))
        if target.is_dir() and address.path.endswith("/"):
            target /= "index.html"
        if not target.exists():
            return self._page(HTTPStatus.NOT_FOUND, Path(self.directory, "404.html"))
        if target.suffix == ".html":
            return self._page(HTTPStatus.OK, target)
        return super().do_GET()

    def translate_path(self, path: str) -> str:
        """The file behind an address, in one site's folder or the other's."""
        shown = self.stage.shown
        if path != PARTNER and not path.startswith((f"{PARTNER}/", f"{PARTNER}?")):
            self.directory = str(shown.technical)
            return super().translate_path(path)
        self.directory = str(shown.partner)
        return super().translate_path(path.removeprefix(PARTNER) or "/")

    def end_headers(self) -> None:
        """No answer is kept by the browser: the next build may differ."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: the terminal is for builds."""

    def _page(self, status: HTTPStatus, file: Path) -> None:
        text = file.read_text(encoding="utf-8") if file.is_file() else NOTHING
        script = f'<script src="{RELOAD}" data-version="{self.stage.shown.version}"></script>'
        before, end, after = text.rpartition("</body>")
        self._answer(status, "text/html", f"{before}{script}{end}{after}")

    def _answer(self, status: HTTPStatus, kind: str, text: str) -> None:
        content = text.encode("utf-8", "surrogateescape")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
