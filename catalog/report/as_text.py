"""Findings for people: one paragraph each, a place that editors can open, and a summary."""

from __future__ import annotations

from ..checks.frame import Finding
from ..coverage import coverage_of
from ..project import Project
from .counts import count_by_severity

INDENT = "    "


def as_text(project: Project, findings: tuple[Finding, ...]) -> str:
    """All findings and the summary. Lines of a message after the first, and its hint, are indented."""
    paragraphs = [_paragraph(finding) for finding in findings]
    gap = [""] if paragraphs else []
    return "\n".join([*paragraphs, *gap, _counts(findings), _coverage(project)]) + "\n"


def _paragraph(finding: Finding) -> str:
    first, *more = finding.message.splitlines()
    lines = [f"{finding.location}: {finding.severity}[{finding.code}] {first}"]
    lines += [f"{INDENT}{line}" for line in (*more, *(finding.hint or "").splitlines())]
    return "\n".join(lines)


def _counts(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "Nothing found"
    counts = count_by_severity(findings)
    named = [_counted(number, str(severity)) for severity, number in counts.items() if number]
    return f"Found {', '.join(named)}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 or noun == "info" else f"{number:,} {noun}s"


def _coverage(project: Project) -> str:
    shares = [
        f"{share.covered:,} of {share.total:,} {share.kind} ({share.percent} %)"
        for share in coverage_of(project).described
        if share.total
    ]
    return f"Described: {', '.join(shares)}" if shares else "No definitions yet"
