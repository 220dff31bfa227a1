"""Findings as a Code Quality report of GitLab (https://docs.gitlab.com/ci/testing/code_quality/).

GitLab compares the reports of two branches by itself, by fingerprint. So what was there before is in it too.
"""

from __future__ import annotations

import json

from ..outcome import Outcome, in_repository
from ..project import Project
from ..settings import Severity
from .fingerprints import fingerprints

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def as_gitlab(_project: Project, outcome: Outcome) -> str:
    """A list of issues; empty where nothing is found."""
    findings = (*outcome.findings, *outcome.left_out)
    issues = [
        {
            "description": " ".join(filter(None, (f"{finding.message}.", finding.hint))),
            "check_name": f"{finding.code} {finding.name}",
            "fingerprint": fingerprint,
            "severity": SEVERITIES[finding.severity],
            "location": {
                "path": in_repository(outcome, finding),
                "lines": {"begin": max(finding.location.line, 1)},
            },
        }
        for finding, fingerprint in zip(findings, fingerprints(findings), strict=True)
    ]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"
