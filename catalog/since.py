"""The findings of a project as it was at a revision, remembered by what git has there."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from .before import Before, as_before
from .cache import Cache, Key, key_of
from .checks.frame import Check
from .checks.run import run_checks
from .project import CACHE, Project
from .remembering import version_of
from .repository import digest_of
from .revisions import Revision, open_revision
from .settings import Severity

SOURCES = ("**/*.py",)
"""Files of which findings are a function."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """What findings are measured with: the same for what is there now and for what was there before."""

    checks: tuple[Check, ...]
    today: datetime.date


@dataclass(frozen=True, slots=True)
class Past:
    """The findings at a revision, and notes on what the run met. `project` is None if they were kept."""

    revision: Revision
    findings: tuple[Before, ...]
    notes: tuple[str, ...] = ()
    project: Project | None = None


def findings_at(
    revision: Revision, ruler: Ruler, *, cache: Path | None = None, executor: Executor | None = None
) -> Past:
    """What the checks find at a revision. Remembered for the day, unless there is something to note.

    Every check counts, whatever its severity was, so that a check switched on today brings only new findings.

    Raises:
        CatalogError: git does not have the content of the revision.
    """
    file = cache or revision.root / CACHE
    key = _key(revision, ruler)
    with closing(Cache(file)) as kept:
        known = _read(kept.get([key]).get(key, ""))
    if known is not None:
        return Past(revision, known)
    project = open_revision(revision, cache=file, executor=executor)
    findings = tuple(
        map(as_before, run_checks(_all_on(project, ruler.checks), ruler.checks, today=ruler.today))
    )
    if not project.notes:
        with closing(Cache(file)) as kept:
            kept.put({key: json.dumps([astuple(each) for each in findings])})
    return Past(revision, findings, project.notes, project)


def _all_on(project: Project, checks: Iterable[Check]) -> Project:
    severity = {**project.settings.severity, **{check.code: Severity.ERROR for check in checks}}
    return replace(project, settings=project.settings.model_copy(update={"severity": severity}))


def _key(revision: Revision, ruler: Ruler) -> Key:
    checks = [f"{check.code} {check.version}" for check in ruler.checks]
    return key_of("findings", version_of(*SOURCES), digest_of(revision.tree), str(ruler.today), *checks)


def _read(written: str) -> tuple[Before, ...] | None:
    """Findings that were kept; None where they do not have our form."""
    try:
        return tuple(Before(*_texts(each)) for each in json.loads(written))
    except (TypeError, ValueError):
        return None


def _texts(values: object) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError("this is no list of texts")
    return values
