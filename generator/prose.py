"""Hand-written pages: which files reach which site, and links from them to things of the catalog.

A site gets the files of `shared/` and those of its own audience. No other folder is ever read for it, so what
stands under `technical/` cannot reach partners.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from catalog import CHECKS, Audience, CatalogError, Project, did_you_mean

from . import links

FOLDERS = {
    Audience.INTERNAL: ("shared", "technical"),
    Audience.RESTRICTED: ("shared", "technical"),
    Audience.PARTNER: ("shared", "partner"),
}
KINDS = {
    "table": "tables",
    "metric": "metrics",
    "report": "reports",
    "job": "jobs",
    "team": "teams",
    "term": "terms",
    "enum": "enums",
}
"""What may stand before the colon of a link, and the mapping of the catalog it names."""

FIRST = ("index.md", "start.md")
"""Pages that stand before the others of their folder."""

_LINK = re.compile(r'href="(?P<name>(?:table|metric|report|job|team|term|enum|check):[^"]+)"')

_SOURCE = re.compile("Doc file '(?P<source>[^']+)'")


@dataclass(frozen=True, slots=True)
class ProseFile:
    """A file of a site as it was written: `path` in the site's source, `file` on disk."""

    path: str
    file: Path


def prose_files(roots: Iterable[Path], audience: Audience) -> tuple[ProseFile, ...]:
    """The hand-written files of an audience, by path; where two roots hold one path, the first root wins.

    Raises:
        CatalogError: a link leads out of the folder it stands in, or two folders hold one path.
    """
    found: dict[str, Path] = {}
    for root in roots:
        for path, file in _files_of_root(root, audience).items():
            found.setdefault(path, file)
    return tuple(ProseFile(path, found[path]) for path in sorted(found))


def _files_of_root(root: Path, audience: Audience) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in FOLDERS[audience]:
        for path, file in _files_below(root / folder):
            if path in found:
                raise CatalogError(f"`{found[path]}` and `{file}` would be one page", "Rename one of them")
            found[path] = file
    return found


def _files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if name.startswith("."):
                continue
            if not file.resolve().is_relative_to(folder.resolve()):
                raise CatalogError(f"`{file}` leads out of `{folder}`", "Put the file itself there")
            yield file.relative_to(folder).as_posix(), file


def addresses(project: Project, paths: Iterable[str]) -> dict[str, str]:
    """`metric:name` → path of its page, for everything that has a page among `paths`."""
    existing = set(paths)
    named = {
        f"{kind}:{name}": links.path_of(thing)
        for kind, things in KINDS.items()
        for name, thing in getattr(project.catalog, things).items()
    }
    named |= {f"check:{check.code}": links.check_path(check.code) for check in CHECKS}
    return {name: path for name, path in named.items() if path.partition("#")[0] in existing}


def navigation(sources: Iterable[str]) -> list[Any]:
    """The Markdown files as a tree in MkDocs' form: `index`, `start`, other files, then folders."""
    tree: dict[str, Any] = {}
    for source in sources:
        if source.endswith(".md"):
            *folders, name = source.split("/")
            place = tree
            for folder in folders:
                place = place.setdefault(f"{folder}/", {})
            place[name] = source
    return _branch(tree)


def _branch(tree: dict[str, Any]) -> list[Any]:
    files = sorted((name not in FIRST, name) for name in tree if not name.endswith("/"))
    folders = sorted(name for name in tree if name.endswith("/"))
    titled = [{name[:-1].replace("_", " ").capitalize(): _branch(tree[name])} for name in folders]
    return [tree[name] for _, name in files] + titled


def link_things(html: str, known: Mapping[str, str], *, start: str) -> tuple[str, tuple[str, ...]]:
    """A rendered page with links such as `metric:name` made relative to path `start`, and the dead names."""
    dead: list[str] = []

    def address(link: re.Match[str]) -> str:
        name = unescape(unquote(link["name"]))
        if name not in known:
            dead.append(name)
            return link[0]
        return f'href="{escape(links.href(known[name], start=start))}"'

    return _LINK.sub(address, html), tuple(dead)


def dead_link(name: str, file: Path, root: Path, known: Iterable[str]) -> CatalogError:
    """What to say of a link to a thing that has no page."""
    text = file.read_text(encoding="utf-8-sig")
    kind = name.partition(":")[0]
    place = f"{_shown(file, root)}:{_place(text, text.find(name))}"
    hint = did_you_mean(name, (other for other in known if other.startswith(f"{kind}:")))
    return CatalogError(f"{place}: the link to `{name}` leads nowhere: this site has no such {kind}", hint)


def broken_prose(said: Iterable[str], files: Mapping[str, Path], root: Path) -> CatalogError:
    """What the engine warned of, with the files named as their writer knows them. `files` is by source."""
    lines = []
    for line in said:
        named = _SOURCE.match(line)
        file = files.get(named["source"]) if named else None
        lines.append(f"{_shown(file, root)}: it{line[named.end() :]}" if named and file else line)
    return CatalogError("\n".join(lines), "Mend the hand-written page")


def _shown(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _place(text: str, offset: int) -> str:
    before = text[: max(offset, 0)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
