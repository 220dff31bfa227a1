"""What an export is: a function from a project, cut to its audience, to the bytes of files."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..lineage import Lineage, Node
from ..model import Audience, Described
from ..project import Project

LONGEST_STEM = 100
"""Characters of a file's name, before its ending."""


def nowhere(_thing: Described, _column: str = "") -> str:
    """The address of every page while nobody knows where the site is."""
    return ""


@dataclass(frozen=True)
class Exporting:
    """A project to export, cut down to what the audience may see.

    `page_of` gives the address of the page of a thing, or of the row of one of its columns; empty where that
    is not known. `around` is what lineage is drawn around, `depth` hops far at most; all there is if neither
    is said.
    """

    project: Project
    audience: Audience = Audience.INTERNAL
    page_of: Callable[[Described, str], str] = nowhere
    now: datetime.datetime = field(default=datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC))
    around: Node | None = None
    depth: int | None = None

    @property
    def is_for_partners(self) -> bool:
        """Does it leave the company?"""
        return self.audience is Audience.PARTNER

    def links(self) -> tuple[tuple[Node, Node], ...]:
        """What flows from where to where, at the level of tables, metrics and reports."""
        if self.around is None:
            return self.project.lineage.links
        near = _near(self.project.lineage, self.around.whole, self.depth)
        return tuple(link for link in self.project.lineage.links if near.issuperset(link))


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of an export. `own_keys` are the keys that the format itself writes, whatever is exported.

    `notes` say what the format has no place for.
    """

    name: str
    content: bytes
    own_keys: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A format: what writes it, whether it is several files or bytes, and why partners cannot have it."""

    files: Callable[[Exporting], Iterable[ExportFile]]
    is_folder: bool = False
    is_text: bool = True
    not_for_partners: str | None = None
    is_drawn_around: bool = False


def _near(lineage: Lineage, node: Node, depth: int | None) -> frozenset[Node]:
    return frozenset((node, *lineage.upstream(node, depth), *lineage.downstream(node, depth)))


def filled(**values: Any) -> dict[str, Any]:
    """The values that say something, in their order."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def file_stems(names: Iterable[str]) -> dict[str, str]:
    """Name → the stem of a file for it, different for each on every file system."""
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        readable = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip(".-")[:LONGEST_STEM] or "unnamed"
        stem = readable if readable == name and name.lower() not in taken else f"{readable}~{_digest(name)}"
        taken.add(stem.lower())
        stems[name] = stem
    return stems


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
