"""Findings as GitHub Actions workflow commands, which GitHub shows beside the changed lines."""

from __future__ import annotations

from ..checks.frame import Finding
from ..outcome import Outcome, in_repository, worst_first
from ..project import Project
from ..settings import Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(_project: Project, outcome: Outcome) -> str:
    """One `::error file=…,line=…::message` a line, worst first, since GitHub shows ten of a step."""
    return "".join(
        f"{_annotation(finding, in_repository(outcome, finding))}\n"
        for finding in worst_first(outcome.findings)
    )


def _annotation(finding: Finding, file: str) -> str:
    place = finding.location
    properties = {
        "file": file,
        **({"line": str(place.line), "col": str(place.column)} if place.line else {}),
        "title": f"{finding.code} {finding.name}",
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    said = "\n".join(filter(None, (finding.message, finding.hint)))
    return f"::{COMMANDS[finding.severity]} {written}::{_escaped(said)}"


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
