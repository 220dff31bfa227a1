"""What a run of the checks has to tell: the one value that every report format receives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .before import Before, Comparison
from .checks.files import file_not_read
from .checks.frame import Finding
from .checks.lineage import sql_not_parsed
from .settings import Severity

RANKS = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""Severities, worst first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The findings that count, and what was left out.

    `left_out` were there before, and `gone` are no more. `against` says before what (`` `origin/main` ``); it
    is empty where nothing was compared, and `gone` is told of the first where it was more than one thing.
    `prefix` is where the project lies in its repository: `"data/catalog/"`.
    """

    findings: tuple[Finding, ...]
    left_out: tuple[Finding, ...] = ()
    gone: tuple[Before, ...] = ()
    against: str = ""
    prefix: str = ""

    def with_findings(self, more: Iterable[Finding]) -> Outcome:
        """The outcome with findings put behind the others."""
        return replace(self, findings=(*self.findings, *more))

    @property
    def is_broken(self) -> bool:
        """Whether a check failed, so that nobody knows what it would have found."""
        return any(finding.is_failure for finding in self.findings)

    @property
    def hiding(self) -> tuple[Finding, ...]:
        """Those behind which others may hide: what is not read has no findings, and seems to be mended."""
        unread = {file_not_read.code, sql_not_parsed.code}
        return tuple(each for each in self.findings if each.is_failure or each.code in unread)

    def fails(self, at: Severity) -> bool:
        """Whether a finding weighs as much as that, or more."""
        return any(RANKS.index(finding.severity) <= RANKS.index(at) for finding in self.findings)


def without_old(outcome: Outcome, compared: Mapping[str, Comparison]) -> Outcome:
    """The outcome without what was there before, compared with one or more things that the names say."""
    new = frozenset.intersection(*(frozenset(comparison.new) for comparison in compared.values()))
    return replace(
        outcome,
        findings=tuple(each for each in outcome.findings if each in new or each.is_failure),
        left_out=tuple(each for each in outcome.findings if not (each in new or each.is_failure)),
        gone=next(iter(compared.values())).gone,
        against=" or ".join(compared),
    )


def prefix_of(root: Path) -> str:
    """The path of a folder from the top of its repository, and a `/`; empty at the top, or in none."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            path = root.relative_to(folder).as_posix()
            return "" if path == "." else f"{path}/"
    return ""


def in_repository(outcome: Outcome, finding: Finding) -> str:
    """The file of a finding, from the top of the repository."""
    return f"{outcome.prefix}{finding.location.file}"


def worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings by severity; among equals, in the order they came in."""
    return tuple(sorted(findings, key=lambda finding: RANKS.index(finding.severity)))
