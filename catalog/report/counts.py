"""Findings counted, and what is said of their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..checks.frame import Finding
from ..coverage import coverage_of
from ..outcome import RANKS, Outcome
from ..project import Project
from ..settings import Severity


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Severity → number of findings, worst first, with zeros."""
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in RANKS}


def summary(outcome: Outcome) -> Iterator[str]:
    """How many findings there are, and how many are left out: one or two lines."""
    counts = count_by_severity(outcome.findings)
    named = [counted(number, str(severity)) for severity, number in counts.items() if number]
    nothing = "Nothing new found" if outcome.against else "Nothing found"
    yield f"Found {', '.join(named)}" if named else nothing
    if outcome.left_out or outcome.gone:
        gone = f"; gone: {counted(len(outcome.gone), 'finding')}" if outcome.gone else ""
        yield f"Known from {outcome.against} and left out: {counted(len(outcome.left_out), 'finding')}{gone}"


def described(project: Project) -> str:
    """How much of the project is described, in one line."""
    shares = [
        f"{share.covered:,} of {share.total:,} {share.kind} ({share.percent} %)"
        for share in coverage_of(project).described
        if share.total
    ]
    return f"Described: {', '.join(shares)}" if shares else "No definitions yet"


def counted(number: int, noun: str) -> str:
    """So many things: `1 error`, `2 errors`."""
    return f"{number:,} {noun}" if number == 1 or noun == "info" else f"{number:,} {noun}s"
