"""The values a site is made of: what page functions receive, and what they give.

Page functions are pure (`Site` → `Page`s); where the pages go and what the theme puts around them is decided
in `plugin` and `splice`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from catalog import Audience, Finding, Leveled, Location, Project

from .lexicon import Lexicon, lexicon_of

TITLE_ID = "title"
"""Id of the `<h1>` in the body of every page: the target of the theme's "skip to content"."""


@dataclass(frozen=True)
class Site:
    """Everything a page may be made from: a project already cut down to what its audience may see.

    `levels` are those of its metrics by name; for partners without what each rule found.
    `dictionary` is the path of its data dictionary, and empty where it has none.
    """

    project: Project
    audience: Audience
    findings: tuple[Finding, ...] = ()
    today: datetime.date = datetime.date.min  # day of the build; the edge reads the clock
    levels: Mapping[str, Leveled] = field(default_factory=dict)
    dictionary: str = ""

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of its glossary."""
        return lexicon_of(self.project.catalog.terms.values())

    @property
    def is_for_partners(self) -> bool:
        """Is this the site that leaves the company?"""
        return self.audience is Audience.PARTNER


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents: `id` is the anchor in the body, level 2 stands below the title."""

    id: str
    title: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page without the theme around it.

    `path` is a directory address relative to the site's root, with a slash at its end:
    `metrics/appeal_overturn_rate/`. The home page is the empty path. A page whose path has one part
    (`metrics/`, `coverage/`) is in the navigation; all others are reached by links and search.

    `title` and `description` are plain text. `body` is safe HTML with one `<h1 id="title">`; links in it are
    relative to the page. `source` makes the page's "edit" link. `hide` names theme parts the page does
    without (`navigation`, `toc`, `path`).
    """

    path: str
    title: str
    description: str
    section: str
    body: str
    toc: tuple[Heading, ...] = ()
    source: Location | None = None
    hide: tuple[str, ...] = ()


PageType = Callable[[Site], Iterable[Page]]


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site that is no page (search shard, style sheet); `path` is relative to its root."""

    path: str
    content: bytes


FileType = Callable[[Site], Iterable[SiteFile]]
