"""Findings as TAP 14 (https://testanything.org): an error is `not ok`, what weighs less is `ok`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..checks.frame import Finding
from ..outcome import Outcome, in_repository
from ..project import Project
from ..settings import Severity


def as_tap(_project: Project, outcome: Outcome) -> str:
    """The plan and a test point for each finding; one that passed where nothing is found."""
    points = [
        line
        for number, finding in enumerate(outcome.findings, 1)
        for line in _point(number, finding, in_repository(outcome, finding))
    ]
    plan = f"1..{max(len(outcome.findings), 1)}"
    return "\n".join(["TAP version 14", plan, *(points or ["ok 1 - nothing found"])]) + "\n"


def _point(number: int, finding: Finding, file: str) -> Iterator[str]:
    passed = "not ok" if finding.severity is Severity.ERROR else "ok"
    yield f"{passed} {number} - {finding.code} {_described(finding.subject)}"
    yield "  ---"
    yield f"  message: {_quoted(finding.message)}"
    if finding.hint:
        yield f"  hint: {_quoted(finding.hint)}"
    yield f"  severity: {finding.severity}"
    yield f"  file: {_quoted(file)}"
    yield f"  line: {finding.location.line}"
    yield f"  column: {finding.location.column}"
    yield "  ..."


def _described(text: str) -> str:
    """A description on one line in which nothing is a directive."""
    return " ".join(text.replace("\\", "\\\\").replace("#", "\\#").split())


def _quoted(text: str) -> str:
    """A text as YAML, on one line."""
    return json.dumps(text)
