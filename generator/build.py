"""BEGIN HERE: Project → one site per audience, each into its own folder, each in a process of its own.

The process that makes the partner site receives the cut project and nothing else; what it made is then
searched for internal identifiers here, where they are known.
"""

from __future__ import annotations

import datetime
import signal
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from catalog import (
    Audience,
    CatalogError,
    Finding,
    Project,
    Severity,
    checks_at,
    find_project,
    open_project,
    tracing_processes,
    with_told_lapses,
)

from .assembly import Given, site_of
from .folders import FOLDERS
from .plugin import hold_back_leaks, render
from .publish import Published
from .words import count


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A finished site, and what is wrong with the definitions behind it; partners get no findings."""

    audience: Audience
    folder: Path
    published: Published
    findings: tuple[Finding, ...] = ()


def told_findings(built: Iterable[BuiltSite]) -> str | None:
    """What was found while building, in one line; None where nothing was."""
    found = [finding for site in built for finding in site.findings]
    if not found:
        return None
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    unread = sum(finding.code.startswith("FL") for finding in found)
    files = f", {unread} in what could not be read as written" if unread else ""
    return f"{count(len(found), 'finding')}, {count(errors, 'error')}{files}: run `plumbline check`"


def build(
    root: Path, into: Path, *, today: datetime.date, audiences: Iterable[Audience] = tuple(FOLDERS)
) -> tuple[BuiltSite, ...]:
    """The sites of the project at or above `root`, in folders `technical` and `partner` of `into`.

    Raises:
        CatalogError: the project, its configuration or its prose cannot be used, or the partner site
            would name internal things; a site with such a leak is removed.
    """
    root = find_project(root)
    with tracing_processes() as executor:
        project = with_told_lapses(open_project(root, executor=executor), root, executor=executor)
    folders = {audience: into / FOLDERS[audience] for audience in audiences}
    with processes(folders) as executors:
        return build_sites(project, root, folders, executors, today=today)


def build_site(root: Path, *, audience: Audience, into: Path, today: datetime.date) -> BuiltSite:
    """The site of one audience, in the folder `into`. Raises as `build` does."""
    root = find_project(root)
    with processes([audience]) as executors:
        project = with_told_lapses(open_project(root), root)
        return build_sites(project, root, {audience: into}, executors, today=today)[0]


@contextmanager
def processes(audiences: Iterable[Audience]) -> Iterator[dict[Audience, Executor]]:
    """A process for each audience. They start clean: nothing of this process is in their memory."""
    clean = get_context("spawn")
    with ExitStack() as stack:
        yield {
            audience: stack.enter_context(ProcessPoolExecutor(1, clean, initializer=_ignore_interrupt))
            for audience in audiences
        }


def _ignore_interrupt() -> None:
    """Ctrl-C reaches every process of a terminal; only the one that was started answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def build_sites(
    project: Project,
    root: Path,
    folders: Mapping[Audience, Path],
    executors: Mapping[Audience, Executor],
    *,
    today: datetime.date,
) -> tuple[BuiltSite, ...]:
    """The sites of a project in the given folders, all at the same time. Raises as `build` does."""
    checks = checks_at(root)
    sites = {audience: site_of(project, audience, today=today, checks=checks) for audience in folders}
    with _interrupts_held_back():
        started = {
            audience: executors[audience].submit(render, Given(sites[audience], root), into)
            for audience, into in folders.items()
        }
    try:
        built = [
            BuiltSite(each, folders[each], future.result(), sites[each].findings)
            for each, future in started.items()
        ]
    except BrokenProcessPool as error:
        raise CatalogError("a process that was building a site was ended from outside") from error
    for site in built:
        if site.audience is Audience.PARTNER:
            hold_back_leaks(project, site.folder)
    return tuple(built)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Lets processes start without hearing Ctrl-C before they can ignore it themselves."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
