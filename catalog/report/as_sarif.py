"""Findings as SARIF 2.1.0 (OASIS), for code scanning. What was there before is in it, marked as unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from ..checks import CHECKS
from ..checks.frame import Finding
from ..outcome import Outcome, in_repository
from ..project import Project
from ..settings import Severity
from .fingerprints import fingerprints

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "plumbline/v1"
TOP = "%SRCROOT%"

Results = Iterator[dict[str, Any]]


def as_sarif(_project: Project, outcome: Outcome) -> str:
    """One run, with a rule for each check that found something."""
    findings = (*outcome.findings, *outcome.left_out)
    rules = {finding.code: finding for finding in sorted(findings, key=lambda finding: finding.code)}
    run = {
        "tool": {
            "driver": {
                "name": "Plumbline",
                "semanticVersion": version("plumbline"),
                "rules": [_rule(finding) for finding in rules.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {TOP: {"description": {"text": "The top folder of the repository."}}},
        "results": list(_results(outcome, findings, list(rules))),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _results(outcome: Outcome, findings: Sequence[Finding], codes: list[str]) -> Results:
    for index, (finding, fingerprint) in enumerate(zip(findings, fingerprints(findings), strict=True)):
        is_new = index < len(outcome.findings)
        state = {"baselineState": "new" if is_new else "unchanged"} if outcome.against else {}
        yield {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": LEVELS[finding.severity],
            **state,
            "message": {"text": _literal(" ".join(filter(None, (f"{finding.message}.", finding.hint))))},
            "locations": [{"physicalLocation": _place(outcome, finding)}],
            "partialFingerprints": {FINGERPRINT: fingerprint},
        }


def _rule(finding: Finding) -> dict[str, Any]:
    words = finding.name.split("-")
    known = next((check for check in CHECKS if check.code == finding.code), None)
    page = f"Run `plumbline explain {finding.code}`"
    return {
        "id": finding.code,
        "name": "".join(word.capitalize() for word in words),
        "shortDescription": {"text": known.summary if known else " ".join(words).capitalize()},
        "help": {"text": page, "markdown": known.documentation if known else page},
    }


def _place(outcome: Outcome, finding: Finding) -> dict[str, Any]:
    """Viewers want a line; that of a finding about a file as a whole is the first."""
    place = finding.location
    region = {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)}
    uri = quote(in_repository(outcome, finding).encode("utf-8", "surrogateescape"))
    return {"artifactLocation": {"uri": uri, "uriBaseId": TOP}, "region": region}


def _literal(text: str) -> str:
    """Text of a message in which nothing is a link (2.1.0, 3.11.6)."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
