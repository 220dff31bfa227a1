"""A code host of one process: keeps the comments of one request, as GitHub and GitLab do."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

GITHUB = r"/repos/acme/warehouse/issues/(?:7/)?comments(?:/(\d+))?"
GITLAB = r"/projects/12/merge_requests/7/notes(?:/(\d+))?"


@dataclass
class CodeHost:
    """What the host knows. `refuses` is the status for whoever wants to write, `only_says` all it answers."""

    url: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    refuses: int = 0
    redirects_to: str = ""
    only_says: str = ""

    @property
    def bodies(self) -> list[str]:
        return [comment["body"] for comment in self.comments]


@contextmanager
def code_host() -> Iterator[CodeHost]:
    """A host that answers until the end of the block."""
    host = CodeHost()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *arguments: Any) -> None:
            """Nothing: a test run is no access log."""

        def do_GET(self) -> None:
            self.answer()

        do_POST = do_PATCH = do_PUT = do_GET  # noqa: N815 - names that the server looks for

        def answer(self) -> None:
            address = urlsplit(self.path)
            host.asked.append((self.command, self.path))
            host.tokens.add(self.headers["Authorization"] or self.headers["PRIVATE-TOKEN"])
            found = re.fullmatch(f"{GITHUB}|{GITLAB}", address.path)
            if host.redirects_to:
                self.reply(302, {}, host.redirects_to + self.path)
            elif not found:
                self.reply(404, {})
            elif self.command == "GET":
                query = parse_qs(address.query)
                size, page = int(query["per_page"][0]), int(query["page"][0])
                self.reply(200, host.comments[(page - 1) * size : page * size])
            elif host.refuses:
                self.reply(host.refuses, {"message": "no"})
            else:
                self.write(found[1] or found[2])

        def write(self, number: str | None) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
            if number is None:
                host.comments.append({"id": len(host.comments) + 100, "body": body})
                self.reply(201, host.comments[-1])
                return
            (known,) = (comment for comment in host.comments if str(comment["id"]) == number)
            known["body"] = body
            self.reply(200, known)

        def reply(self, status: int, content: Any, address: str = "") -> None:
            written = (host.only_says or json.dumps(content)).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(written)))
            if address:
                self.send_header("Location", address)
            self.end_headers()
            self.wfile.write(written)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield host
        server.shutdown()
        thread.join()
