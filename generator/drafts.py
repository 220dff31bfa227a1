"""Pages on their way to the disk, and what is remembered of them, so that unchanged ones are not made again.

A page function is watched (`watching`), so it is known what each page was made from. In the next run a page
is made again if any of that has another digest, or if Plumbline itself has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from catalog import Location

from .digests import value_digest
from .pages.per_thing import PagePerThing
from .pages.surroundings import Surroundings
from .site import Heading, Page, PageType, Site
from .splice import digest
from .watching import Read, answer, watched

_FIELDS = tuple(each.name for each in fields(Page))

Remembered = dict[str, Any]
"""What is kept of a page, in JSON: its fields, the digest of its body, the numbers of its reads."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A page without its body, the digest of the body, and how to get the body."""

    page: Page
    digest: str
    body: Callable[[], str]


@dataclass(slots=True)
class Memory:
    """What the last run knew of its pages: `pages` by kind and name, `reads` with the digests they found."""

    pages: dict[str, dict[str, Remembered]] = field(default_factory=dict)
    reads: list[list[Any]] = field(default_factory=list)


def read_memory(file: Path, version: str) -> Memory:
    """What was written by the same version of everything that makes pages; else nothing."""
    if not file.is_file():
        return Memory()
    kept = json.loads(file.read_text(encoding="utf-8"))
    return Memory(kept["pages"], kept["reads"]) if kept["version"] == version else Memory()


def write_memory(memory: Memory, file: Path, version: str) -> None:
    """Keeps it for the next run."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {"version": version, "pages": memory.pages, "reads": memory.reads}
    unfinished = file.with_suffix(".new")
    unfinished.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
    unfinished.replace(file)


def drafts(
    types: Iterable[PageType], site: Site, bodies: BinaryIO, before: Memory
) -> tuple[tuple[Draft, ...], Memory]:
    """All pages, their new bodies in the file, and what to remember of them."""
    watching = _Watching(Surroundings(site), bodies, before)
    made = tuple(draft for make in types for draft in _of_type(make, site, watching))
    return made, watching.now


def _of_type(make: PageType, site: Site, watching: _Watching) -> Iterator[Draft]:
    if isinstance(make, PagePerThing):
        for name in getattr(site.project.catalog, make.kind):
            yield watching.draft(make, name)
    else:
        for page in make(site):
            yield spooled(page, watching.bodies)


def spooled(page: Page, bodies: BinaryIO) -> Draft:
    """The page with its body in the file, so that memory does not grow with pages."""
    content = page.body.encode("utf-8", "surrogatepass")
    bodies.seek(0, 2)
    body = partial(_body, bodies, bodies.tell(), bodies.write(content))
    return Draft(replace(page, body=""), digest(content), body)


def _body(bodies: BinaryIO, offset: int, length: int) -> str:
    bodies.seek(offset)
    return bodies.read(length).decode("utf-8", "surrogatepass")


class _Watching:
    """The run under way: what it knew, what it knows now, and what it found out about reads."""

    def __init__(self, around: Surroundings, bodies: BinaryIO, before: Memory) -> None:
        self.bodies, self.now = bodies, Memory()
        self._around, self._before = around, before
        self._reads: set[Read] = set()
        self._watched = watched(around, self._reads)
        self._is_same: dict[int, bool] = {}  # by the number of a read before
        self._numbers: dict[Read, int] = {}  # of reads now
        self._numbers_now: dict[int, int] = {}  # number before → number now

    def draft(self, make: PagePerThing, name: str) -> Draft:
        """The page as it was, if all that it was made from is as it was; else a new one."""
        pages = self.now.pages.setdefault(make.kind, {})
        known = self._before.pages.get(make.kind, {}).get(name)
        if known is not None and all(map(self._is_as_before, known["reads"])):
            pages[name] = known | {"reads": [self._carried(number) for number in known["reads"]]}
            again = partial(_made_again, make, name, self._around)
            return Draft(_page(known["page"]), known["digest"], again)
        self._reads.clear()
        draft = spooled(make.page(name, self._watched), self.bodies)
        numbers = sorted(map(self._numbered, self._reads))
        pages[name] = {"page": _page_told(draft.page), "digest": draft.digest, "reads": numbers}
        return draft

    def _is_as_before(self, number: int) -> bool:
        known = self._is_same.get(number)
        if known is None:
            way, key, found = self._before.reads[number]
            known = self._is_same[number] = self._found((way, _key(key))) == found
        return known

    def _carried(self, number: int) -> int:
        known = self._numbers_now.get(number)
        if known is None:
            way, key, found = self._before.reads[number]
            known = self._numbers_now[number] = self._numbered((way, _key(key)), found)
        return known

    def _numbered(self, read: Read, found: str | None = None) -> int:
        number = self._numbers.get(read)
        if number is None:
            number = self._numbers[read] = len(self.now.reads)
            way, key = read
            self.now.reads.append([way, _told(key), self._found(read) if found is None else found])
        return number

    def _found(self, read: Read) -> str:
        is_there, value = answer(self._around, read)
        return value_digest(value) if is_there else ""


def _made_again(make: PagePerThing, name: str, around: Surroundings) -> str:
    return make.page(name, around).body


def _told(key: object) -> object:
    """A key in JSON: a text, or a pair of texts as a list."""
    return list(key) if isinstance(key, tuple) else key


def _key(told: Any) -> Any:
    """The key that was told so."""
    return tuple(told) if isinstance(told, list) else told


def _page_told(page: Page) -> dict[str, Any]:
    """The fields of a page in JSON."""
    source = page.source and [page.source.file, page.source.line, page.source.column]
    toc = [[heading.id, heading.title, heading.level] for heading in page.toc]
    return {
        **{name: getattr(page, name) for name in _FIELDS},
        "source": source,
        "toc": toc,
        "hide": [*page.hide],
    }


def _page(told: dict[str, Any]) -> Page:
    """The page whose fields were told in JSON."""
    toc = tuple(Heading(*heading) for heading in told["toc"])
    source = Location(*told["source"]) if told["source"] else None
    return Page(**{**told, "toc": toc, "source": source, "hide": tuple(told["hide"])})
