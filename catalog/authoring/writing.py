"""Files as they should be, onto the disk: all of them or none, and each one whole at any moment."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import CatalogError
from ..reading.files import is_inside

NO_LINE_END = "\\ No newline at end of file"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file of a project before and after, relative to its folder; `before` is None where there is none."""

    file: str
    before: bytes | None
    after: bytes

    @property
    def changes_something(self) -> bool:
        """Whether it is another file afterwards."""
        return self.before != self.after


def write_all(root: Path, rewrites: Iterable[Rewrite]) -> None:
    """Puts every file in place. Each is written whole beside the old one, and only then takes its name.

    Raises:
        CatalogError: a file is read-only, leads out of the project, or has changed since it was read;
            nothing is written then.
    """
    wanted = [(rewrite, _target(root, rewrite)) for rewrite in rewrites if rewrite.changes_something]
    waiting: list[tuple[Path, Path]] = []
    try:
        for rewrite, path in wanted:
            waiting.append((_beside(path), path))
            _write_beside(rewrite, *waiting[-1])
        for new, path in waiting:
            new.replace(path)
    finally:
        for new, _ in waiting:
            with suppress(OSError):
                new.unlink()


def diff_of(rewrites: Sequence[Rewrite]) -> str:
    """What would change, as one unified diff that `git apply` and `patch` take."""
    return "".join(line for rewrite in rewrites if rewrite.changes_something for line in _diff(rewrite))


def _target(root: Path, rewrite: Rewrite) -> Path:
    """The real file behind a path, once it is sure that it may be written."""
    path = Path(os.path.realpath(root / rewrite.file))
    if not is_inside(root, path):
        raise CatalogError(f"`{rewrite.file}` leads out of the project", "Name a file of the project")
    is_there = path.is_file()
    if is_there and not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise CatalogError(f"`{rewrite.file}` is read-only", "Make it writable, then run this again")
    if (path.read_bytes() if is_there else None) != rewrite.before:
        raise CatalogError(f"`{rewrite.file}` has changed since it was read", "Run this again")
    return path


def _beside(path: Path) -> Path:
    """The name that a file goes by until it is whole; nothing reads files that begin so."""
    return path.with_name(f".{path.name}.{os.getpid()}.plumbline")


def _write_beside(rewrite: Rewrite, new: Path, path: Path) -> None:
    try:
        _write(new, path, rewrite.after)
    except OSError as error:
        raise CatalogError(
            f"`{rewrite.file}` cannot be written: {error.strerror}",
            "Make its folder writable, then run this again",
        ) from error


def _write(new: Path, path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with new.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.is_file():
        new.chmod(stat.S_IMODE(path.stat().st_mode))


def _diff(rewrite: Rewrite) -> Iterable[str]:
    old = "/dev/null" if rewrite.before is None else f"a/{rewrite.file}"
    before, after = _lines(rewrite.before or b""), _lines(rewrite.after)
    for line in difflib.unified_diff(before, after, old, f"b/{rewrite.file}"):
        yield line if line.endswith("\n") else f"{line}\n{NO_LINE_END}\n"


def _lines(content: bytes) -> list[str]:
    """Lines with their ends, split at line feeds alone."""
    lines = content.decode("utf-8", "backslashreplace").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
