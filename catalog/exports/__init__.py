"""Lineage in the formats of people, of other programs, and of programs that draw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ..trace import TracedText
from .as_drawing import as_dot, as_mermaid
from .as_json import as_json
from .as_openlineage import as_openlineage
from .as_text import as_text

LineageFormat = Callable[[tuple[TracedText, ...], datetime], str]

LINEAGE_FORMATS: dict[str, LineageFormat] = {
    "text": as_text,
    "json": as_json,
    "openlineage": as_openlineage,
    "dot": as_dot,
    "mermaid": as_mermaid,
}
"""Name of a format → the function that writes traced texts in it, given the time of the run."""

__all__ = ["LINEAGE_FORMATS", "LineageFormat"]
