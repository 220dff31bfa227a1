"""Findings as one comment on a change, in Markdown as GitHub and GitLab read it.

A marker in its first line lets the next run find and replace it. It stays below the length that GitHub takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..checks.frame import Finding
from ..outcome import RANKS, Outcome, in_repository, worst_first
from ..project import Project
from ..settings import Severity
from .counts import count_by_severity, counted, described
from .harmless import as_markdown_line

LONGEST = 65_000
"""Bytes of a comment; GitHub takes 65,536 characters."""

ROOM = 1_000
"""Bytes that are kept free for what stands below the findings."""


def as_markdown(project: Project, outcome: Outcome) -> str:
    """A heading with the counts, errors in sight, the rest folded, and what is described."""
    lines = [marker(outcome), _heading(outcome), ""]
    room = LONGEST - ROOM - sum(map(_size, lines))
    for severity, group in groupby(worst_first(outcome.findings), key=lambda finding: finding.severity):
        section = list(_section(outcome, severity, list(group), room))
        room -= sum(map(_size, section))
        lines += section
    return "\n".join([*lines, *_below(project, outcome)]) + "\n"


def marker(outcome: Outcome) -> str:
    """An HTML comment that is the same on every run of a project, and of no other project."""
    name = re.sub(r"[^\w./-]|-(?=-)", "_", outcome.prefix.rstrip("/"))
    return f"<!-- plumbline check {name or '.'} -->"


def _heading(outcome: Outcome) -> str:
    counts = count_by_severity(outcome.findings)
    named = ", ".join(counted(number, str(severity)) for severity, number in counts.items() if number)
    new = " that this change brings" if outcome.against and named else ""
    return f"### Plumbline: {named or ('nothing new' if outcome.against else 'nothing found')}{new}"


def _section(outcome: Outcome, severity: Severity, findings: Sequence[Finding], room: int) -> Iterator[str]:
    """The findings of a severity as a list, as far as there is room; folded unless they are errors."""
    is_folded = severity is not RANKS[0]
    if is_folded:
        yield f"<details><summary>{counted(len(findings), str(severity))}</summary>\n"
    for number, finding in enumerate(findings):
        item = _item(finding, in_repository(outcome, finding))
        room -= _size(item)
        if room < 0:
            rest = counted(len(findings) - number, str(severity))
            yield f"- {rest} more; the whole report is in the artifact of the run"
            break
        yield item
    yield "\n</details>\n" if is_folded else ""


def _item(finding: Finding, file: str) -> str:
    place = f"{file}:{finding.location.line}" if finding.location.line else file
    hint = f"<br>{as_markdown_line(finding.hint)}" if finding.hint else ""
    code = place.replace("`", "'")
    return f"- **{finding.code}** {as_markdown_line(f'`{code}`')} {as_markdown_line(finding.message)}{hint}"


def _below(project: Project, outcome: Outcome) -> Iterator[str]:
    if outcome.left_out or outcome.gone:
        gone = f"; gone: {counted(len(outcome.gone), 'finding')}" if outcome.gone else ""
        known = counted(len(outcome.left_out), "finding")
        yield f"Known from {as_markdown_line(outcome.against)} and left out: {known}{gone}\n"
    yield described(project)
    if outcome.findings:
        code = min(finding.code for finding in outcome.findings)
        yield f"\n<sub>`plumbline explain {code}` says why a check exists and how to mend what it finds</sub>"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace")) + 1
