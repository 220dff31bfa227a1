"""Findings as JUnit XML, as Jenkins reads it: an error fails its case, what weighs less does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..checks.frame import Finding
from ..outcome import Outcome, in_repository
from ..project import Project
from ..settings import Severity

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""


def as_junit(_project: Project, outcome: Outcome) -> str:
    """One suite with a case for each finding, or one passed case where nothing is found."""
    cases = [_case(finding, in_repository(outcome, finding)) for finding in outcome.findings]
    failed = sum(finding.severity is Severity.ERROR for finding in outcome.findings)
    counts = {"name": "plumbline", "tests": str(max(len(cases), 1)), "failures": str(failed), "errors": "0"}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites{_attributes(counts)}>",
        f"  <testsuite{_attributes({**counts, 'skipped': '0', 'time': '0'})}>",
        *(cases or ['    <testcase classname="plumbline" name="nothing found" time="0"/>']),
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _case(finding: Finding, file: str) -> str:
    place = f"{file}:{finding.location.line}" if finding.location.line else file
    named = {"classname": f"{finding.code} {finding.name}", "name": finding.subject, "time": "0"}
    said = " | ".join(_lines((finding.message, finding.hint, place)))
    inside = f"<system-out>{_text(f'{finding.severity}: {said}')}</system-out>"
    if finding.severity is Severity.ERROR:
        failure = {"message": finding.message, "type": finding.code}
        inside = f"<failure{_attributes(failure)}>{_text(said)}</failure>"
    return f"    <testcase{_attributes(named)}>{inside}</testcase>"


def _lines(texts: Iterable[str | None]) -> list[str]:
    """The texts, each on one line: no line of a build log begins with what a definition says."""
    return [" ".join(text.split()) for text in texts if text]


def _attributes(values: dict[str, str]) -> str:
    from xml.sax.saxutils import quoteattr  # Here, since it brings a web client along.

    return "".join(f" {name}={quoteattr(_written(value))}" for name, value in values.items())


def _text(value: str) -> str:
    return _written(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _written(value: str) -> str:
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value)
