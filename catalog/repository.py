"""What git keeps of a project: its files as they were at a revision. The only module that runs git.

Reads the object store and nothing else: no file of the work tree is touched, no index is written.
"""

from __future__ import annotations

import datetime
import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from .errors import CatalogError
from .suggest import did_you_mean

LINK, SUBMODULE = "120000", "160000"
"""Modes of entries of a tree that are no plain files."""

OF_THE_CALLER = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What a git hook sets for itself. The repository is where the project lies, not where these point."""

FETCH_ALL = "Run `git fetch --unshallow`, or clone all: `fetch-depth: 0` on GitHub, `GIT_DEPTH: 0` on GitLab"


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree of git, and where in it the project lies: `""` if at the top, else as `"data/catalog/"`."""

    top: Path
    prefix: str
    is_shallow: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, link or submodule of a tree. `path` begins at the top of the repository `store`."""

    store: Path
    mode: str
    hash: str
    path: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The entries of a project's folder by path relative to it, sorted; submodules are followed.

    `missing` are the submodules that cannot be followed, since their commit is not at hand.
    """

    entries: dict[str, Entry]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedCommit:
    """A commit, and the day (UTC) on which it was made."""

    hash: str
    day: datetime.date


def repository_of(root: Path) -> Repository:
    """The repository in which a folder lies.

    Raises:
        CatalogError: it lies in none, or git cannot be used.
    """
    asked = ("--show-toplevel", "--show-prefix", "--is-shallow-repository")
    answer = _git(root, "rev-parse", *asked)
    if answer.returncode:
        raise _no_repository(root, answer.stderr.decode("utf-8", "replace"))
    top, prefix, is_shallow = os.fsdecode(answer.stdout).split("\n")[:3]
    return Repository(Path(top), prefix, is_shallow == "true")


def user_name(folder: Path) -> str | None:
    """Whom git knows as the one who works in a folder; None where nobody has said so."""
    answer = _git(folder, "config", "user.name")
    return answer.stdout.decode("utf-8", "replace").strip() or None


def commit_of(repository: Repository, revision: str) -> str:
    """The hash of the commit that a revision names.

    Raises:
        CatalogError: there is no such commit here.
    """
    asked = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    answer = _git(repository.top, "rev-parse", *asked)
    if answer.returncode:
        raise CatalogError(f"git knows no revision `{revision}`", _hint_at(repository, revision))
    return answer.stdout.decode().strip()


def commit_that_brought(repository: Repository, text: str, file: str) -> str | None:
    """The last commit that brought a text into a file of the project's folder; None where git has none."""
    path = f":(top,literal){repository.prefix}{file}"
    answer = _git(repository.top, "log", "-1", "--format=%H", f"-S{text}", "HEAD", "--", path)
    return answer.stdout.decode().strip() or None


def is_in_history(repository: Repository, commit: str) -> bool:
    """Whether a commit is at hand, and the work tree's line leads back to it."""
    return not _git(repository.top, "merge-base", "--is-ancestor", commit, "HEAD").returncode


def commits_touching(
    repository: Repository, paths: Iterable[str], start: str, *, is_after: bool
) -> Iterator[DatedCommit]:
    """The commits of the main line (first parents) that touch paths of the project's folder, oldest first.

    Args:
        repository: Where to look.
        paths: Files and folders, relative to the project's folder.
        start: The first commit, empty for all there are.
        is_after: Leave the first commit out.
    """
    within = [f":(top,literal){posixpath.normpath(repository.prefix + path)}" for path in paths]
    asked = ("--first-parent", "--reverse", "--format=%H %ct", f"{start}..HEAD" if start else "HEAD", "--")
    answer = _git(repository.top, "log", *asked, *within)
    first = _git(repository.top, "log", "-1", "--format=%H %ct", start, "--") if start else None
    lines = [] if first is None or is_after else first.stdout.split(b"\n")
    for line in filter(None, (*lines, *answer.stdout.split(b"\n"))):
        name, _, seconds = line.decode().partition(" ")
        yield DatedCommit(name, datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date())


def merge_base(repository: Repository, revision: str) -> str:
    """The hash of the commit at which the work tree's line and that of a revision parted.

    Raises:
        CatalogError: there is no such revision, or none that both lines share.
    """
    theirs, ours = commit_of(repository, revision), commit_of(repository, "HEAD")
    answer = _git(repository.top, "merge-base", theirs, ours)
    if answer.returncode:
        hint = (
            FETCH_ALL
            if repository.is_shallow
            else f"Name a revision that `git merge-base {revision} HEAD` takes"
        )
        raise CatalogError(f"git finds no commit that `{revision}` and `HEAD` share", hint)
    return answer.stdout.decode().strip()


def tree_of(repository: Repository, commit: str) -> Tree:
    """What the project's folder held at a commit; nothing where it was not there yet."""
    entries: dict[str, Entry] = {}
    missing: list[str] = []
    waiting = [(repository.top, commit, repository.prefix, "")]
    while waiting:
        store, at, prefix, within = waiting.pop()
        for entry in _entries(store, at, prefix):
            path = within + entry.path.removeprefix(prefix)
            if entry.mode != SUBMODULE:
                entries[path] = entry
            elif _has_commit(store / entry.path, entry.hash):
                waiting.append((store / entry.path, entry.hash, "", f"{path}/"))
            else:
                missing.append(path)
    return Tree(dict(sorted(entries.items())), tuple(sorted(missing)))


