"""Findings as text, for people and for machines."""

from collections.abc import Callable

from ..outcome import Outcome
from ..project import Project
from .as_github import as_github
from .as_gitlab import as_gitlab
from .as_json import as_json
from .as_junit import as_junit
from .as_markdown import as_markdown
from .as_sarif import as_sarif
from .as_tap import as_tap
from .as_text import as_text
from .harmless import harmless

Format = Callable[[Project, Outcome], str]

_WRITERS: dict[str, Format] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "junit": as_junit,
    "markdown": as_markdown,
    "tap": as_tap,
}


def _safe(write: Format) -> Format:
    """The format, given an outcome that does no harm."""
    return lambda project, outcome: write(project, harmless(outcome))


FORMATS: dict[str, Format] = {name: _safe(write) for name, write in _WRITERS.items()}
"""Name of a format → the function that writes an outcome in it; what it writes ends in a line break."""

__all__ = ["FORMATS", "Format"]
