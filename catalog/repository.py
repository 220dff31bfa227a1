"""What git keeps of a project: its files as they were at a revision. The only module that runs git.

Reads the object store and nothing else: no file of the work tree is touched, no index is written.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

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
    """A file, link or submodule of a tree. `path` begins at the top of the repository `store`; bytes."""

    store: Path
    mode: str
    hash: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The entries of a project's folder by path relative to it, sorted; submodules are followed.

    `missing` are the submodules that cannot be followed, since their commit is not at hand.
    """

    entries: dict[str, Entry]
    missing: tuple[str, ...] = ()


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


def write_tree(tree: Tree, folder: Path, is_read: Callable[[PurePosixPath], bool], largest: int) -> None:
    """Writes the files of a tree that are read into a folder, which gets all their folders.

    A file of more than `largest` bytes is as long there as it was, and empty.

    Raises:
        CatalogError: git does not have the content of one of them.
    """
    sound = {path: entry for path, entry in tree.entries.items() if not _leaves(path)}
    for parent in {(folder / path).parent for path in sound}:
        parent.mkdir(parents=True, exist_ok=True)
    links = {path: entry for path, entry in sound.items() if entry.mode == LINK}
    files = {
        path: entry for path, entry in sound.items() if path not in links and is_read(PurePosixPath(path))
    }
    contents = _contents([*files.values(), *links.values()], largest)
    for path, entry in files.items():
        (folder / path).write_bytes(contents.get(entry.hash, b""))
        if entry.size > largest:
            os.truncate(folder / path, entry.size)
    for path, entry in links.items():  # Last, so that nothing is written through one.
        (folder / path).symlink_to(os.fsdecode(contents[entry.hash]))


def _entries(store: Path, commit: str, prefix: str) -> Iterator[Entry]:
    answer = _git(store, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *filter(None, [prefix]))
    if answer.returncode:
        raise CatalogError(f"git cannot read commit `{commit[:12]}`: {_first_line(answer)}", "Run `git fsck`")
    for line in filter(None, answer.stdout.split(b"\0")):
        described, _, path = line.partition(b"\t")
        mode, _, name, size = described.decode().split()
        yield Entry(store, mode, name, 0 if size == "-" else int(size), os.fsdecode(path))


def _has_commit(folder: Path, commit: str) -> bool:
    """Whether a submodule is checked out and has a commit."""
    if not (folder / ".git").exists():  # Git would ask the repository around it.
        return False
    return not _git(folder, "cat-file", "-e", f"{commit}^{{commit}}").returncode


def _contents(entries: Iterable[Entry], largest: int) -> dict[str, bytes]:
    """Hash → content, of entries that are not too large."""
    by_store: dict[Path, set[str]] = {}
    for entry in entries:
        if entry.size <= largest:
            by_store.setdefault(entry.store, set()).add(entry.hash)
    return {
        name: content
        for store, names in sorted(by_store.items())
        for name, content in _blobs(store, sorted(names))
    }


def _blobs(store: Path, names: list[str]) -> Iterator[tuple[str, bytes]]:
    answer = _git(store, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    output, start = answer.stdout, 0
    for name in names:
        end = output.find(b"\n", start)
        header = output[start:end].split()
        if answer.returncode or len(header) != 3:
            raise CatalogError(f"git does not have the object `{name[:12]}`", "Run `git fsck`, or fetch it")
        start = end + 1 + int(header[2])
        yield name, output[end + 1 : start]
        start += 1


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
    remote, _, branch = revision.partition("/")
    return guess or (f"Run `git fetch {remote} {branch}`" if branch else "`git log --oneline` lists commits")


def _first_line(answer: subprocess.CompletedProcess[bytes]) -> str:
    return answer.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
