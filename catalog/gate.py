"""What a change is held to: the findings of a project, without those that were there before."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from .before import compare
from .checks.run import run_checks
from .outcome import Outcome, prefix_of, without_old
from .project import Project, open_project
from .reading.load import find_project
from .revisions import parting_commit, revision_of
from .since import Ruler, findings_at

SHORT = 12
"""Digits of a commit's hash that name it to people."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A project, what is to be told of it, and notes on what the run met that is no fault of the project."""

    project: Project
    outcome: Outcome
    notes: tuple[str, ...]


def judge(path: Path, ruler: Ruler, *, since: str | None = None, executor: Executor | None = None) -> Judged:
    """The findings of the project whose `plumbline.yml` is in `path` or above it.

    Args:
        path: A folder of the project.
        ruler: What to measure with.
        since: A branch, tag or commit: findings that were there where its line and ours parted are left out.
        executor: As for `open_project`.

    Raises:
        CatalogError: there is no project, it cannot be used, or git does not know the revision.
    """
    root = find_project(path)
    project = open_project(root, executor=executor)
    outcome = Outcome(run_checks(project, ruler.checks, today=ruler.today), prefix=prefix_of(root))
    if since is None:
        return Judged(project, outcome, project.notes)
    revision = revision_of(root, parting_commit(root, since)[:SHORT])
    past = findings_at(revision, ruler, executor=executor)
    comparison = compare(outcome.findings, past.findings, lambda file: (root / file).exists())
    return Judged(project, without_old(outcome, comparison, f"`{since}`"), (*project.notes, *past.notes))
