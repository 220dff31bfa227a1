"""Lapsed certificates, with what has changed told in words: from the state that git has with the certificate.

The commit that brought a certificate into its file is looked for, never recorded: so it is found again after
a rebase. Where it is not at hand, or holds something else than was certified, the parts are named instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from .certificates import CERTIFICATES_FILE
from .certified import Certified, Lapse, Validity
from .changes import Versions, compare_versions
from .errors import CatalogError
from .project import CACHE, Project
from .repository import Repository, commit_that_brought, repository_of
from .revisions import open_revision, revision_of

MOST_STATES = 3
"""Earlier states of the project that one run reads."""


def with_told_lapses(project: Project, root: Path, *, executor: Executor | None = None) -> Project:
    """The project with lapses told as changes since the certified state, as far as git has it."""
    lapsed = {name: each for name, each in project.certified.items() if each.validity is Validity.LAPSED}
    if not lapsed:
        return project
    told: dict[str, Certified] = {}
    for commit, names in _states(root, lapsed).items():
        changes = _changes_since(project, root, (commit, names), executor)
        told |= {name: replace(lapsed[name], lapses=lapses) for name, lapses in changes.items()}
    return replace(project, certified={**project.certified, **told})


def _states(root: Path, lapsed: Mapping[str, Certified]) -> dict[str, list[str]]:
    """Commit → the metrics whose certificates it brought; those with most of them, so many as are read."""
    try:
        repository = repository_of(root)
    except CatalogError:
        return {}  # The project lies in no repository, or git is not there: the parts are named.
    found: dict[str, list[str]] = {}
    for name in sorted(lapsed):
        commit = _commit_of(repository, lapsed[name])
        if commit:
            found.setdefault(commit, []).append(name)
    largest = sorted(found, key=lambda commit: (-len(found[commit]), commit))[:MOST_STATES]
    return {commit: found[commit] for commit in largest}


def _commit_of(repository: Repository, certified: Certified) -> str | None:
    return commit_that_brought(repository, certified.certificate.fingerprint, CERTIFICATES_FILE)


def _changes_since(
    project: Project, root: Path, state: tuple[str, Iterable[str]], executor: Executor | None
) -> dict[str, tuple[Lapse, ...]]:
    """Metric → what has changed since a commit, of those that were there as they were certified."""
    commit, names = state
    try:
        then = open_revision(revision_of(root, commit), executor=executor, is_judged=False)
    except CatalogError:
        return {}  # Its content is not at hand, as in a clone without blobs.
    changes = compare_versions(Versions(then, project), cache=root / CACHE).changes.value_changing
    return {
        name: tuple(Lapse(change.sentence, change.location) for change in changes[name])
        for name in names
        if name in changes and _is_certified_state(name, then, project)
    }


def _is_certified_state(name: str, then: Project, now: Project) -> bool:
    before = then.certified.get(name)
    if before is None or before.validity is not Validity.HOLDS:
        return False
    return before.certificate.fingerprint == now.certified[name].certificate.fingerprint