def moved_from(repository: Repository, commit: str, name: str) -> Repository | None:
    """The repository with the folder in which the project lay at a commit, if it has moved since.

    That is where the one file of that `name` was that is there no more; None where there are more, or none.
    """
    answer = _git(repository.top, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    paths = [os.fsdecode(path) for path in answer.stdout.split(b"\0") if path]
    gone = [
        path for path in paths if path.rpartition("/")[2] == name and not (repository.top / path).exists()
    ]
    return replace(repository, prefix=gone[0].removesuffix(name)) if len(gone) == 1 else None


def digest_of(tree: Tree) -> str:
    """A text that changes whenever a path, a content or what is missing does."""
    entries = (f"{path}\0{entry.mode}\0{entry.hash}" for path, entry in tree.entries.items())
    return blake2b("\0\0".join([*entries, *tree.missing]).encode("utf-8", "surrogateescape")).hexdigest()


def write_tree(tree: Tree, folder: Path, largest: int) -> None:
    """Writes the files of a tree into a folder. One of more than `largest` bytes is as long there, and empty.

    Raises:
        CatalogError: git does not have the content of one of them.
    """
    entries = {path: entry for path, entry in tree.entries.items() if not _leaves(path)}
    for parent in {(folder / path).parent for path in entries}:
        parent.mkdir(parents=True, exist_ok=True)
    contents = _contents(entries.values(), largest)
    for path, entry in entries.items():
        content = contents[entry.hash]
        if isinstance(content, int):
            (folder / path).touch()
            os.truncate(folder / path, content)
        elif entry.mode != LINK:
            (folder / path).write_bytes(content)
    for path, entry in entries.items():  # Links come last, so that nothing is written through one.
        content = contents[entry.hash]
        if entry.mode == LINK and isinstance(content, bytes):
            (folder / path).symlink_to(os.fsdecode(content))


def _entries(store: Path, commit: str, prefix: str) -> Iterator[Entry]:
    answer = _git(store, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *filter(None, [prefix]))
    if answer.returncode:
        raise CatalogError(f"git cannot read commit `{commit[:12]}`: {_first_line(answer)}", "Run `git fsck`")
    for line in filter(None, answer.stdout.split(b"\0")):
        described, _, path = line.partition(b"\t")
        mode, _, name = described.decode().split()
        yield Entry(store, mode, name, os.fsdecode(path))


def _has_commit(folder: Path, commit: str) -> bool:
    """Whether a submodule is checked out and has a commit."""
    if not (folder / ".git").exists():  # Git would ask the repository around it.
        return False
    return not _git(folder, "cat-file", "-e", f"{commit}^{{commit}}").returncode


def _contents(entries: Iterable[Entry], largest: int) -> dict[str, bytes | int]:
    """Hash → content; its length where that is too large."""
    by_store: dict[Path, set[str]] = {}
    for entry in entries:
        by_store.setdefault(entry.store, set()).add(entry.hash)
    found: dict[str, bytes | int] = {}
    for store, names in by_store.items():
        lengths = {name: length for name, length, _ in _objects(store, "--batch-check", sorted(names))}
        small = [name for name, length in lengths.items() if length <= largest]
        found |= lengths | {name: content for name, _, content in _objects(store, "--batch", small)}
    return found


def _objects(store: Path, form: str, names: list[str]) -> Iterator[tuple[str, int, bytes]]:
    """Hash, length, and with `--batch` the content of objects, in their order."""
    answer = _git(store, "cat-file", form, given="".join(f"{name}\n" for name in names).encode())
    output, start = answer.stdout, 0
    for name in names:
        end = output.find(b"\n", start)
        header = output[start:end].split()
        if answer.returncode or len(header) != 3:
            raise CatalogError(f"git does not have the object `{name[:12]}`", "Run `git fsck`, or fetch it")
        length = int(header[2])
        content = output[end + 1 : end + 1 + length] if form == "--batch" else b""
        start = end + 1 + (length + 1 if form == "--batch" else 0)
        yield name, length, content


def _leaves(path: str) -> bool:
    """Whether a path of a tree, which anybody can make, leads out of the folder or into git's own."""
    return bool({"", ".", "..", ".git"} & set(path.split("/")))


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise CatalogError(
            "git is not installed", "Install git; without it only the files as they lie can be read"
        )
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_CALLER}
    environment = {**kept, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    command = [program, "-C", str(folder), *arguments]
    return subprocess.run(command, input=given, capture_output=True, env=environment, check=False)  # noqa: S603


def _no_repository(root: Path, said: str) -> CatalogError:
    if "dubious ownership" in said:
        hint = f"Run `git config --global --add safe.directory {root}` if you trust it, or one folder above"
        return CatalogError(f"git does not read `{root}`, which belongs to another user", hint)
    return CatalogError(
        f"`{root}` is in no git repository", "Run it in a clone; without one, check without a revision"
    )


def _hint_at(repository: Repository, revision: str) -> str:
    """What to do about a revision that is not there."""
    answer = _git(repository.top, "for-each-ref", "--format=%(refname:short)")
    names = answer.stdout.decode("utf-8", "replace").split()
    by_last_part = {name.rpartition("/")[2]: name for name in reversed(names)}
    same = by_last_part.get(revision.rpartition("/")[2])
    guess = f"Did you mean `{same}`?" if same else did_you_mean(revision, names)
    if repository.is_shallow:
        return f"{guess} The clone is shallow. {FETCH_ALL}" if guess else f"The clone is shallow. {FETCH_ALL}"
    if revision == "HEAD":
        return "There is no commit yet: make the first one without this check"
    remote, _, branch = revision.partition("/")
    return guess or (f"Run `git fetch {remote} {branch}`" if branch else "`git log --oneline` lists commits")


def _first_line(answer: subprocess.CompletedProcess[bytes]) -> str:
    return answer.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
