"""Findings for people: one paragraph each, a place that editors can open, and a summary."""

from __future__ import annotations

from ..checks.frame import Finding
from ..outcome import Outcome
from ..project import Project
from .counts import described, summary
from .harmless import without_commands

INDENT = "    "


def as_text(project: Project, outcome: Outcome) -> str:
    """All findings and the summary. Lines of a message after the first, and its hint, are indented."""
    paragraphs = [_paragraph(finding) for finding in outcome.findings]
    gap = [""] if paragraphs else []
    return without_commands("\n".join([*paragraphs, *gap, *summary(outcome), described(project)])) + "\n"


def _paragraph(finding: Finding) -> str:
    first, *more = finding.message.splitlines()
    lines = [f"{finding.location}: {finding.severity}[{finding.code}] {first}"]
    lines += [f"{INDENT}{line}" for line in (*more, *(finding.hint or "").splitlines())]
    return "\n".join(lines)
