"""Findings counted by how much they weigh."""

from __future__ import annotations

from collections.abc import Iterable

from ..checks.frame import Finding
from ..settings import Severity

COUNTED = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Severity → number of findings, worst first, with zeros."""
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in COUNTED}
