"""The files of a project's folders: which there are, and their text. What cannot be read is a misfit."""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ..errors import CatalogError
from ..model import Misfit
from ..suggest import did_you_mean
from .document_faults import UnreadableError

MAX_BYTES = 5_000_000
"""A greater file is not read."""

SUFFIXES = frozenset({".yml", ".yaml", ".sql"})
"""What is read; all else in the folders is left alone."""

NOT_DEFINITIONS = frozenset({"search_tests.yml"})
"""Files of the folders that other parts read. Names that begin with `_` or `.` are left alone too."""


@dataclass(slots=True)
class Found:
    """Real path → path relative to the root, in POSIX form; and what could not be followed."""

    files: dict[str, str] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)


def may_be_read(path: PurePath) -> bool:
    """Whether a project may hold such a file: a definition, SQL, or Python that a job runs."""
    return path.suffix.lower() in SUFFIXES | {".py"}


def find_files(root: Path, folders: Iterable[str]) -> tuple[tuple[str, ...], tuple[Misfit, ...]]:
    """The definition and SQL files of the folders, sorted, and what could not be followed.

    Linked folders come after all real ones, so that a file reached on two ways keeps its own path.

    Raises:
        CatalogError: a folder is missing, or outside of the project.
    """
    found = Found()
    waiting = deque(_definition_folder(root, folder) for folder in folders)
    links: deque[Path] = deque()
    seen: set[str] = set()
    while waiting or links:
        folder = waiting.popleft() if waiting else links.popleft()
        real = os.path.realpath(folder)
        if real not in seen:
            seen.add(real)
            _look_into(_Folder(root, folder, real), found, waiting, links)
    return tuple(sorted(found.files.values())), tuple(found.misfits)


def read_text(root: Path, file: str) -> str:
    """The text of a file of the project.

    Raises:
        UnreadableError: it cannot be opened, is too large, or is not UTF-8.
    """
    return decoded(read_bytes(root, file))


def read_bytes(root: Path, file: str, *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file of the project, which may have so many.

    Raises:
        UnreadableError: it cannot be opened or is too large.
    """
    try:
        with (root / file).open("rb") as opened:
            content = opened.read(limit + 1)
            if len(content) > limit:
                raise too_large(os.fstat(opened.fileno()).st_size, limit)
    except OSError as error:
        raise UnreadableError(f"the file cannot be read: {_reason(error)}") from None
    return content


def too_large(size: int, limit: int = MAX_BYTES) -> UnreadableError:
    """The fault of a file of so many bytes."""
    allowed = f"{limit / 1e6:.0f} MB are allowed"
    return UnreadableError(f"the file has {size / 1e6:.1f} MB, {allowed}", hint="Split it")


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark.

    Raises:
        UnreadableError: it is too large or not UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise too_large(len(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Without the mark, `start` counts from behind it.
        start = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
    before = content[:start].decode("utf-8-sig")
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    message = f"byte {start} (0x{content[start]:02X}) is not UTF-8"
    raise UnreadableError(message, place, "Save the file as UTF-8")


def is_inside(root: Path, path: Path) -> bool:
    """Whether a path, all links followed, stays in the project."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _definition_folder(root: Path, folder: str) -> Path:
    path = Path(os.path.normpath(root / folder))
    if not path.is_relative_to(root) or not is_inside(root, path):
        raise CatalogError(
            f"the definition folder `{folder}` is outside of the project",
            "Name a folder beside `plumbline.yml` under `definitions:`",
        )
    if not path.is_dir():
        beside = (each.name for each in root.iterdir() if each.is_dir())
        hint = f"Make it, or name another under `definitions:` in `{root.name}/plumbline.yml`"
        raise CatalogError(f"there is no definition folder `{folder}`", did_you_mean(folder, beside, hint))
    return path


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of the project: as it was reached, and its real path."""

    root: Path
    path: Path
    real: str

    def entries(self) -> list[os.DirEntry[str]]:
        """What is in it, by name, without what is hidden. One look at the disk for all of them."""
        with os.scandir(self.path) as entries:
            return sorted((each for each in entries if not each.name.startswith(".")), key=lambda e: e.name)


def _look_into(folder: _Folder, found: Found, waiting: deque[Path], links: deque[Path]) -> None:
    """Sorts what is in a folder into files, folders and linked folders."""
    beside = _relative(folder.root, folder.path)
    try:
        entries = folder.entries()
    except OSError as error:
        fault = UnreadableError(f"the folder cannot be read: {_reason(error)}")
        found.misfits.append(fault.misfit(beside))
        return
    for entry in entries:
        file = f"{beside}/{entry.name}" if beside != "." else entry.name
        try:
            if entry.is_symlink():
                _follow(folder, entry, file, found, links)
            elif entry.is_dir():
                waiting.append(folder.path / entry.name)
            elif _is_read(entry.name):
                found.files.setdefault(
                    f"{folder.real}{os.sep}{entry.name}", _regular(file, is_file=entry.is_file())
                )
        except UnreadableError as fault:
            found.misfits.append(fault.misfit(file))


def _follow(folder: _Folder, link: os.DirEntry[str], file: str, found: Found, links: deque[Path]) -> None:
    """Sorts a link into files and linked folders."""
    path = folder.path / link.name
    _require_sound_link(folder.root, path)
    if path.is_dir():
        links.append(path)
    elif _is_read(link.name):
        found.files.setdefault(os.path.realpath(path), _regular(file, is_file=path.is_file()))


def _require_sound_link(root: Path, link: Path) -> None:
    """Raises for a link that leads to nothing, out of the project, or back to a folder it stands in."""
    try:
        link.stat()
    except OSError as error:
        if error.errno != errno.ELOOP and not _is_read(link.name):
            return
        raise UnreadableError(f"the link cannot be followed: {_reason(error)}", hint="Remove it") from None
    if not link.is_dir() and not _is_read(link.name):
        return
    if not is_inside(root, link):
        raise UnreadableError(
            "the link leads out of the project", hint="Remove it, or copy what it points to"
        )
    if link.is_dir() and Path(os.path.realpath(link.parent)).is_relative_to(os.path.realpath(link)):
        raise UnreadableError("the link leads back to a folder that it stands in", hint="Remove it")


def _is_read(name: str) -> bool:
    is_left_out = name.startswith("_") or name in NOT_DEFINITIONS
    return name.lower().endswith(tuple(SUFFIXES)) and not is_left_out


def _regular(file: str, *, is_file: bool) -> str:
    if not is_file:
        raise UnreadableError("this is no ordinary file", hint="Remove it")
    return file


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _reason(error: OSError) -> str:
    """The system's reason in its own few words, the same on every machine."""
    reasons = {
        errno.ENOENT: "there is nothing behind it",
        errno.EACCES: "permission is denied",
        errno.ELOOP: "it leads back to itself",
    }
    return reasons.get(error.errno or 0, "the system refuses it")
