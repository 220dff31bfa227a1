"""The gate of the partner site: no internal identifier in any byte of any file.

It stands behind the cut that `publishable` makes, and trusts nothing before it.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from json import dumps
from pathlib import Path
from urllib.parse import quote

from catalog import CatalogError, ExportFile

_WORD = re.compile(r"\w+")
SHOWN = 10
"""How many leaks a message lists."""

MOST_UNPACKED = 500_000_000
"""Bytes that a file may unpack to; one with more is not searched, and so not published."""

DEEPEST_PACKED = 3
"""Archives inside each other."""

Patterns = Mapping[str, list[tuple[str, re.Pattern[str]]]]


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """An internal identifier in a file: `offset` counts bytes; -1 is the file's name itself."""

    file: str
    offset: int
    identifier: str


def find_leaks(folder: Path, identifiers: Iterable[str], excused: frozenset[str]) -> Iterator[Leak]:
    """Every file of the folder with the first place of each internal identifier in it.

    `excused` holds digests of files that are the same in every site, such as the theme's own scripts.
    """
    patterns = _patterns(identifiers)
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        name = file.relative_to(folder).as_posix()
        for _, identifier in _found(name, patterns):
            yield Leak(name, -1, identifier)
        content = file.read_bytes()
        if digest_of(content) not in excused:
            yield from _leaks_of(name, content, patterns)


def forbid_leaks_in(files: Iterable[ExportFile], identifiers: Iterable[str]) -> None:
    """Does nothing if the files of an export are clean. The keys of the format itself may be any word.

    Raises:
        CatalogError: they are not.
    """
    patterns = _patterns(identifiers)
    found = (leak for file in files for leak in _leaks_of(file.name, _without_own_keys(file), patterns))
    _forbid(list(found), "this names internal things")


def forbid_leaks(folder: Path, identifiers: Iterable[str], excused: frozenset[str]) -> None:
    """Does nothing if the folder is clean.

    Raises:
        CatalogError: it is not.
    """
    _forbid(list(find_leaks(folder, identifiers, excused)), "the partner site names internal things")


def _forbid(leaks: list[Leak], fault: str) -> None:
    if leaks:
        lines = [_told(leak) for leak in leaks[:SHOWN]]
        more = [f"and {len(leaks) - SHOWN} more"] if len(leaks) > SHOWN else []
        raise CatalogError(
            "\n".join([fault, *lines, *more]),
            "Say it in other words where partners read it, or publish the thing with `audience: partner`",
        )


def digests_below(folders: Iterable[Path]) -> frozenset[str]:
    """Digests of all files below some folders."""
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return frozenset(digest_of(file.read_bytes()) for file in files)


def digest_of(content: bytes) -> str:
    """What a file is recognised by."""
    return blake2b(content, digest_size=16).hexdigest()


def _told(leak: Leak) -> str:
    place = "its name" if leak.offset < 0 else f"byte {leak.offset}"
    return f"{leak.file}: {place}: `{leak.identifier}`"


def _without_own_keys(file: ExportFile) -> bytes:
    """The bytes of a JSON document of ours, its own keys blanked; those stand first on their line."""
    if not file.own_keys:
        return file.content
    keys = "|".join(sorted(map(re.escape, file.own_keys))).encode()
    return re.sub(rb'(?m)^( *)"(%b)":' % keys, lambda key: b" " * len(key[0]), file.content)


def _leaks_of(name: str, content: bytes, patterns: Patterns, depth: int = 0) -> Iterator[Leak]:
    """The leaks of a file, and of what is packed in it; names of members stand in the archive as they are."""
    for offset, identifier in _found(_text(content), patterns):
        yield Leak(name, offset, identifier)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    try:
        for member, unpacked in _unpacked(content, depth):
            yield from _leaks_of(f"{name}!{member}", unpacked, patterns, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise _unsearchable(name) from error


def _unpacked(content: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    """The members of an archive. Raises as `zipfile` does; what is too much is a bad archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if depth >= DEEPEST_PACKED or sum(member.file_size for member in members) > MOST_UNPACKED:
            raise zipfile.BadZipFile("too much")
        for member in members:
            yield member.filename, archive.read(member)


def _unsearchable(name: str) -> CatalogError:
    return CatalogError(
        f"{name}: an archive that cannot be searched for internal names",
        "Publish what is in it as it is, without a password and not packed twice",
    )


def _patterns(identifiers: Iterable[str]) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The longest word of each identifier's written forms → the identifier, and how to find it whole."""
    patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for identifier in sorted(set(identifiers)):
        for form in sorted(_written_forms(identifier.lower())):
            words = _WORD.findall(form)
            if words:
                whole = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
                patterns.setdefault(max(words, key=len), []).append((identifier, whole))
    return patterns


def _written_forms(text: str) -> set[str]:
    """The text itself, and as it stands in HTML, JSON, and addresses."""
    return {text, escape(text), dumps(text)[1:-1], quote(text).lower(), quote(text, safe="").lower()}


def _found(text: str, patterns: Patterns) -> Iterator[tuple[int, str]]:
    """Offset and name of each identifier's first place. One pass over the words; the rest only on a hit."""
    lowered = text.lower()
    seen: set[str] = set()
    for word in sorted(patterns.keys() & set(_WORD.findall(lowered))):
        for identifier, whole in patterns[word]:
            match = whole.search(lowered)
            if match and identifier not in seen:
                seen.add(identifier)
                yield len(lowered[: match.start()].encode("utf-8", "surrogateescape")), identifier


def _text(content: bytes) -> str:
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    return content.decode("utf-8", "surrogateescape")
