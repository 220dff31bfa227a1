"""Findings as text, for people and for machines."""

from collections.abc import Callable

from ..outcome import Outcome
from ..project import Project
from .as_github import as_github
from .as_json import as_json
from .as_text import as_text

Format = Callable[[Project, Outcome], str]

FORMATS: dict[str, Format] = {"text": as_text, "json": as_json, "github": as_github}
"""Name of a format → the function that writes an outcome in it; what it writes ends in a line break."""

__all__ = ["FORMATS", "Format"]
