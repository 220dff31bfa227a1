"""A whole site from its three sources: files of our own, what the theme rendered, and pages in their shells.

Knows shells and pages, not the engine that rendered the shells.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urljoin

from catalog import CHECKS, Audience, Check, Leveled, Project, levels_of, publishable, run_checks

from . import links, prose
from .downloads import dictionary_entries, dictionary_path
from .drafts import Draft, drafts, read_memory, write_memory
from .files import FILE_TYPES
from .pages import PAGE_TYPES
from .policy import HEADERS
from .prose import navigation as prose_tree
from .publish import Entry
from .revision import revision
from .site import Heading, Page, Site
from .splice import Shell, ShellKey, Slot, digest, fill, is_in_navigation, shell_key

THEME = Path(__file__).with_name("theme")
SHELL_NAME = "plumbline-shell"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the theme gave: its files in a folder, the shells, and a maker of tables of contents.

    `contents` takes headings whose titles are HTML already. `address` is where the site will be, if known.
    """

    folder: Path
    shells: Mapping[ShellKey, Shell]
    contents: Callable[[tuple[Heading, ...]], str]
    address: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """A site to build, and the folder of its project."""

    site: Site
    root: Path

    @property
    def cache(self) -> Path:
        """The folder of this site that is kept between runs, and never published."""
        return self.root / ".plumbline" / "site" / self.site.audience.value

    @property
    def empty_folder(self) -> Path:
        """A folder where an engine finds no prose: each file of a site is handed over one by one."""
        folder = self.cache / "no_prose"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a site holds before the theme sees it; bodies of pages are in a file of their own."""

    bodies: BinaryIO
    drafts: tuple[Draft, ...]
    prose: Mapping[str, Path]  # source of a theme page → its file
    known: Mapping[str, str]  # `metric:name` → path
    is_own: bool = False  # made by the plugin itself, since MkDocs is in charge

    def close(self) -> None:
        """Gives back the file."""
        self.bodies.close()


def draft_site(given: Given, *, is_own: bool = False) -> Drafted:
    """The pages and the prose of a site. Remembers pages for the next run."""
    kept = given.cache / "pages.json"
    bodies = tempfile.TemporaryFile(prefix="plumbline-")  # noqa: SIM115  (closed with the run)
    found = prose.prose_files((given.root / "site_src", THEME / "prose"), given.site.audience)
    written = {each.path: each.file for each in found}
    made, memory = drafts(PAGE_TYPES, given.site, bodies, read_memory(kept, revision()))
    write_memory(memory, kept, revision())
    pages = tuple(each for each in made if source_of(each.page.path) not in written)
    known = prose.addresses(given.site.project, [each.page.path for each in pages])
    return Drafted(bodies, pages, written, known, is_own)


def site_of(
    project: Project, audience: Audience, *, today: datetime.date, checks: Sequence[Check] = CHECKS
) -> Site:
    """The site of an audience: the project cut down first; findings are for those who can mend them."""
    levels = levels_of(project, today)
    if audience is Audience.PARTNER:
        cut = publishable(project, audience)
        told = {name: Leveled(levels[name].level) for name in cut.catalog.metrics}
        return Site(cut, audience, today=today, levels=told, dictionary=dictionary_path(cut, audience))
    findings = run_checks(project, checks, today=today)
    return Site(project, audience, findings, today, levels, dictionary_path(project, audience))


def key_of(page: Page, site: Site) -> ShellKey:
    """The shell that a page of this site goes into."""
    return shell_key(page, is_editable=edit_address(page, site) is not None)


def theme_sources(pages: Iterable[Draft], site: Site, *, splice: bool) -> dict[str, Draft]:
    """Names of Markdown files that the theme shall render, and for which page.

    One for each shell, named after its first page if that is in the navigation; without `splice` one for
    each page.
    """
    sources: dict[str, Draft] = {}
    seen: set[ShellKey] = set()
    for draft in pages:
        key = key_of(draft.page, site)
        if not splice or key.own_path is not None:
            sources[source_of(draft.page.path)] = draft
        elif key not in seen:
            sources[f"{key.folder}{SHELL_NAME}-{len(seen)}.md"] = draft
            seen.add(key)
    return sources


def source_of(path: str) -> str:
    """The Markdown file from which an engine would make the page of that path."""
    return f"{path}index.md"


def page_path(source: str) -> str | None:
    """The path of the page that an engine makes from a source; None for a source that is no page."""
    if not source.endswith(".md"):
        return None
    stem = source.removesuffix(".md")
    return stem.removesuffix("index") if f"/{stem}".endswith("/index") else f"{stem}/"


def edit_address(page: Page, site: Site) -> str | None:
    """Where the definition behind a page is edited; None for a page that has none, and for partners."""
    if page.source is None or site.is_for_partners:
        return None
    return links.edit_address(site.project.settings, page.source)


def escaped(toc: Iterable[Heading]) -> tuple[Heading, ...]:
    """Headings with their titles as HTML."""
    return tuple(replace(heading, title=escape(heading.title)) for heading in toc)


def slot_values(page: Page, site: Site, rendered: Rendered) -> dict[Slot, str]:
    """What a page puts into the slots of its shell, as HTML; all but its body."""
    return {
        Slot.TITLE: escape(page.title),
        Slot.DESCRIPTION: escape(page.description),
        Slot.ADDRESS: escape(urljoin(rendered.address or "", quote(page.path))),
        Slot.EDIT: escape(edit_address(page, site) or ""),
        Slot.TOC: rendered.contents(escaped(page.toc)),
    }


def entries(site: Site, pages: Iterable[Draft], rendered: Rendered) -> Iterator[Entry]:
    """Every file of the site. Our own come first: they mark the folder as a site.

    A project that writes its own `_headers` has the last word on them.
    """
    own_headers = (rendered.folder / HEADERS).is_file()
    for make in FILE_TYPES:
        for file in make(site):
            if own_headers and file.path == HEADERS:
                continue
            yield _entry(file.path, file.content)
    yield from dictionary_entries(site, rendered.address)
    for path, file_path in sorted(_files_below(rendered.folder)):
        yield _entry(path, file_path.read_bytes())
    for draft in pages:
        yield _spliced(draft, site, rendered)


def navigation(pages: Iterable[Draft], written: Iterable[str]) -> list[Any]:
    """The tabs in MkDocs' form: home, one section for each page below it, and the prose."""
    tabs: list[Any] = []
    for page in (each.page for each in pages if is_in_navigation(each.page)):
        item = {escape(page.title) if page.path else "Home": source_of(page.path)}
        tabs.append({escape(page.title): [item]} if page.path else item)
    written = set(written)
    home = [{"Home": "index.md"}] if "index.md" in written else []
    guide = prose_tree(sorted(written - {"index.md"}))
    return [*home, *tabs, *([{"Guide": guide}] if guide else [])]


def sitemap(paths: Iterable[str], address: str) -> bytes:
    """The list of all pages for search engines (sitemaps.org, protocol 0.9)."""
    places = [f"<url><loc>{escape(urljoin(address, quote(path)))}</loc></url>\n" for path in sorted(paths)]
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{start}{''.join(places)}</urlset>\n".encode()


def _spliced(draft: Draft, site: Site, rendered: Rendered) -> Entry:
    shell = rendered.shells[key_of(draft.page, site)]
    values = slot_values(draft.page, site, rendered)

    def content() -> bytes:
        return fill(shell, values | {Slot.BODY: draft.body()}).encode("utf-8", "xmlcharrefreplace")

    path = f"{draft.page.path}index.html"
    return Entry(path, digest(shell.digest, draft.digest, *values.values()), content)


def _entry(path: str, content: bytes) -> Entry:
    return Entry(path, digest(content), lambda: content)


def _files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file
