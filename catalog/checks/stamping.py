"""Findings that the runner makes itself, since it alone knows the day, the waivers and all checks."""

from __future__ import annotations

from collections.abc import Iterator

from ..project import Project
from ..settings import Severity
from .frame import Check, Finding, Problem


def stamped(made_here: Check, project: Project, problem: Problem) -> Iterator[Finding]:
    """The problem as a finding of that check; none where the project has switched the check off."""
    severity = made_here.severity_in(project)
    if severity is not Severity.OFF:
        yield made_here.finding(problem, severity)
