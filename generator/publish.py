"""The folder of a site on disk: only what changed is written, what is no longer part of it goes.

A manifest beside the cache tells what a folder holds. It is removed before the first write and written after
the last, so that an interrupted run is never taken for a finished one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalog import CatalogError

from .splice import digest

SIGN_OF_A_SITE = PurePosixPath("assets/plumbline/theme.css")
"""What every site of ours holds: only a folder with it, or an empty one, is written to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the site: where it goes, a digest of its content, and how to get the content."""

    path: str
    digest: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Published:
    """What a run did to a folder, in files."""

    written: int
    unchanged: int
    removed: int


def publish(entries: Iterable[Entry], *, into: Path, manifests: Path) -> Published:
    """Makes the folder hold exactly the entries; `manifests` is where it is remembered what it holds.

    Raises:
        CatalogError: the folder holds files that are no site, or two entries claim one path.
    """
    manifest = manifests / f"{digest(str(into.resolve()))}.json"
    known = _open_folder(into, manifest)
    manifest.unlink(missing_ok=True)
    now: dict[str, str] = {}
    made: set[Path] = set()
    written = 0
    for entry in entries:
        if entry.path in now:
            raise CatalogError(f"two pages of the site claim `{entry.path}`", "Rename one of the two things")
        now[entry.path] = entry.digest
        target = into / _checked(entry.path)
        if known.get(entry.path) != entry.digest or not target.is_file():
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            target.write_bytes(entry.content())
            written += 1
    removed = _remove_others(into, now)
    _forget_lost_folders(manifests)
    manifest.write_text(json.dumps({"folder": str(into.resolve()), "files": now}), encoding="utf-8")
    return Published(written, len(now) - written, removed)


def _open_folder(into: Path, manifest: Path) -> dict[str, str]:
    """Path → digest of what the folder is known to hold."""
    if into.is_dir() and any(into.iterdir()) and not (into / SIGN_OF_A_SITE).is_file():
        raise CatalogError(
            f"`{into}` holds files that are not a site of Plumbline",
            "Name an empty folder: whatever is in the folder of a site is replaced",
        )
    if not manifest.is_file():
        return {}
    files: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    return files


def _forget_lost_folders(manifests: Path) -> None:
    manifests.mkdir(parents=True, exist_ok=True)
    for manifest in manifests.glob("*.json"):
        if not Path(json.loads(manifest.read_text(encoding="utf-8"))["folder"]).is_dir():
            manifest.unlink()


def _checked(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or path.startswith("/") or "\\" in path:
        raise ValueError(f"not a path inside a site: {path!r}")
    return path


def _remove_others(into: Path, wanted: dict[str, str]) -> int:
    removed = 0
    for folder, _, names in os.walk(into, topdown=False):
        relative = os.path.relpath(folder, into).replace(os.sep, "/")
        prefix = "" if relative == "." else f"{relative}/"
        stale = [name for name in names if prefix + name not in wanted]
        for name in stale:
            Path(folder, name).unlink()
        removed += len(stale)
        if prefix and not any(Path(folder).iterdir()):
            Path(folder).rmdir()
    return removed
