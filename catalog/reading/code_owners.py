"""CODEOWNERS: who must approve a change of a file, as GitHub and GitLab read it.

Format: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
Patterns are those of `.gitignore`; of several lines that match a file, the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .document_faults import UnreadableError
from .files import read_bytes

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    Rule = tuple[GitIgnoreSpec, tuple[str, ...]]

PLACES = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")


def code_owners_of(root: Path, files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """File of a project → its code owners; empty where the repository has no CODEOWNERS.

    Args:
        root: The project's folder; CODEOWNERS may lie in a folder above it, at the top of the repository.
        files: Paths relative to `root`.
    """
    found = _found(root.resolve())
    if found is None:
        return {}
    top, place = found
    try:
        text = read_bytes(top, place).decode("utf-8", "replace")
    except UnreadableError:
        return {}
    rules = tuple(_rules(text))
    inside = root.resolve().relative_to(top)
    return {file: _owners((inside / file).as_posix(), rules) for file in sorted(set(files))}


def _found(root: Path) -> tuple[Path, str] | None:
    """The top of the repository and the place of its file, from the project's folder upward."""
    for folder in (root, *root.parents):
        place = next((place for place in PLACES if (folder / place).is_file()), None)
        if place:
            return folder, place
        if (folder / ".git").exists():
            return None
    return None


def _rules(text: str) -> Iterator[Rule]:
    from pathspec import GitIgnoreSpec

    for line in text.splitlines():
        pattern, *named = line.partition(" #")[0].split() or [""]
        # GitLab's sections are in brackets; none of them changes what a pattern matches.
        if pattern and not pattern.startswith(("#", "[", "^[")):
            yield GitIgnoreSpec.from_lines([pattern]), tuple(named)


def _owners(path: str, rules: Sequence[Rule]) -> tuple[str, ...]:
    return next((owners for spec, owners in reversed(rules) if spec.match_file(path)), ())
