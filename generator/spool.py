"""Pages on their way to the disk, their bodies in a file, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO

from .site import Page


@dataclass(frozen=True, slots=True)
class Spooled:
    """A page whose body is `length` bytes at `offset` of the spool file, and not in `page`."""

    page: Page
    offset: int
    length: int


def spool(pages: Iterable[Page], file: BinaryIO) -> tuple[Spooled, ...]:
    """The pages without their bodies, which go into the file."""
    spooled = []
    for page in pages:
        offset = file.tell()
        length = file.write(page.body.encode("utf-8", "surrogatepass"))
        spooled.append(Spooled(replace(page, body=""), offset, length))
    return tuple(spooled)


def body_of(spooled: Spooled, file: BinaryIO) -> str:
    """The body of a page."""
    file.seek(spooled.offset)
    return file.read(spooled.length).decode("utf-8", "surrogatepass")
