"""Two projects compared, and all that a report of it needs: the one value that every format receives."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ..cache import Cache
from ..checks.announcing import value_change_unannounced
from ..checks.frame import Finding
from ..project import Project
from ..settings import Severity
from ..visibility import is_for_partners
from .announcing import unannounced
from .compare import diff
from .values import Alteration, Alterations


@dataclass(frozen=True, slots=True)
class Versions:
    """Two states of a project, and what people call them."""

    base: Project
    head: Project
    base_name: str = "before"
    head_name: str = "now"


@dataclass(frozen=True, slots=True)
class Effect:
    """Metrics whose values the same changes may alter, partners' first."""

    metrics: tuple[str, ...]
    changes: tuple[Alteration, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What is different between two states of a project, and what is found about that."""

    versions: Versions
    changes: Alterations
    findings: tuple[Finding, ...] = ()

    @property
    def effects(self) -> tuple[Effect, ...]:
        """The metrics whose values may change, put together by what changes them; those of partners first."""
        reached = self.changes.value_changing
        order = sorted(
            reached, key=lambda name: (not self.is_for_partners(name), self._key(reached[name]), name)
        )
        return tuple(
            Effect(tuple(names), reached[next(iter(names))])
            for _, group in groupby(
                order, key=lambda name: (self.is_for_partners(name), self._key(reached[name]))
            )
            for names in [list(group)]
        )

    def is_for_partners(self, metric: str) -> bool:
        """Whether partners see a metric."""
        found = self.versions.head.catalog.metrics.get(metric)
        return found is not None and is_for_partners(found)

    def title(self, metric: str) -> str:
        """What a metric is called in prose."""
        catalogs = (self.versions.head.catalog, self.versions.base.catalog)
        return next((found.title for catalog in catalogs if (found := catalog.metrics.get(metric))), metric)

    @staticmethod
    def _key(changes: tuple[Alteration, ...]) -> tuple[str, ...]:
        return tuple(change.sentence for change in changes)


def compare_versions(versions: Versions, *, cache: Path | None = None) -> Compared:
    """What is different between two states of a project. With `cache`, what texts mean is kept there."""
    if cache is None:
        changes = diff(versions.base, versions.head)
    else:
        with closing(Cache(cache)) as kept:
            changes = diff(versions.base, versions.head, kept)
    return Compared(versions, changes, findings_of(changes, versions))


def findings_of(changes: Alterations, versions: Versions) -> tuple[Finding, ...]:
    """What is wrong with changes themselves: numbers that change, and nobody is told."""
    severity = value_change_unannounced.severity_in(versions.head)
    if severity is Severity.OFF:
        return ()
    problems = unannounced(changes, versions.base, versions.head)
    return tuple(value_change_unannounced.finding(problem, severity) for problem in problems)
