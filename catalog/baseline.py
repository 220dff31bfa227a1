"""The baseline: findings that a team has agreed to live with for now, and the coverage it will not go below.

A file of JSON beside `plumbline.yml`, written by `plumbline baseline` alone. What is mended leaves it, and
what has left it can't come back unseen; nothing is added but by asking for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .before import Before
from .checks.frame import Finding
from .coverage import Share
from .errors import CatalogError

BASELINE_FILE = "plumbline-baseline.json"

ABOUT = (
    "What `plumbline check` leaves out, and the least percentages described. Written by `plumbline baseline`"
)

GATE = "GT"
"""How codes of checks begin that hold the gate itself; no baseline takes them in."""

AGAIN = "Mend it, or take either side of a conflict, then run `plumbline baseline`"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is accepted. `floors` are the least percentages described by kind (`tables`)."""

    findings: tuple[Before, ...] = ()
    floors: Mapping[str, int] = field(default_factory=dict)


def read_baseline(root: Path) -> Baseline | None:
    """The baseline of a project; None where it has none.

    Raises:
        CatalogError: the file cannot be read.
    """
    file = root / BASELINE_FILE
    if not file.is_file():
        return None
    try:
        content = json.loads(file.read_text("utf-8"))
    except json.JSONDecodeError as error:
        place = f"{BASELINE_FILE}:{error.lineno}:{error.colno}"
        raise CatalogError(f"{place}: this is no JSON", AGAIN) from None
    except UnicodeDecodeError:
        raise CatalogError(f"{BASELINE_FILE}: this is not UTF-8", AGAIN) from None
    findings, floors = _section(content, "findings"), _section(content, "described")
    listed = (Before(code, subject) for code, subjects in findings.items() for subject in _texts(subjects))
    return Baseline(tuple(sorted(listed)), {kind: _percent(percent) for kind, percent in floors.items()})


def baseline_text(baseline: Baseline) -> str:
    """The file of a baseline: sorted, one subject a line, so that changes to it can be read and merged."""
    findings: dict[str, list[str]] = {}
    for each in sorted(baseline.findings):
        findings.setdefault(each.code, []).append(each.subject)
    content = {"about": ABOUT, "described": dict(sorted(baseline.floors.items())), "findings": findings}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def may_be_listed(finding: Finding) -> bool:
    """Whether a baseline may take a finding in: not one of the gate itself, nor that a check failed."""
    return not finding.code.startswith(GATE) and not finding.is_failure


def renewed(old: Baseline | None, findings: Iterable[Finding], described: Iterable[Share]) -> Baseline:
    """The baseline with these findings; its floors rise to what is described today and never fall."""
    kept = (Before(each.code, each.subject) for each in findings if may_be_listed(each))
    floors = dict(old.floors) if old else {}
    for share in described:
        if share.total:
            floors[share.kind] = max(share.percent, floors.get(share.kind, 0))
    return Baseline(tuple(sorted(kept)), floors)


def _section(content: Any, key: str) -> Mapping[str, Any]:
    section = content.get(key, {}) if isinstance(content, dict) else None
    if not isinstance(section, dict):
        raise CatalogError(f"{BASELINE_FILE}: `{key}` is no mapping", AGAIN)
    return section


def _texts(values: Any) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise CatalogError(f"{BASELINE_FILE}: the findings of a code are no list of texts", AGAIN)
    return values


def _percent(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100:
        raise CatalogError(f"{BASELINE_FILE}: `described` needs whole numbers from 0 to 100", AGAIN)
    return value
