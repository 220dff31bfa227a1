"""Git's history → the record of how metrics stood. One state a day: that of the day's last commit.

Only commits on the main line (first parents) that touch definitions are opened, and only those that came
since the last recorded one. Days are those of UTC.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .changes import Versions, compare_versions
from .dated import DatedChange, Record, difference, folded, recorded_fields, spoken_texts_of
from .errors import CatalogError
from .model import Metric
from .project import CACHE, Project
from .reading.load import SETTINGS_FILE, read_settings
from .repository import (
    FETCH_ALL,
    DatedCommit,
    Repository,
    commit_of,
    commits_touching,
    is_in_history,
    repository_of,
)
from .revisions import SHORT, open_project_at
from .visibility import internal_identifiers, names_in

MOST_SENTENCES = 12
"""Changes of numbers that a state tells."""

ANEW = "If history was rewritten, record what git has now: `plumbline history --record --anew`"


@dataclass(frozen=True, slots=True)
class _Opened:
    """The project at a commit, and the names that partners were not to read then."""

    at: DatedCommit
    project: Project
    internal: frozenset[str]


def record_history(
    root: Path, old: Record | None, *, since: str | None = None, executor: Executor | None = None
) -> Record:
    """The record with what git has since it was last written; without one, all that git has.

    Args:
        root: The folder of the project.
        old: What is recorded.
        since: A revision to begin at, where nothing is recorded yet.
        executor: As for `open_project`.

    Raises:
        CatalogError: there is no repository or no such revision, or its history does not lead from what is
            recorded to today.
    """
    repository = repository_of(root)
    begun = old or Record()
    start = begun.commit or (commit_of(repository, since) if since else "")
    _require_history(repository, begun.commit, start)
    days = _last_of_each_day(commits_touching(repository, _paths(root), start, is_after=bool(begun.commit)))
    before = (
        open_project_at(root, start, executor=executor, is_judged=False) if begun.commit and days else None
    )
    metrics = dict(begun.metrics)
    for commit in days:
        project = open_project_at(root, commit.hash, executor=executor, is_judged=False)
        names = frozenset(name.casefold() for name in internal_identifiers(project.catalog))
        _add_day(metrics, before, _Opened(commit, project, names), root)
        before = project
    return Record(commit_of(repository, "HEAD"), metrics)


def _require_history(repository: Repository, recorded: str, start: str) -> None:
    if recorded and not is_in_history(repository, recorded):
        message = (
            f"the commit `{recorded[:SHORT]}`, up to which history is recorded, is not in that of `HEAD`"
        )
        raise CatalogError(message, f"{FETCH_ALL}. {ANEW}" if repository.is_shallow else ANEW)
    if not start and repository.is_shallow:
        raise CatalogError("the clone is shallow, so git does not know when definitions began", FETCH_ALL)


def _paths(root: Path) -> tuple[str, ...]:
    """What definitions are read from, as of today."""
    settings = read_settings(root)[0]
    return (SETTINGS_FILE, *(posixpath.normpath(folder) for folder in settings.folders))


def _last_of_each_day(commits: Iterable[DatedCommit]) -> tuple[DatedCommit, ...]:
    return tuple({commit.day: commit for commit in commits}.values())


def _add_day(
    metrics: dict[str, tuple[DatedChange, ...]], before: Project | None, now: _Opened, root: Path
) -> None:
    """Adds to the states of each metric what became of it on a day."""
    told: Mapping[str, tuple[str, ...]] = {}
    if before is not None:
        changes = compare_versions(Versions(before, now.project), cache=root / CACHE).changes.value_changing
        told = {name: tuple(each.sentence for each in found) for name, found in changes.items()}
    for name, metric in now.project.catalog.metrics.items():
        metrics[name] = _with_day(metrics.get(name, ()), metric, told.get(name, ()), now)


def _with_day(
    changes: tuple[DatedChange, ...], metric: Metric, sentences: tuple[str, ...], now: _Opened
) -> tuple[DatedChange, ...]:
    """The changes of a metric with those of a day; what happened on one day is one change."""
    fields = recorded_fields(metric)
    if changes and not sentences and fields == _fields(changes):
        return changes
    is_again = bool(changes) and changes[-1].day == now.at.day
    earlier = changes[:-1] if is_again else changes
    told = tuple(dict.fromkeys((*(changes[-1].sentences if is_again else ()), *sentences)))
    change = DatedChange(
        now.at.day,
        now.at.hash[:SHORT],
        difference(_fields(earlier), fields),
        told[:MOST_SENTENCES],
        any(names_in(text, now.internal) for text in spoken_texts_of(fields)),
    )
    return (*earlier, change)


def _fields(changes: tuple[DatedChange, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for change in changes:
        fields = folded(fields, change.fields)
    return fields
