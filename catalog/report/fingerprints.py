"""Texts that identify findings from run to run, for programs that compare reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from ..checks.frame import Finding


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """One for each finding: of its code, its subject, and how many of the same stand before it."""
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for finding in findings:
        identity = (finding.code, finding.subject)
        parts = "\0".join((*identity, str(seen[identity])))
        made.append(sha256(parts.encode("utf-8", "replace")).hexdigest())
        seen[identity] += 1
    return made
