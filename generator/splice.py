"""Pages into shells. A shell is a page of the theme, rendered once, with slots where pages differ.

Pure text: what a shell is rendered by is `plugin`'s business, where pages are written is `publish`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from .site import Page


class Slot(StrEnum):
    """What differs between two pages of one shell. The values are the marks that the theme renders."""

    TITLE = "plumbline-slot-title"
    DESCRIPTION = "plumbline-slot-description"
    ADDRESS = "plumbline-slot-address"
    EDIT = "plumbline-slot-edit"
    BODY = "<h1>plumbline-slot-body</h1>"  # the theme adds a title of its own where it sees none
    TOC = "plumbline-slot-toc"


_SLOTS = {slot.value: slot for slot in Slot}
_MARK = re.compile(f"({'|'.join(_SLOTS)})")


@dataclass(frozen=True, slots=True, order=True)
class ShellKey:
    """Which pages share a shell: those around which the theme renders the same.

    All relative addresses in a shell depend on `folder` alone: the path of a page without its last part.
    A page of the navigation has a shell of its own, `own_path` being its path.
    """

    folder: str
    own_path: str | None
    section: str
    is_editable: bool
    has_toc: bool
    hide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shell:
    """Text and slots in turn, and a digest of both."""

    parts: tuple[str | Slot, ...]
    digest: str


def is_in_navigation(page: Page) -> bool:
    """Home and the pages right below it are in the navigation; all others are reached by links and search."""
    return page.path.count("/") <= 1


def shell_key(page: Page, *, is_editable: bool) -> ShellKey:
    """The shell a page goes into."""
    parts = page.path.split("/")[:-1]
    return ShellKey(
        folder="".join(f"{part}/" for part in parts[:-1]),
        own_path=page.path if is_in_navigation(page) else None,
        section=page.section,
        is_editable=is_editable,
        has_toc=bool(page.toc),
        hide=page.hide,
    )


def cut(html: str) -> Shell:
    """The shell in a rendered page that bears marks."""
    parts = tuple(_SLOTS.get(part, part) for part in _MARK.split(html))
    return Shell(parts, digest(html))


def fill(shell: Shell, values: Mapping[Slot, str]) -> str:
    """The page: every slot of the shell replaced by its value."""
    return "".join([values[part] if isinstance(part, Slot) else part for part in shell.parts])


def digest(*texts: str | bytes) -> str:
    """A short digest of texts; different sequences have different digests."""
    hashed = blake2b(digest_size=16)
    for text in texts:
        content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        hashed.update(f"{len(content)}:".encode())
        hashed.update(content)
    return hashed.hexdigest()
