"""The local server, with real builds and real changes."""

import queue
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog import CatalogError
from generator.local_server import RELOAD, WAIT
from generator.serve import Voice, serve

DEFINITIONS = """
metrics:
  - {name: backlog_open, label: Open backlog, summary: Cases that wait., audience: partner}
  - {name: overtime_hours, label: Overtime, summary: Hours beyond the plan.}
"""
PATIENCE = 60  # seconds after which something is taken to never happen


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions" / "ops.yml").write_text(DEFINITIONS, encoding="utf-8")
    (tmp_path / "plumbline.yml").write_text("name: Example\ndialect: duckdb\n", encoding="utf-8")
    return tmp_path


class Server:
    def __init__(self, root: Path) -> None:
        self.said: queue.Queue[str] = queue.Queue()
        self.stop = threading.Event()
        voice = Voice(self.said.put, lambda message, hint: self.said.put(f"{message} / {hint}"))
        self.thread = threading.Thread(
            target=serve, args=(root, voice), kwargs={"host": "127.0.0.1", "port": 0, "stop": self.stop}
        )
        self.thread.start()
        self.address = self.hear("Technical site: ").removeprefix("Technical site: ")

    def hear(self, beginning: str) -> str:
        """The next thing said that begins so."""
        while not (text := self.said.get(timeout=PATIENCE)).startswith(beginning):
            pass
        return text

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def version(self) -> str:
        return self.get("")[1].partition('data-version="')[2].partition('"')[0]


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    server = Server(project)
    yield server
    server.stop.set()
    server.thread.join(PATIENCE)
    assert not server.thread.is_alive()


def test_both_sites_are_served_and_reload_themselves(server: Server, project: Path) -> None:
    status, page = server.get("metrics/overtime_hours/")
    assert (status, "Hours beyond the plan" in page, RELOAD in page) == (200, True, True)
    assert server.get("partner/metrics/backlog_open/")[0] == 200
    assert server.get("partner/metrics/overtime_hours/")[0] == 404
    assert "Open backlog" in server.get("partner/metrics/backlog_open")[1]
    assert server.get("assets/plumbline/theme.css")[0] == 200
    assert server.get(RELOAD.removeprefix("/"))[0] == 200
    assert server.get("../../plumbline.yml")[0] == 404
    files = (project / ".plumbline" / "serve").rglob("*.html")
    assert not [file for file in files if RELOAD in file.read_text(encoding="utf-8")]


def test_a_change_is_built_and_told_to_the_browser(server: Server, project: Path) -> None:
    version = server.version()
    answers: queue.Queue[str] = queue.Queue()
    waiting = threading.Thread(
        target=lambda: answers.put(server.get(f"{WAIT.removeprefix('/')}?version={version}")[1])
    )
    waiting.start()
    changed = DEFINITIONS.replace("beyond the plan", "beyond the rota")
    (project / "definitions" / "ops.yml").write_text(changed, encoding="utf-8")
    server.hear("Rebuilt")
    assert answers.get(timeout=PATIENCE) == server.version() != version
    assert "beyond the rota" in server.get("metrics/overtime_hours/")[1]
    waiting.join(PATIENCE)


def test_what_is_saved_during_a_rebuild_is_built_next(server: Server, project: Path) -> None:
    definitions = project / "definitions" / "ops.yml"
    for word in ("rota", "hours", "shift"):
        definitions.write_text(DEFINITIONS.replace("beyond the plan", f"beyond the {word}"), encoding="utf-8")
        time.sleep(0.3)  # long enough to start a build, too short to end it
    while "beyond the shift" not in server.get("metrics/overtime_hours/")[1]:
        server.hear("Rebuilt")


def test_settings_and_prose_are_watched_too(server: Server, project: Path) -> None:
    time.sleep(0.01)  # the file's time stamp must move
    (project / "plumbline.yml").write_text("name: Renamed\ndialect: duckdb\n", encoding="utf-8")
    server.hear("Rebuilt")
    assert "<title>Renamed</title>" in server.get("")[1]


def test_after_a_failed_build_the_last_good_site_stays(server: Server, project: Path) -> None:
    good = server.version()
    settings = project / "plumbline.yml"
    settings.write_text("name: [", encoding="utf-8")
    assert "plumbline.yml" in server.hear("plumbline.yml")
    assert server.version() == good
    assert "Hours beyond the plan" in server.get("metrics/overtime_hours/")[1]
    settings.write_text("name: Mended\ndialect: duckdb\n", encoding="utf-8")
    server.hear("Rebuilt")
    assert "<title>Mended</title>" in server.get("")[1]


def test_a_file_that_breaks_is_told_while_the_rest_is_served(server: Server, project: Path) -> None:
    (project / "definitions" / "broken.yml").write_text("tables: [", encoding="utf-8")
    while "could not be read" not in (told := server.hear("")):
        pass
    assert told.endswith("run `plumbline check`")
    assert "Hours beyond the plan" in server.get("metrics/overtime_hours/")[1]


def test_a_taken_port_is_told_with_another_to_try(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CatalogError, match=f"port {port} on `127.0.0.1` is taken") as caught:
            serve(project, Voice(print, print), host="127.0.0.1", port=port)
    assert caught.value.hint
    assert f"--port {port + 1}" in caught.value.hint
