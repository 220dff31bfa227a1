"""Runs checks over a project: stamps what they find, and lays waivers over it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..model import Location
from ..project import Project
from ..settings import Severity
from .dates import dated_findings
from .foreign import Failure, attempt
from .frame import Check, Finding, Problem
from .severities import severity_findings
from .waivers import spared_by, waived_by, waiver_findings


def run_checks(project: Project, checks: Iterable[Check], *, today: datetime.date) -> tuple[Finding, ...]:
    """All findings of the checks, by place: switched-off checks left out, waived findings left out.

    A waiver that is past its day, or that matches nothing, is a finding itself.
    """
    checks = tuple(checks)
    found = [finding for check in checks for finding in run_check(check, project)]
    found += severity_findings(project, checks)
    found += dated_findings(project, today)
    waived = waived_by(project.settings.waivers, found)
    spared = spared_by(waived, today)
    kept = [finding for finding in found if finding not in spared or finding.is_failure]
    kept += waiver_findings(project, waived, today)
    return tuple(sorted(kept, key=lambda finding: (finding.location, finding.code, finding.subject)))


def run_check(check: Check, project: Project) -> Iterator[Finding]:
    """What a check finds, unless it is switched off; and that it failed, if it did."""
    severity = check.severity_in(project)
    if severity is Severity.OFF:
        return
    found: list[Finding] = []

    def find() -> None:
        for problem in check.find(project):
            if not isinstance(problem, Problem):
                raise TypeError(f"a check yields `Problem`, not `{type(problem).__name__}`")
            found.append(check.finding(problem, severity))

    failure = attempt(find, frozenset({check.file}))
    yield from found
    if failure:
        yield _failed(check, failure)


def _failed(check: Check, failure: Failure) -> Finding:
    return Finding(
        check.code,
        check.name,
        Severity.ERROR,
        f"check:{check.code}",
        f"the check `{check.code}` failed: {failure.message}",
        failure.location or Location("plumbline.yml"),
        f"Mend `{check.file}`" if check.file else "Report it; till then `severity:` can switch the check off",
        is_failure=True,
    )
