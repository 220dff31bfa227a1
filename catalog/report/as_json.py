"""Findings for other programs, as JSON."""

from __future__ import annotations

import json
from typing import Any

from ..checks.frame import Finding
from ..coverage import coverage_of
from ..outcome import Outcome
from ..project import Project
from .counts import count_by_severity


def as_json(project: Project, outcome: Outcome) -> str:
    """`{findings: […], summary: {severity: count}, left_out: count, gone: […], coverage: {…}}`.

    `code` and `subject` together identify a finding; `line` and `column` count from 1, and are 0 where a
    finding is about the file as a whole; paths begin at the project's folder. What was there before, in the
    revision or the baseline that `against` names, is left out; `gone` are those that are no more.
    """
    counts = count_by_severity(outcome.findings)
    content = {
        "findings": [_finding(finding) for finding in outcome.findings],
        "summary": {str(severity): number for severity, number in counts.items()},
        "against": outcome.against or None,
        "left_out": len(outcome.left_out),
        "gone": [{"code": each.code, "subject": each.subject} for each in outcome.gone],
        "coverage": {
            share.kind: {"described": share.covered, "total": share.total}
            for share in coverage_of(project).described
        },
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "subject": finding.subject,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.location.file,
        "line": finding.location.line,
        "column": finding.location.column,
    }
