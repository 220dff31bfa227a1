"""Rows of query logs, read without trusting any key to be there."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COUNTS = ("count", "runs", "query_count", "job_count", "executions")
"""Columns in which an export that was added up says how many runs a row stands for."""

EPOCH = datetime.date(1970, 1, 1)
DAY_SECONDS = 86_400
LONGEST_SECONDS = 100_000_000_000
"""Greater numbers count thousandths of seconds."""


class UnreadableRowError(Exception):
    """A value of a row is not what it should be."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of a log. Keys are in lower case."""

    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A value as text, empty where there is none."""
        value = self.values.get(key)
        return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()

    def nested(self, key: str) -> Any:
        """A list or an object; exports as CSV write it as JSON.

        Raises:
            UnreadableRowError: it is neither.
        """
        value = self.values.get(key)
        if isinstance(value, str):
            try:
                return json.loads(value) if value.strip() and value.strip().casefold() != "null" else None
            except (json.JSONDecodeError, RecursionError):
                raise UnreadableRowError(key) from None
        return value

    @property
    def count(self) -> int:
        """How many runs the row stands for."""
        stated = next((self.text(key) for key in COUNTS if self.text(key)), "1").removesuffix(".0")
        return int(stated) if stated.isascii() and stated.isdecimal() else 1

    def day(self, key: str) -> datetime.date | None:
        """The day of a time: ISO 8601, or seconds since 1970."""
        text = self.text(key)
        try:
            return datetime.date.fromisoformat(text[:10])
        except ValueError:
            pass
        try:
            number = float(text)
            seconds = number / 1000 if number > LONGEST_SECONDS else number
            return EPOCH + datetime.timedelta(days=seconds // DAY_SECONDS)
        except (ValueError, OverflowError):
            return None
