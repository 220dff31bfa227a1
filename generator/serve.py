"""Both sites on one local server, rebuilt and reloaded when something they are made from changes."""

from __future__ import annotations

import datetime
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

from catalog import Audience, CatalogError, find_project, open_project, with_told_lapses

from .build import build_sites, processes, told_findings
from .folders import FOLDERS
from .local_server import PARTNER, Shown, Stage, listening

ROOT_FILES = ("plumbline.yml", "mkdocs.yml", "coverage.csv")
Stamps = tuple[int, ...]
CLOCKS_DIFFER = 20_000_000  # nanoseconds by which a file system's clock may be behind
LOOK_AGAIN = 400  # milliseconds between looks at these two, which editors like to replace whole


@dataclass(frozen=True, slots=True)
class Voice:
    """How to speak to the person who serves: what happens, and what is wrong with a hint."""

    tell: Callable[[str], None]
    complain: Callable[[str, str | None], None]


def serve(root: Path, voice: Voice, *, host: str, port: int, stop: threading.Event | None = None) -> None:
    """Serves until interrupted, or until `stop` is set.

    Raises:
        CatalogError: the port is taken, or the project cannot be used at all. Faults that come later are
            told, and the last good sites stay.
    """
    root = find_project(root)
    nothing = root / ".plumbline" / "serve" / "nothing"
    stage = Stage(Shown(nothing, nothing, ""))
    stopping = stop or threading.Event()
    try:
        with listening(host, port, stage) as real_port, processes(FOLDERS) as executors:
            seen, begun = _stamps(root), time.time_ns()
            watched = _rebuild(root, stage, executors, voice)
            voice.tell(f"Technical site: http://{host}:{real_port}/")
            voice.tell(f"Partner site:   http://{host}:{real_port}{PARTNER}/ (Ctrl-C ends it)")
            while not stopping.is_set():
                for stamps in _changes(root, watched, seen, begun, stopping):
                    seen, begun = stamps, time.time_ns()
                    before, watched = watched, _rebuild_or_complain(root, stage, executors, voice) or watched
                    if watched != before:
                        break
    except KeyboardInterrupt:
        voice.tell("")


def _rebuild_or_complain(
    root: Path, stage: Stage, executors: Mapping[Audience, Executor], voice: Voice
) -> tuple[Path, ...]:
    started = time.perf_counter()
    try:
        watched = _rebuild(root, stage, executors, voice)
    except CatalogError as error:
        voice.complain(str(error), error.hint)
        return ()
    voice.tell(f"Rebuilt in {time.perf_counter() - started:.1f} s")
    return watched


def _rebuild(
    root: Path, stage: Stage, executors: Mapping[Audience, Executor], voice: Voice
) -> tuple[Path, ...]:
    """Builds beside the sites that are shown, then shows the new ones; gives the folders to watch."""
    project = with_told_lapses(open_project(root), root)
    into = _other(root / ".plumbline" / "serve", stage.shown)
    folders = {audience: into / name for audience, name in FOLDERS.items()}
    today = datetime.datetime.now(tz=datetime.UTC).date()
    found = told_findings(build_sites(project, root, folders, executors, today=today))
    if found:
        voice.tell(found)
    stage.show(Shown(folders[Audience.INTERNAL], folders[Audience.PARTNER], str(time.time_ns())))
    return tuple(root / folder for folder in (*project.settings.folders, "site_src"))


def _other(folder: Path, shown: Shown) -> Path:
    """The one of two folders that is not shown now."""
    return folder / ("b" if shown.technical.parent.name == "a" else "a")


def _changes(
    root: Path, watched: tuple[Path, ...], seen: Stamps, begun: int, stop: threading.Event
) -> Iterator[Stamps]:
    """The stamps of the root files at each change of anything; what changes during a rebuild comes next.

    `begun` is when the last rebuild began (ns): what was saved since then, before anyone watched, counts too.
    """
    folders = [folder for folder in watched if folder.is_dir()]
    is_first_look = True
    for changes in watch(
        *folders, stop_event=stop, yield_on_timeout=True, rust_timeout=LOOK_AGAIN, debounce=200, step=30
    ):
        now = _stamps(root)
        was_missed = is_first_look and _last_saved(folders) > begun - CLOCKS_DIFFER
        is_first_look = False
        if changes or was_missed or now != seen:
            seen = now
            yield now


def _last_saved(folders: Iterable[Path]) -> int:
    """When a file below the folders was last written (ns); 0 where there is none."""
    saved = [0]
    for parent, _, names in (each for folder in folders for each in os.walk(folder)):
        for name in names:
            with suppress(FileNotFoundError):  # an editor may just have replaced it
                saved.append(Path(parent, name).lstat().st_mtime_ns)
    return max(saved)


def _stamps(root: Path) -> Stamps:
    files = (root / name for name in ROOT_FILES)
    return tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files)
