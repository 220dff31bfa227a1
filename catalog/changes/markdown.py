"""A comparison as one comment on a change, in Markdown: first what it does to numbers.

A marker in its first line lets the next run find and replace it. It stays below the length that GitHub takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..report.harmless import as_markdown_line
from .compared import Compared, Effect
from .values import Alteration, ChangeClass

LONGEST = 65_000
"""Bytes of a comment; GitHub takes 65,536 characters."""

ROOM = 500
"""Bytes that are kept free for what stands below."""

MARKER = "<!-- plumbline diff -->"

NAMED = 12
"""Things of a kind that a line names."""


def as_markdown(compared: Compared) -> str:
    """The metrics that change and why, those of partners first; every change folded below."""
    lines = [MARKER, _heading(compared), ""]
    lines += [line for effect in compared.effects for line in _effect(compared, effect)]
    lines += _findings(compared)
    lines += ["", *_folded(compared)] if compared.changes.all else []
    return "\n".join(_within_limits(lines)) + "\n"


def _heading(compared: Compared) -> str:
    changing = compared.changes.value_changing
    partners = sum(map(compared.is_for_partners, changing))
    if not compared.changes.all:
        return "### Plumbline: nothing is different but perhaps the form"
    if not changing:
        return "### Plumbline: no metric changes its values"
    seen = f", {partners:,} of them seen by partners" if partners else ""
    noun = "metric" if len(changing) == 1 else "metrics"
    return f"### Plumbline: values of {len(changing):,} {noun} may change{seen}"


def _effect(compared: Compared, effect: Effect) -> Iterator[str]:
    names = [_metric(compared, name) for name in effect.metrics[:NAMED]]
    rest = len(effect.metrics) - len(names)
    yield f"{', '.join(names)}{f' and {rest} more' if rest else ''}"
    yield from (f"- {_line(change.sentence)}" for change in effect.changes)
    yield ""


def _findings(compared: Compared) -> Iterator[str]:
    """The metrics whose readers are told nothing; why they change stands above."""
    names = tuple(finding.subject.removeprefix("metric:") for finding in compared.findings)
    if names:
        code = compared.findings[0].code
        yield f"**{code}** Nobody is told: {_names(names)}. {_line(compared.findings[0].hint or '')}"


def _metric(compared: Compared, name: str) -> str:
    seen = " (partners)" if compared.is_for_partners(name) else ""
    return f"**{_line(f'`{name}`')}**{seen}"


def _folded(compared: Compared) -> Iterator[str]:
    """Every change with its place and what it reaches."""
    changes = compared.changes.all
    yield f"<details><summary>{len(changes):,} {'change' if len(changes) == 1 else 'changes'}</summary>\n"
    yield "| Class | Change | Reaches |"
    yield "| --- | --- | --- |"
    yield from map(_row, changes)
    yield "\n</details>"


def _row(change: Alteration) -> str:
    place = _line(f"`{change.location}`") if change.location.file else ""
    cells = (change.kind.value, f"{_line(change.sentence)}<br>{place}", _reach(change))
    return f"| {' | '.join(cells)} |"


def _reach(change: Alteration) -> str:
    if change.kind is ChangeClass.WORDING:
        return ""
    roles = ("metrics", "reports", "teams", "partner_pages")
    told = ((role.replace("_", " "), getattr(change.reach, role)) for role in roles)
    return "<br>".join(f"{role}: {_names(names)}" for role, names in told if names)


def _names(names: tuple[str, ...]) -> str:
    rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(_line(f'`{name}`') for name in names[:NAMED])}{rest}"


def _line(text: str) -> str:
    """One line of Markdown that may stand in a table, where a bar in code has to be escaped too."""
    return re.sub(r"(?<!\\)\|", r"\\|", as_markdown_line(text))


def _within_limits(lines: Iterable[str]) -> Iterator[str]:
    """The lines as far as there is room."""
    room = LONGEST - ROOM
    left_out = 0
    for line in lines:
        room -= len(line.encode("utf-8", "replace")) + 1
        if room > 0:
            yield line
        else:
            left_out += 1
    if left_out:
        yield "\n</details>\n"
        yield f"{left_out:,} more lines; the whole comparison is in the artifact of the run"
