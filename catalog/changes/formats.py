"""A comparison of two states of a project as text, for people and for machines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace

from ..report.harmless import without_secrets
from .compared import Compared
from .markdown import as_markdown
from .values import Alteration, ChangeClass

Format = Callable[[Compared], str]

NAMED = 8
"""Things of a kind that a line names."""


def as_text(compared: Compared) -> str:
    """The metrics whose numbers change and why, then every change with its place and its reach."""
    if not compared.changes.all:
        return "Nothing is different but perhaps the form\n"
    return (
        "\n".join([*_effects(compared), *_changes(compared), *_findings(compared), _counts(compared)]) + "\n"
    )


def _effects(compared: Compared) -> Iterator[str]:
    for effect in compared.effects:
        for metric in effect.metrics:
            seen = ", seen by partners" if compared.is_for_partners(metric) else ""
            yield f"{metric} ({compared.title(metric)}{seen})"
        yield from (f"    {change.sentence}" for change in effect.changes)
        yield ""


def _changes(compared: Compared) -> Iterator[str]:
    for change in compared.changes.all:
        yield f"{change.location}: {change.kind}[{change.aspect}] {change.sentence}"
        if change.kind is not ChangeClass.WORDING:
            yield from _reach(change)
    yield ""


def _reach(change: Alteration) -> Iterator[str]:
    for role in ("metrics", "reports", "teams", "partner_pages"):
        names = getattr(change.reach, role)
        if names:
            rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield f"    {role.replace('_', ' ')}: {', '.join(names[:NAMED])}{rest}"


def _findings(compared: Compared) -> Iterator[str]:
    for finding in compared.findings:
        yield f"{finding.location}: {finding.severity}[{finding.code}] {finding.message}"
        yield f"    {finding.hint}"
    if compared.findings:
        yield ""


def _counts(compared: Compared) -> str:
    counts = Counter(change.kind for change in compared.changes.all)
    named = ", ".join(f"{counts[kind]:,} {kind.value}" for kind in ChangeClass if counts[kind])
    changing = len(compared.changes.value_changing)
    return f"Changes: {named}. Metrics whose values may change: {changing:,}"


def harmless(compared: Compared) -> Compared:
    """The comparison without secrets that somebody wrote into SQL or a definition."""
    changes = (
        replace(
            change,
            sentence=without_secrets(change.sentence),
            before=without_secrets(change.before),
            after=without_secrets(change.after),
        )
        for change in compared.changes.all
    )
    findings = (replace(each, message=without_secrets(each.message)) for each in compared.findings)
    return replace(compared, changes=replace(compared.changes, all=tuple(changes)), findings=tuple(findings))


def as_json(compared: Compared) -> str:
    """Every change with its class, words, place and reach; the metrics whose values may change; findings."""
    made = {
        "base": compared.versions.base_name,
        "head": compared.versions.head_name,
        "changes": [
            {**asdict(change), "value_changing": not change.is_harmless and bool(change.reach.metrics)}
            for change in compared.changes.all
        ],
        "metrics": {
            name: {
                "partner": compared.is_for_partners(name),
                "changes": [change.sentence for change in changes],
            }
            for name, changes in compared.changes.value_changing.items()
        },
        "findings": [asdict(finding) for finding in compared.findings],
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


_WRITERS: dict[str, Format] = {"text": as_text, "json": as_json, "markdown": as_markdown}


def _safe(write: Format) -> Format:
    """The format, given a comparison that does no harm."""
    return lambda compared: write(harmless(compared))


DIFF_FORMATS: dict[str, Format] = {name: _safe(write) for name, write in _WRITERS.items()}
"""Name of a format → the function that writes a comparison in it; what it writes ends in a line break."""
