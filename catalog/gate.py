"""What a change is held to: the findings of a project, without those that were there before."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from .baseline import BASELINE_FILE, Baseline, read_baseline
from .before import Before, compare
from .changes import Versions, compare_versions
from .checks.announcing import value_change_unannounced
from .checks.files import file_not_read
from .checks.frame import Finding
from .checks.gate import floor_findings, mended_findings
from .checks.run import run_checks
from .checks.waivers import spared_by, waived_by
from .lapses import with_told_lapses
from .model import Location
from .outcome import Outcome, prefix_of, without_old
from .project import CACHE, Project, open_project
from .reading.load import find_project
from .revisions import open_revision, parting_commit, revision_of
from .settings import Severity
from .since import Past, Ruler, findings_at


@dataclass(frozen=True, slots=True)
class Terms:
    """What is left out, and what is asked for.

    Findings go that were there where our line and that of `since` (a branch, tag or commit) parted. So do
    those of the baseline. `min_coverage` takes the place of the settings'.
    """

    since: str | None = None
    uses_baseline: bool = True
    min_coverage: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A project, what is to be told of it, and notes on what the run met that is no fault of the project."""

    project: Project
    outcome: Outcome
    notes: tuple[str, ...] = ()


def judge(path: Path, ruler: Ruler, terms: Terms, *, executor: Executor | None = None) -> Judged:
    """The findings of the project whose `plumbline.yml` is in `path` or above it, on these terms.

    Raises:
        CatalogError: the project or its baseline cannot be used, or git does not know the revision.
    """
    root = find_project(path)
    project = with_told_lapses(open_project(root, executor=executor), root, executor=executor)
    project = _with_minimum(project, terms.min_coverage)
    findings = run_checks(project, ruler.checks, today=ruler.today)
    baseline = read_baseline(root) if terms.uses_baseline else None
    past = _past(root, ruler, terms.since, executor) if terms.since else None
    before = {f"`{terms.since}`": past, "the baseline": baseline}
    compared = {
        against: compare(findings, known.findings, lambda file: (root / file).exists())
        for against, known in before.items()
        if known is not None
    }
    outcome = Outcome(findings, prefix=prefix_of(root))
    if compared:
        outcome = without_old(outcome, compared)
    if baseline and not outcome.hiding:
        failed = {finding.code for finding in findings if finding.is_failure}
        gone = [each for each in compared["the baseline"].gone if each.code not in failed]
        mended = _mended(gone, past)
        outcome = outcome.with_findings(_promises(project, baseline, mended))
    if past and not any(finding.code == file_not_read.code for finding in outcome.hiding):
        outcome = outcome.with_findings(_untold(project, ruler, past, executor))
    return Judged(project, outcome, (*project.notes, *(past.notes if past else ())))


def _with_minimum(project: Project, minimum: int | None) -> Project:
    if minimum is None:
        return project
    return replace(project, settings=project.settings.model_copy(update={"min_coverage": minimum}))


def _past(root: Path, ruler: Ruler, since: str, executor: Executor | None) -> Past:
    return findings_at(revision_of(root, parting_commit(root, since)), ruler, executor=executor)


def _untold(project: Project, ruler: Ruler, past: Past, executor: Executor | None) -> tuple[Finding, ...]:
    """Metrics whose values may be others than there, and whose history does not say so."""
    check = value_change_unannounced
    if check not in ruler.checks or check.severity_in(project) is Severity.OFF or not project.catalog.metrics:
        return ()
    base = past.project or open_revision(past.revision, executor=executor)
    found = compare_versions(Versions(base, project), cache=past.revision.root / CACHE).findings
    spared = spared_by(waived_by(project.settings.waivers, found), ruler.today)
    return tuple(finding for finding in found if finding not in spared)


def _mended(gone: Sequence[Before], past: Past | None) -> list[str]:
    """Code and subject of what the baseline lists and is no more; with a past, only what went since."""
    before = {(each.code, each.subject) for each in past.findings} if past else set()
    return [
        f"{each.code} {each.subject}" for each in gone if past is None or (each.code, each.subject) in before
    ]


def _promises(project: Project, baseline: Baseline, mended: list[str]) -> tuple[Finding, ...]:
    """Where a project is behind its baseline."""
    place = Location(BASELINE_FILE)
    return (*floor_findings(project, baseline.floors, place), *mended_findings(project, mended, place))
