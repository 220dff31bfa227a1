"""Runs checks over a project: stamps what they find, and lays waivers over it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..project import Project
from ..settings import Severity
from .dates import dated_findings
from .frame import Check, Finding
from .severities import severity_findings
from .waivers import waived_by, waiver_findings


def run_checks(project: Project, checks: Iterable[Check], *, today: datetime.date) -> tuple[Finding, ...]:
    """All findings of the checks, by place: switched-off checks left out, waived findings left out.

    A waiver that is past its day, or that matches nothing, is a finding itself.
    """
    checks = tuple(checks)
    found = [finding for check in checks for finding in _run(check, project)]
    found += severity_findings(project, checks)
    found += dated_findings(project, today)
    waived = waived_by(project.settings.waivers, found)
    spared = {finding for waiver, matches in waived.items() if waiver.until >= today for finding in matches}
    kept = [finding for finding in found if finding not in spared]
    kept += waiver_findings(project, waived, today)
    return tuple(sorted(kept, key=lambda finding: (finding.location, finding.code, finding.subject)))


def _run(check: Check, project: Project) -> Iterator[Finding]:
    severity = check.severity_in(project)
    if severity is not Severity.OFF:
        for problem in check.find(project):
            yield check.finding(problem, severity)
