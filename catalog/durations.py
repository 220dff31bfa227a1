"""Spans of time as definitions write them."""

from __future__ import annotations

import datetime

from pydantic import TypeAdapter, ValidationError


def duration(text: str) -> datetime.timedelta | None:
    """The length of an ISO 8601 duration (`P1D`, `PT6H`); None if the text is none, or not above zero.

    A month counts 30 days and a year 365, so that any two lengths compare.
    """
    if not text.startswith("P"):
        return None
    try:
        length = TypeAdapter(datetime.timedelta).validate_python(text)
    except ValidationError:
        return None
    return length if length > datetime.timedelta() else None
