"""What the theme gave in the last run, kept until something that it is made from changes.

Rendering prose is most of the work where a catalog is small, and it does not depend on most definitions.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from .assembly import Drafted, Given, Rendered, escaped, key_of, navigation
from .digests import value_digest
from .drafts import Draft
from .feed import has_feed
from .revision import revision
from .site import Heading
from .splice import Shell, ShellKey, Slot, digest

FOLDER, FILE = "theme", "theme.json"

Contents = Mapping[tuple[Heading, ...], str]
"""Headings → the table of contents that the theme makes of them."""


def theme_key(given: Given, drafted: Drafted, files: Iterable[Path]) -> str:
    """The digest of everything that the theme renders from.

    That is: settings, the words of the glossary that prose explains, pages by their addresses and shells, the
    navigation, hand-written files, what they may link to by name, and `files`: the configuration, and all
    that overrides the theme.
    """
    site, drafts, prose = given.site, drafted.drafts, drafted.prose
    pages = [f"{draft.page.path} {key_of(draft.page, site)} {draft.page.section}" for draft in drafts]
    return digest(
        revision(),
        site.audience,
        str(has_feed(site)),
        value_digest(site.project.settings),
        value_digest(tuple(site.project.catalog.terms.values())),
        json.dumps([pages, navigation(drafts, prose), sorted(drafted.known.items())]),
        *_files_told(prose.items()),
        *_files_told((str(file), file) for file in files),
    )


def read_theme(given: Given, key: str, drafts: Iterable[Draft]) -> Rendered | None:
    """What was kept under that key; None where there is nothing, or not for all of these pages."""
    file = given.cache / FILE
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if kept.get("key") != key:
        return None
    contents = {tuple(Heading(*each) for each in toc): html for toc, html in kept["contents"]}
    if any(escaped(draft.page.toc) not in contents for draft in drafts):
        return None
    shells = dict(map(_shell, kept["shells"]))
    return Rendered(given.cache / FOLDER, shells, contents.__getitem__, kept["address"])


def keep_theme(given: Given, key: str, rendered: Rendered, contents: Contents) -> None:
    """Keeps what the theme gave, instead of what was kept before."""
    file, folder = given.cache / FILE, given.cache / FOLDER
    file.unlink(missing_ok=True)  # an interrupted run leaves nothing that looks whole
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(rendered.folder, folder)
    kept = {
        "key": key,
        "address": rendered.address,
        "shells": [_shell_told(*each) for each in rendered.shells.items()],
        "contents": [[list(map(astuple, toc)), html] for toc, html in contents.items()],
    }
    unfinished = file.with_suffix(".new")
    unfinished.write_text(json.dumps(kept), encoding="utf-8")
    unfinished.replace(file)


def forget_theme(given: Given) -> None:
    """Keeps nothing: what the theme renders from is not known."""
    (given.cache / FILE).unlink(missing_ok=True)


def _files_told(files: Iterable[tuple[str, Path]]) -> Iterator[str | bytes]:
    for path, file in sorted(files):
        yield path
        yield file.read_bytes()


def _shell_told(key: ShellKey, shell: Shell) -> list[Any]:
    parts = [[part.name] if isinstance(part, Slot) else part for part in shell.parts]
    return [astuple(key), parts, shell.digest]


def _shell(told: list[Any]) -> tuple[ShellKey, Shell]:
    key, parts, found = told
    key[-1] = tuple(key[-1])  # the theme's parts that the page hides
    cut = (Slot[part[0]] if isinstance(part, list) else part for part in parts)
    return ShellKey(*key), Shell(tuple(cut), found)
